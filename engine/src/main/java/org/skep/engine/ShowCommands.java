package org.skep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.skep.catalog.FileTableDefinition;
import org.skep.catalog.ManagedDefinition;
import org.skep.catalog.NamePattern;
import org.skep.catalog.TableDefinition;
import org.skep.catalog.TableEntry;
import org.skep.catalog.ViewDefinition;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.executor.function.FunctionLibrary;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileTable;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.parser.Name;
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
        FunctionLibrary functions = session.engine().functions();
        TreeSet<String> names = new TreeSet<>(functions.scalarNames());
        names.addAll(functions.aggregateNames());
        names.addAll(functions.windowNames());
        return names("function", names, show.pattern());
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

    private static String kind(TableDefinition.Kind kind) {
        return switch (kind) {
            case TABLE -> "table";
            case EXTERNAL_TABLE -> "external table";
            case VIEW -> "view";
        };
    }

    /** DESCRIBE: names, types, whether nulls may be in it. */
    Result describe(Schema schema) {
        Schema columns = StatementQueries.described();
        List<List<Object>> rows = new ArrayList<>();
        for (Field field : schema.fields()) {
            rows.add(List.of(field.name(), typeName(field.type()), field.nullable()));
        }
        return Results.rows(columns, rows);
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

    /** DESCRIBE EXTENDED: the columns, then what is known of the table. */
    Result describeExtended(Schema schema, TableDefinition table) {
        List<List<Object>> rows = new ArrayList<>();
        for (Field field : schema.fields()) {
            rows.add(List.of(field.name(), typeName(field.type())));
        }
        rows.add(List.of("", ""));
        rows.add(List.of("# name", table.schema() + "." + table.name()));
        rows.add(List.of("# kind", kind(table.kind())));
        if (table.comment() != null) {
            rows.add(List.of("# comment", table.comment()));
        }
        if (table instanceof ViewDefinition view) {
            rows.add(List.of("# query", view.sql()));
        }
        if (table instanceof FileTableDefinition files) {
            describeFiles(files, rows);
        }
        if (table instanceof ManagedDefinition managed) {
            describeManaged(session.tables().open(managed), rows);
        }
        return Results.rows(strings("column", "type"), rows);
    }

    private void describeFiles(FileTableDefinition table, List<List<Object>> rows) {
        FileTable found = session.engine().files().inspect(table.source(), session.settings());
        rows.add(List.of("# format", found.source().format()));
        rows.add(List.of("# location", String.join(", ", table.source().paths())));
        rows.add(List.of("# files", Integer.toString(found.files().size())));
        rows.add(List.of("# bytes", Long.toString(found.bytes())));
        if (found.statistics().rows() >= 0) {
            String about = found.statistics().exact() ? "" : "about ";
            rows.add(List.of("# rows", about + (long) found.statistics().rows()));
        }
        table.source().options().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(o -> rows.add(List.of("# option " + o.getKey(), o.getValue())));
        table.properties().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(p -> rows.add(List.of("# property " + p.getKey(), p.getValue())));
    }

    private void describeManaged(ManagedTable table, List<List<Object>> rows) {
        FileTable found = session.engine().tables().files(table);
        if (table.comment() != null) {
            rows.add(List.of("# comment", table.comment()));
        }
        rows.add(List.of("# format", "iceberg"));
        rows.add(List.of("# location", table.location()));
        if (!table.partitioning().isEmpty()) {
            rows.add(
                    List.of(
                            "# partitioned by",
                            table.partitioning().stream()
                                    .map(key -> CreateText.term(key, table.schema()))
                                    .collect(Collectors.joining(", "))));
        }
        rows.add(List.of("# files", Integer.toString(found.files().size())));
        rows.add(List.of("# bytes", Long.toString(found.bytes())));
        rows.add(List.of("# rows", Long.toString((long) found.statistics().rows())));
        table.properties().forEach((key, value) -> rows.add(List.of("# property " + key, value)));
    }

    Result columns(Schema schema) {
        return names("column", schema.names(), null);
    }

    Result createTable(TableDefinition table) {
        String text =
                table instanceof ViewDefinition view
                        ? "CREATE VIEW %s.%s (%s) AS\n%s"
                                .formatted(
                                        view.schema(),
                                        view.name(),
                                        String.join(", ", view.columns().names()),
                                        view.sql())
                        : table instanceof ManagedDefinition managed
                                ? CreateText.of(managed, session.tables().open(managed))
                                : CreateText.of((FileTableDefinition) table);
        return Results.rows(strings("statement"), List.of(List.of(text)));
    }

    /** The folders of a partitioned table. */
    Result partitions(FileTableDefinition table, Name name) {
        FileTable found = session.engine().files().inspect(table.source(), session.settings());
        if (found.partitionColumns() == 0) {
            throw new org.skep.model.error.QueryException(
                    org.skep.model.error.ErrorCode.INVALID_STATEMENT,
                    name.position(),
                    "table '%s' is not partitioned".formatted(name),
                    null);
        }
        List<Field> columns =
                found.schema().fields().subList(found.dataColumns(), found.schema().size());
        TreeSet<String> partitions = new TreeSet<>();
        for (DataFile file : found.files()) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                text.append(i > 0 ? "/" : "").append(columns.get(i).name()).append('=');
                text.append(file.partitionValues().get(i));
            }
            partitions.add(text.toString());
        }
        return names("partition", partitions, null);
    }

    static Schema strings(String... names) {
        return new Schema(
                Arrays.stream(names).map(name -> new Field(name, Type.STRING, false)).toList());
    }
}
