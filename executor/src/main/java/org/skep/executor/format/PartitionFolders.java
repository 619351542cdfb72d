package org.skep.executor.format;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skep.executor.format.value.SingleValue;
import org.skep.executor.format.value.TextFormats;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Field;
import org.skep.model.type.Type;

/** Columns that folder names of the form {@code key=value} stand for, as Hive lays them out. */
final class PartitionFolders {
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    private PartitionFolders() {}

    /** Keys and texts in the folder names of a path, in order; a null text for a null. */
    static Map<String, String> of(String path) {
        Map<String, String> values = new LinkedHashMap<>();
        String[] names = path.split("/");
        for (int i = 0; i + 1 < names.length; i++) {
            int equals = names[i].indexOf('=');
            if (equals > 0) {
                String text = decoded(names[i].substring(equals + 1));
                values.put(decoded(names[i].substring(0, equals)), NULL.equals(text) ? null : text);
            }
        }
        return values;
    }

    /** The partition columns of these files: BIGINT or DATE if all texts are such, else STRING. */
    static List<Field> columns(Collection<Map<String, String>> files, Set<String> dataColumns) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (Map<String, String> file : files) {
            file.forEach(
                    (key, text) -> texts.computeIfAbsent(key, k -> new ArrayList<>()).add(text));
        }
        List<Field> fields = new ArrayList<>();
        texts.forEach(
                (key, values) -> {
                    if (dataColumns.stream().noneMatch(key::equalsIgnoreCase)) {
                        fields.add(new Field(key, type(values)));
                    }
                });
        return fields;
    }

    private static Type type(List<String> texts) {
        SingleValue dates = new SingleValue(Type.DATE, TextFormats.ISO);
        boolean integers = true;
        boolean allDates = true;
        boolean any = false;
        for (String text : texts) {
            if (text != null) {
                any = true;
                integers &= text.matches("0|-?[1-9][0-9]{0,17}");
                allDates &= dates.parse(text) != null;
            }
        }
        return !any ? Type.STRING : integers ? Type.BIGINT : allDates ? Type.DATE : Type.STRING;
    }

    /** The value of a partition column, boxed. */
    static Object value(Field column, String text, String path) {
        if (text == null) {
            return null;
        }
        Object value = new SingleValue(column.type(), TextFormats.ISO).parse(text);
        if (value == null) {
            throw new QueryException(
                    ErrorCode.BAD_ROW,
                    "'%s': '%s' in partition column %s is no %s"
                            .formatted(path, text, column.name(), column.type()),
                    "declare the partition column as STRING");
        }
        return value;
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
