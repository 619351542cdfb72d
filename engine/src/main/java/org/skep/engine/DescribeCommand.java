package org.skep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.skep.catalog.FileTableDefinition;
import org.skep.catalog.ManagedDefinition;
import org.skep.catalog.NamePattern;
import org.skep.catalog.TableDefinition;
import org.skep.catalog.TableEntry;
import org.skep.catalog.ViewDefinition;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.Sketches;
import org.skep.catalog.iceberg.SnapshotEntry;
import org.skep.catalog.iceberg.Snapshots;
import org.skep.model.file.FileTable;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.parser.Statement;

/** DESCRIBE and SHOW TABLE EXTENDED: what is known of tables and views. Opens no data file. */
final class DescribeCommand {
    private final SessionState session;

    DescribeCommand(SessionState session) {
        this.session = session;
    }

    static Schema columns() {
        return Schema.of(
                new Field("column", Type.STRING, false),
                new Field("type", Type.STRING, false),
                new Field("nullable", Type.BOOLEAN, false),
                new Field("comment", Type.STRING, true));
    }

    static Schema extendedColumns() {
        return Schema.of(
                new Field("column", Type.STRING, false),
                new Field("type", Type.STRING, false),
                new Field("comment", Type.STRING, true));
    }

    static Schema tableColumns() {
        return ShowCommands.strings("schema", "name", "kind", "information");
    }

    /** Names, types, whether nulls may be in it, comments. */
    static Result describe(Schema schema, Map<String, String> comments) {
        List<List<Object>> rows = new ArrayList<>();
        for (Field field : schema.fields()) {
            rows.add(
                    Arrays.asList(
                            field.name(),
                            ShowCommands.typeName(field.type()),
                            field.nullable(),
                            comments.get(field.name())));
        }
        return Results.rows(columns(), rows);
    }

    /** What is written about a table's columns, by their names. */
    Map<String, String> comments(Optional<TableDefinition> table) {
        return table.isPresent() && table.get() instanceof ManagedDefinition managed
                ? session.tables().open(managed).columnComments()
                : Map.of();
    }

    /** The columns, then what is known of the table. */
    Result extended(Schema schema, TableDefinition table) {
        Map<String, String> comments = comments(Optional.of(table));
        List<List<Object>> rows = new ArrayList<>();
        for (Field field : schema.fields()) {
            rows.add(
                    Arrays.asList(
                            field.name(),
                            ShowCommands.typeName(field.type()),
                            comments.get(field.name())));
        }
        rows.add(Arrays.asList("", "", null));
        facts(table).forEach((fact, value) -> rows.add(Arrays.asList("# " + fact, value, null)));
        return Results.rows(extendedColumns(), rows);
    }

    /** The same of all tables of a schema whose names fit, each in a text of several lines. */
    Result tables(Statement.ShowTableExtended show) {
        String schema = show.schema() == null ? session.schema() : show.schema().last();
        if (session.catalog().schema(schema).isEmpty()) {
            throw session.catalog().schemaNotFound(schema).at(show.schema().position());
        }
        List<List<Object>> rows = new ArrayList<>();
        for (TableEntry entry : session.catalog().list(schema, new NamePattern(show.pattern()))) {
            TableDefinition table =
                    session.catalog().find(entry.schema(), entry.name()).orElse(null);
            if (table == null) {
                continue; // dropped just now
            }
            String facts =
                    facts(table).entrySet().stream()
                            .map(fact -> fact.getKey() + ": " + fact.getValue())
                            .collect(Collectors.joining("\n"));
            rows.add(List.of(entry.schema(), entry.name(), ShowCommands.kind(entry.kind()), facts));
        }
        return Results.rows(tableColumns(), rows);
    }

    private Map<String, String> facts(TableDefinition table) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("name", table.schema() + "." + table.name());
        facts.put("kind", ShowCommands.kind(table.kind()));
        if (table.comment() != null) {
            facts.put("comment", table.comment());
        }
        switch (table.kind()) {
            case VIEW -> facts.put("query", ((ViewDefinition) table).sql());
            case EXTERNAL_TABLE -> describe((FileTableDefinition) table, facts);
            case TABLE -> describe(session.tables().open((ManagedDefinition) table), facts);
        }
        return facts;
    }

    private void describe(FileTableDefinition table, Map<String, String> facts) {
        FileTable found = session.engine().files().inspect(table.source(), session.settings());
        facts.put("format", found.source().format());
        facts.put("location", String.join(", ", table.source().paths()));
        facts.put("files", Integer.toString(found.files().size()));
        facts.put("bytes", Long.toString(found.bytes()));
        if (found.statistics().rows() >= 0) {
            String about = found.statistics().exact() ? "" : "about ";
            facts.put("rows", about + (long) found.statistics().rows());
        }
        new TreeMap<>(table.source().options())
                .forEach((key, value) -> facts.put("option " + key, value));
        new TreeMap<>(table.properties())
                .forEach((key, value) -> facts.put("property " + key, value));
    }

    private static void describe(ManagedTable table, Map<String, String> facts) {
        if (table.comment() != null) {
            facts.put("comment", table.comment());
        }
        facts.put("format", "iceberg " + table.formatVersion());
        facts.put("location", table.location());
        if (!table.partitioning().isEmpty()) {
            facts.put(
                    "partitioned by",
                    table.partitioning().stream()
                            .map(key -> CreateText.term(key, table.schema()))
                            .collect(Collectors.joining(", ")));
        }
        if (!table.sorting().isEmpty()) {
            facts.put("sorted by", CreateText.terms(table.sorting(), table.schema()));
        }
        Optional<SnapshotEntry> snapshot = new Snapshots(table).current();
        if (snapshot.isPresent()) {
            facts.put("snapshot", Long.toString(snapshot.get().id()));
            facts.put("committed at", TableVersions.text(snapshot.get().committed()));
        }
        facts.put("files", count(snapshot.map(SnapshotEntry::files), snapshot.isPresent()));
        facts.put("bytes", count(snapshot.map(SnapshotEntry::bytes), snapshot.isPresent()));
        facts.put("rows", count(snapshot.map(SnapshotEntry::rows), snapshot.isPresent()));
        new Sketches(table)
                .snapshot()
                .ifPresent(id -> facts.put("statistics", StatisticsCommand.source(id, table)));
        table.properties().forEach((key, value) -> facts.put("property " + key, value));
    }

    private static String count(Optional<Long> count, boolean written) {
        return count.map(String::valueOf).orElse(written ? "not known" : "0");
    }
}
