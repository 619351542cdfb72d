package org.skep.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.skep.catalog.FileTableDefinition;
import org.skep.model.file.FileSource;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;

/** A table's definition as the statement that makes it again. */
final class CreateText {
    private CreateText() {}

    static String of(FileTableDefinition table) {
        FileSource source = table.source();
        StringBuilder out = new StringBuilder("CREATE ");
        boolean external = table.ownership() == FileTableDefinition.Ownership.EXTERNAL;
        out.append(external ? "EXTERNAL TABLE " : "TABLE ");
        out.append(table.schema()).append('.').append(quoted(table.name()));
        if (source.declared() != null) {
            String columns =
                    source.declared().fields().stream()
                            .map(field -> "  " + new Schema(List.of(field)))
                            .collect(Collectors.joining(",\n", " (\n", "\n)"));
            out.append(columns);
        }
        if (source.format() != null) {
            out.append("\nUSING ").append(source.format());
        }
        if (!source.options().isEmpty()) {
            out.append("\nOPTIONS ").append(pairs(source.options()));
        }
        if (source.partitionColumns() != null && !source.partitionColumns().isEmpty()) {
            out.append("\nPARTITIONED BY (");
            out.append(
                    source.partitionColumns().stream()
                            .map(Field::toString)
                            .collect(Collectors.joining(", ")));
            out.append(')');
        }
        if (table.comment() != null) {
            out.append("\nCOMMENT ").append(text(table.comment()));
        }
        if (external) {
            out.append("\nLOCATION ").append(text(String.join(",", source.paths())));
        }
        if (!table.properties().isEmpty()) {
            out.append("\nTBLPROPERTIES ").append(pairs(table.properties()));
        }
        return out.toString();
    }

    private static String pairs(Map<String, String> map) {
        return new TreeMap<>(map)
                .entrySet().stream()
                        .map(entry -> text(entry.getKey()) + " = " + text(entry.getValue()))
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String text(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static String quoted(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
    }
}
