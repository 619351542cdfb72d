package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.skep.catalog.FileTableDefinition;
import org.skep.catalog.ManagedDefinition;
import org.skep.catalog.ViewDefinition;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.model.file.FileSource;
import org.skep.model.file.PartitionKey;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.parser.SqlParser;

/** A table's definition as the statement that makes it again. */
final class CreateText {
    private CreateText() {}

    static String of(FileTableDefinition table) {
        FileSource source = table.source();
        StringBuilder out = new StringBuilder("CREATE EXTERNAL TABLE ");
        out.append(quoted(table.schema())).append('.').append(quoted(table.name()));
        if (source.declared() != null) {
            out.append(columns(source.declared(), Map.of()));
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
                            .map(field -> column(field, null))
                            .collect(Collectors.joining(", ")));
            out.append(')');
        }
        if (table.comment() != null) {
            out.append("\nCOMMENT ").append(text(table.comment()));
        }
        out.append("\nLOCATION ").append(text(String.join(",", source.paths())));
        if (!table.properties().isEmpty()) {
            out.append("\nTBLPROPERTIES ").append(pairs(table.properties()));
        }
        return out.toString();
    }

    static String of(ViewDefinition view) {
        return view.columns().names().stream()
                .map(CreateText::quoted)
                .collect(
                        Collectors.joining(
                                ", ",
                                "CREATE VIEW %s.%s ("
                                        .formatted(quoted(view.schema()), quoted(view.name())),
                                ") AS\n" + view.sql()));
    }

    static String of(ManagedDefinition name, ManagedTable table) {
        StringBuilder out = new StringBuilder("CREATE TABLE ");
        out.append(quoted(name.schema())).append('.').append(quoted(name.name()));
        out.append(columns(table));
        if (!table.partitioning().isEmpty()) {
            out.append(
                    table.partitioning().stream()
                            .map(key -> term(key, table.schema()))
                            .collect(Collectors.joining(", ", "\nPARTITIONED BY (", ")")));
        }
        if (!table.sorting().isEmpty()) {
            out.append("\nSORTED BY (").append(terms(table.sorting(), table.schema())).append(')');
        }
        if (table.comment() != null) {
            out.append("\nCOMMENT ").append(text(table.comment()));
        }
        if (!table.properties().isEmpty()) {
            out.append("\nTBLPROPERTIES ").append(pairs(table.properties()));
        }
        return out.toString();
    }

    /** The columns of a table of the warehouse, and its CHECKs. */
    private static String columns(ManagedTable table) {
        Map<String, String> comments = table.columnComments();
        List<String> elements = new ArrayList<>();
        for (Field field : table.schema().fields()) {
            String value = table.defaults().get(field.name().toLowerCase(Locale.ROOT));
            String comment = comments.get(field.name());
            elements.add(
                    column(field, null)
                            + (value == null ? "" : " DEFAULT " + value)
                            + (comment == null ? "" : " COMMENT " + text(comment)));
        }
        table.checks()
                .forEach(
                        (name, sql) ->
                                elements.add(
                                        "CONSTRAINT %s CHECK (%s)".formatted(quoted(name), sql)));
        return elements.stream().collect(Collectors.joining(",\n  ", " (\n  ", "\n)"));
    }

    private static String columns(Schema schema, Map<String, String> comments) {
        return schema.fields().stream()
                .map(field -> "  " + column(field, comments.get(field.name())))
                .collect(Collectors.joining(",\n", " (\n", "\n)"));
    }

    private static String column(Field field, String comment) {
        return "%s %s%s%s"
                .formatted(
                        quoted(field.name()),
                        type(field.type()),
                        field.nullable() ? "" : " NOT NULL",
                        comment == null ? "" : " COMMENT " + text(comment));
    }

    private static String type(Type type) {
        return switch (type.kind()) {
            case ARRAY -> "ARRAY<" + type(type.element()) + ">";
            case MAP ->
                    type.children().stream()
                            .map(field -> type(field.type()))
                            .collect(Collectors.joining(", ", "MAP<", ">"));
            case STRUCT ->
                    type.children().stream()
                            .map(CreateText::member)
                            .collect(Collectors.joining(", ", "STRUCT<", ">"));
            default -> type.toString();
        };
    }

    private static String member(Field field) {
        return "%s: %s%s"
                .formatted(
                        quoted(field.name()),
                        type(field.type()),
                        field.nullable() ? "" : " NOT NULL");
    }

    /** A partition key as PARTITIONED BY names it. */
    static String term(PartitionKey key, Schema columns) {
        String column = quoted(columns.field(key.column()).name());
        String name = key.transform().name().toLowerCase(Locale.ROOT);
        return switch (key.transform()) {
            case IDENTITY -> column;
            case YEARS, MONTHS, DAYS, HOURS -> "%s(%s)".formatted(name, column);
            case BUCKET, TRUNCATE -> "%s(%d, %s)".formatted(name, key.width(), column);
        };
    }

    /** Sort keys as SORTED BY names them. */
    static String terms(List<SortKey> keys, Schema columns) {
        return keys.stream()
                .map(
                        key -> {
                            String usual = key.ascending() ? "" : " DESC";
                            boolean said = key.nullsFirst() != key.ascending();
                            String nulls = key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST";
                            String column = quoted(columns.field(key.column()).name());
                            return column + usual + (said ? nulls : "");
                        })
                .collect(Collectors.joining(", "));
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

    /** Words that mean something else without quotes get some. */
    private static String quoted(String name) {
        boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_]*") && SqlParser.isName(name);
        return plain ? name : "`" + name.replace("`", "``") + "`";
    }
}
