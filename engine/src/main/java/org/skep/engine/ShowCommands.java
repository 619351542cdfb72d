package org.skep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.skep.catalog.FileTableDefinition;
import org.skep.catalog.ManagedDefinition;
import org.skep.catalog.NamePattern;
import org.skep.catalog.TableDefinition;
import org.skep.catalog.TableEntry;
import org.skep.catalog.ViewDefinition;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.parser.Statement;

/** SHOW and DESCRIBE: what there is. */
final class ShowCommands {
    private final SessionState session;

    ShowCommands(SessionState session) {
        this.session = session;
    }

    Result settings(Statement.ShowSettings show) {
        NamePattern pattern = new NamePattern(show.pattern());
        List<List<Object>> rows = new ArrayList<>();
        for (Map.Entry<String, String> setting : session.settings().values().entrySet()) {
            if (pattern.matches(setting.getKey())) {
                rows.add(List.of(setting.getKey(), setting.getValue()));
            }
        }
        return Results.rows(strings("setting", "value"), rows);
    }

    Result schemas(Statement.ShowSchemas show) {
        return names("schema", session.catalog().schemas(), show.pattern());
    }

    Result functions(Statement.ShowFunctions show) {
        return names("function", session.engine().functions().names(), show.pattern());
    }

    private static Result names(String column, Iterable<String> names, String wanted) {
        NamePattern pattern = new NamePattern(wanted);
        List<List<Object>> rows = new ArrayList<>();
        for (String name : names) {
            if (pattern.matches(name)) {
                rows.add(List.of(name));
            }
        }
        return Results.rows(strings(column), rows);
    }

    Result tables(Statement.ShowTables show) {
        String schema = show.schema() == null ? session.schema() : show.schema().last();
        if (session.catalog().schema(schema).isEmpty()) {
            throw session.catalog().schemaNotFound(schema);
        }
        NamePattern pattern = new NamePattern(show.pattern());
        List<List<Object>> rows = new ArrayList<>();
        for (ViewDefinition view : session.views().list()) {
            if (pattern.matches(view.name())) {
                rows.add(List.of("", view.name(), "temporary view"));
            }
        }
        for (TableEntry entry : session.catalog().list(schema, pattern)) {
            rows.add(List.of(entry.schema(), entry.name(), kind(entry.kind())));
        }
        return Results.rows(strings("schema", "name", "kind"), rows);
    }

    static String kind(TableDefinition.Kind kind) {
        return switch (kind) {
            case TABLE -> "table";
            case EXTERNAL_TABLE -> "external table";
            case VIEW -> "view";
        };
    }

    /** Types are shown in lower case, as Hive and Spark show them; names of members keep theirs. */
    static String typeName(Type type) {
        return switch (type.kind()) {
            case ARRAY -> "array<" + typeName(type.element()) + ">";
            case MAP ->
                    type.children().stream()
                            .map(field -> typeName(field.type()))
                            .collect(Collectors.joining(",", "map<", ">"));
            case STRUCT ->
                    type.children().stream()
                            .map(field -> field.name() + ":" + typeName(field.type()))
                            .collect(Collectors.joining(",", "struct<", ">"));
            default -> type.toString().toLowerCase(Locale.ROOT);
        };
    }

    Result columns(Schema schema) {
        return names("column", schema.names(), null);
    }

    Result createTable(TableDefinition table) {
        String text =
                switch (table.kind()) {
                    case VIEW -> CreateText.of((ViewDefinition) table);
                    case EXTERNAL_TABLE -> CreateText.of((FileTableDefinition) table);
                    case TABLE -> {
                        ManagedDefinition managed = (ManagedDefinition) table;
                        yield CreateText.of(managed, session.tables().open(managed));
                    }
                };
        return Results.rows(strings("statement"), List.of(List.of(text)));
    }

    static Schema strings(String... names) {
        return new Schema(
                Arrays.stream(names).map(name -> new Field(name, Type.STRING, false)).toList());
    }
}
