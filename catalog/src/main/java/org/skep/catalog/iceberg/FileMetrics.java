package org.skep.catalog.iceberg;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.UnicodeUtil;
import org.skep.model.file.TableStatistics;
import org.skep.model.file.TableStatistics.ColumnStatistics;

/** What is known of a file's columns, for Iceberg's manifests and out of them. */
final class FileMetrics {
    /** Longer texts are cut, as Iceberg does it by default. */
    private static final int TEXT_LENGTH = 16;

    private FileMetrics() {}

    /**
     * @param schema of the table
     * @param statistics of the file, a column of the table each
     */
    static Metrics toIceberg(
            org.apache.iceberg.Schema schema, long rows, TableStatistics statistics) {
        Map<Integer, Long> counts = new HashMap<>();
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, ByteBuffer> lower = new HashMap<>();
        Map<Integer, ByteBuffer> upper = new HashMap<>();
        List<NestedField> columns = schema.columns();
        for (int i = 0; i < columns.size(); i++) {
            NestedField column = columns.get(i);
            ColumnStatistics known = statistics.column(i);
            if (!column.type().isPrimitiveType()) {
                continue;
            }
            counts.put(column.fieldId(), rows);
            if (known.nulls() >= 0) {
                nulls.put(column.fieldId(), (long) known.nulls());
            }
            Object min = bound(column.type(), known.min());
            Object max = bound(column.type(), known.max());
            if (min != null && max != null) {
                if (min instanceof CharSequence text) {
                    min = UnicodeUtil.truncateString(text, TEXT_LENGTH);
                    max = upper((CharSequence) max);
                }
                lower.put(column.fieldId(), Conversions.toByteBuffer(column.type(), min));
                if (max != null) {
                    upper.put(column.fieldId(), Conversions.toByteBuffer(column.type(), max));
                }
            }
        }
        return new Metrics(rows, null, counts, nulls, null, lower, upper);
    }

    private static CharSequence upper(CharSequence text) {
        var cut =
                UnicodeUtil.truncateStringMax(
                        org.apache.iceberg.expressions.Literal.of(text), TEXT_LENGTH);
        return cut == null ? null : cut.value();
    }

    /** A bound in the class that Iceberg wants; null for what has none. */
    private static Object bound(Type type, Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.typeId()) {
            case BOOLEAN, INTEGER, LONG, DATE, TIMESTAMP, DECIMAL, STRING -> value;
            case FLOAT -> ((Number) value).floatValue();
            case DOUBLE -> value;
            default -> null; // bytes are seldom compared
        };
    }

    /** What a manifest says of a file's columns. */
    static TableStatistics fromIceberg(org.apache.iceberg.Schema schema, ContentFile<?> file) {
        List<ColumnStatistics> columns = new ArrayList<>();
        for (NestedField column : schema.columns()) {
            Long nulls = count(file.nullValueCounts(), column);
            columns.add(
                    new ColumnStatistics(
                            value(file.lowerBounds(), column),
                            value(file.upperBounds(), column),
                            nulls == null ? -1 : nulls,
                            -1,
                            -1));
        }
        return new TableStatistics(file.recordCount(), true, columns);
    }

    private static Long count(Map<Integer, Long> counts, NestedField column) {
        return counts == null ? null : counts.get(column.fieldId());
    }

    private static Object value(Map<Integer, ByteBuffer> bounds, NestedField column) {
        ByteBuffer bytes = bounds == null ? null : bounds.get(column.fieldId());
        if (bytes == null || !column.type().isPrimitiveType()) {
            return null;
        }
        return value(column.type(), bytes);
    }

    /** A value in Iceberg's binary form as {@code Column.value} gives it; null for some types. */
    static Object value(Type type, ByteBuffer bytes) {
        Object value = Conversions.fromByteBuffer(type, bytes.duplicate());
        return switch (type.typeId()) {
            case BOOLEAN, INTEGER, LONG, DATE, TIMESTAMP, DECIMAL, DOUBLE -> value;
            case FLOAT -> ((Float) value).doubleValue();
            case STRING -> value.toString();
            default -> null;
        };
    }
}
