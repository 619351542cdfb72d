package org.skep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.SketchedColumn;
import org.skep.catalog.iceberg.SketchedColumn.FrequentValue;
import org.skep.catalog.iceberg.Sketches;
import org.skep.executor.value.TextWriter;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.file.FileTable;
import org.skep.model.file.TableStatistics.ColumnStatistics;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.parser.Name;

/** SHOW STATISTICS and DESCRIBE of a column: what is known of the values of a table's columns. */
final class StatisticsCommand {
    static final Schema COLUMNS =
            Schema.of(
                    new Field("column", Type.STRING, false),
                    new Field("type", Type.STRING, false),
                    new Field("rows", Type.BIGINT, true),
                    new Field("nulls", Type.BIGINT, true),
                    new Field("distinct_values", Type.BIGINT, true),
                    new Field("min", Type.STRING, true),
                    new Field("max", Type.STRING, true),
                    new Field("frequent", Type.STRING, true),
                    new Field("current", Type.BOOLEAN, true));

    static final Schema FACTS =
            Schema.of(new Field("name", Type.STRING, false), new Field("value", Type.STRING, true));

    /** So many frequent values are shown. */
    private static final int SHOWN = 3;

    private final SessionState session;

    StatisticsCommand(SessionState session) {
        this.session = session;
    }

    private ManagedTable table(Name name) {
        return session.managed(
                name,
                "statistics are kept of tables of the warehouse only",
                "SELECT approx_count_distinct(…) tells how many different values there are");
    }

    /** A row per column; where nothing was analyzed, what the files say. */
    Result show(Name name) {
        ManagedTable table = table(name);
        FileTable files = session.tables().files(table);
        Map<Integer, SketchedColumn> sketches = new Sketches(table).columns();
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < table.schema().size(); i++) {
            Field field = table.schema().field(i);
            ColumnStatistics known = files.statistics().column(i);
            SketchedColumn sketched = sketches.get(i);
            rows.add(
                    Arrays.asList(
                            field.name(),
                            ShowCommands.typeName(field.type()),
                            count(files.statistics().rows()),
                            nulls(known, sketched, table),
                            sketched == null ? null : count(sketched.distinct()),
                            text(field.type(), known.min()),
                            text(field.type(), known.max()),
                            sketched == null ? null : frequent(field.type(), sketched),
                            sketched == null ? null : isCurrent(sketched.snapshot(), table)));
        }
        return Results.rows(COLUMNS, rows);
    }

    /**
     * What is known of one column, a fact per row.
     *
     * @param table when it is one of the warehouse's; of others nothing but their columns is known
     */
    Result describe(Schema schema, Optional<ManagedTable> table, Name name, Name column) {
        int place = AnalyzeCommand.place(column, schema, name.toString());
        Field field = schema.field(place);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("column", field.name());
        facts.put("type", ShowCommands.typeName(field.type()));
        facts.put("nullable", field.nullable());
        table.ifPresent(managed -> describe(managed, place, field, facts));
        List<List<Object>> rows = new ArrayList<>();
        facts.forEach(
                (fact, value) ->
                        rows.add(Arrays.asList(fact, value == null ? null : value.toString())));
        return Results.rows(FACTS, rows);
    }

    private void describe(ManagedTable table, int place, Field field, Map<String, Object> facts) {
        FileTable files = session.tables().files(table);
        ColumnStatistics known = files.statistics().column(place);
        SketchedColumn sketched = new Sketches(table).columns().get(place);
        facts.put("comment", table.columnComments().get(field.name()));
        facts.put("rows", count(files.statistics().rows()));
        facts.put("nulls", nulls(known, sketched, table));
        facts.put("min", text(field.type(), known.min()));
        facts.put("max", text(field.type(), known.max()));
        if (sketched != null) {
            facts.put("distinct values", count(sketched.distinct()));
            facts.put("frequent", frequent(field.type(), sketched));
            facts.put("error of frequent", count(sketched.error()));
            facts.put("statistics", source(sketched.snapshot(), table));
        }
    }

    /** Which state of the table statistics are of. */
    static String source(long snapshot, ManagedTable table) {
        return "of snapshot %d%s"
                .formatted(
                        snapshot,
                        isCurrent(snapshot, table) ? "" : ", the table has changed since");
    }

    private static boolean isCurrent(long snapshot, ManagedTable table) {
        return table.hasSnapshot() && snapshot == table.snapshotId();
    }

    private static Long count(double count) {
        return count < 0 ? null : Math.round(count);
    }

    /** Counted ones, as deleted rows are still in the statistics of their files. */
    private static Long nulls(ColumnStatistics known, SketchedColumn sketched, ManagedTable table) {
        boolean counted =
                sketched != null && sketched.nulls() >= 0 && isCurrent(sketched.snapshot(), table);
        return count(counted ? sketched.nulls() : known.nulls());
    }

    private static String frequent(Type type, SketchedColumn column) {
        String shown =
                column.frequent().stream()
                        .filter(value -> value.count() > 1)
                        .limit(SHOWN)
                        .map(value -> frequent(type, value))
                        .collect(Collectors.joining(", "));
        return shown.isEmpty() ? null : shown;
    }

    private static String frequent(Type type, FrequentValue value) {
        return "%s: %d".formatted(text(type, value.value()), value.count());
    }

    private static String text(Type type, Object value) {
        if (value == null) {
            return null;
        }
        ColumnBuilder one = ColumnBuilder.of(type, 1);
        one.appendValue(value);
        TextWriter text = new TextWriter(32);
        text.value(one.build(), 0);
        return text.toString();
    }
}
