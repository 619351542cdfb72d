package org.skep.catalog.iceberg;

import static org.apache.iceberg.TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX;
import static org.apache.iceberg.TableProperties.PARQUET_BLOOM_FILTER_COLUMN_FPP_PREFIX;
import static org.apache.iceberg.TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES;
import static org.apache.iceberg.TableProperties.PARQUET_COMPRESSION;
import static org.apache.iceberg.TableProperties.WRITE_TARGET_FILE_SIZE_BYTES;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.WriteTarget;
import org.skep.model.type.Schema;

/**
 * What a table's properties say of how its files are written, under the names that Iceberg gives
 * them.
 *
 * @param fileBytes size of a file, about
 * @param options of Skep's Parquet format
 */
record WriteProperties(long fileBytes, Map<String, String> options) {
    /**
     * @param columns of the table; what is said of others is of no effect
     * @throws QueryException INVALID_ARGUMENT when one has a value that means nothing
     */
    static WriteProperties of(Map<String, String> properties, Schema columns) {
        check(properties);
        Map<String, String> options = new HashMap<>();
        copy(properties, PARQUET_COMPRESSION, options, "compression");
        copy(properties, PARQUET_BLOOM_FILTER_MAX_BYTES, options, "bloom_filter_bytes");
        List<String> filtered = new ArrayList<>();
        for (String name : columns.names()) {
            String enabled = properties.get(PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + name);
            if (Boolean.parseBoolean(enabled)) {
                String option = name.replace(",", "\\,"); // no comma between two names
                filtered.add(option);
                copy(
                        properties,
                        PARQUET_BLOOM_FILTER_COLUMN_FPP_PREFIX + name,
                        options,
                        "bloom_filter_fpp." + option);
            }
        }
        if (!filtered.isEmpty()) {
            options.put("bloom_filters", String.join(",", filtered));
        }
        return new WriteProperties(fileBytes(properties), options);
    }

    /**
     * @throws QueryException INVALID_ARGUMENT when one has a value that means nothing
     */
    static void check(Map<String, String> properties) {
        fileBytes(properties);
        properties.forEach(
                (key, value) -> {
                    boolean isFlag = key.startsWith(PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX);
                    if (isFlag
                            && !value.equalsIgnoreCase("true")
                            && !value.equalsIgnoreCase("false")) {
                        throw invalid(key, value, "it is true or false");
                    }
                    if (key.startsWith(PARQUET_BLOOM_FILTER_COLUMN_FPP_PREFIX)) {
                        require(key, value, 1e-9, 0.5, "it is a probability, such as 0.01");
                    }
                });
        String most = properties.get(PARQUET_BLOOM_FILTER_MAX_BYTES);
        if (most != null) {
            require(
                    PARQUET_BLOOM_FILTER_MAX_BYTES,
                    most,
                    32,
                    128 << 20,
                    "it is a number of bytes from 32 to 134217728");
        }
    }

    private static void copy(
            Map<String, String> from, String property, Map<String, String> to, String option) {
        if (from.containsKey(property)) {
            to.put(option, from.get(property));
        }
    }

    private static long fileBytes(Map<String, String> properties) {
        String value = properties.get(WRITE_TARGET_FILE_SIZE_BYTES);
        if (value == null) {
            return WriteTarget.USUAL_FILE_BYTES;
        }
        try {
            long bytes = Long.parseLong(value.strip());
            if (bytes > 0) {
                return bytes;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw invalid(
                WRITE_TARGET_FILE_SIZE_BYTES, value, "it is a number of bytes, such as 134217728");
    }

    private static void require(String key, String value, double least, double most, String hint) {
        try {
            double number = Double.parseDouble(value.strip());
            if (number >= least && number <= most) {
                return;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw invalid(key, value, hint);
    }

    private static QueryException invalid(String key, String value, String hint) {
        return new QueryException(
                ErrorCode.INVALID_ARGUMENT,
                "table property '%s' cannot be '%s'".formatted(key, value),
                hint);
    }
}
