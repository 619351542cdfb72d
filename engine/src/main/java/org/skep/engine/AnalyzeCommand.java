package org.skep.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.Sketches;
import org.skep.model.data.Batch;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.model.file.FileTable;
import org.skep.model.sketch.ColumnSketch;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.parser.Name;
import org.skep.parser.Statement.AnalyzeTable;
import org.skep.planner.Planner;
import org.skep.planner.change.SketchQuery;

/** ANALYZE TABLE: how many different values there are and which are frequent, for the planner. */
final class AnalyzeCommand {
    static final Schema COLUMNS =
            Schema.of(
                    new Field("rows", Type.BIGINT, false),
                    new Field("columns", Type.BIGINT, false));

    private static final String WHOLE =
            "statistics are of the whole table: PARTITION (…) makes no difference";

    private final SessionState session;

    AnalyzeCommand(SessionState session) {
        this.session = session;
    }

    Result run(AnalyzeTable analyze) {
        ManagedTable table =
                session.managed(
                        analyze.name(),
                        "statistics are kept of tables of the warehouse only",
                        "make it one: CREATE TABLE … AS SELECT * FROM " + analyze.name());
        analyze.partition().forEach(name -> place(name, table.schema(), table.name()));
        List<String> warnings = analyze.partition().isEmpty() ? List.of() : List.of(WHOLE);
        FileTable files = session.tables().files(table);
        if (analyze.analyzed() == AnalyzeTable.Analyzed.ROWS) {
            return result((long) Math.max(0, files.statistics().rows()), 0, warnings);
        }
        List<Integer> places = places(analyze, table);
        Map<Integer, ColumnSketch> sketches = new LinkedHashMap<>();
        long rows = sketch(files, places, sketches);
        if (table.hasSnapshot()) { // else there is nothing that statistics could be of
            try {
                new Sketches(table).write(sketches, rows);
            } catch (QueryException e) {
                throw e.at(analyze.name().position());
            }
        }
        return result(rows, places.size(), warnings);
    }

    private static Result result(long rows, long columns, List<String> warnings) {
        return Results.rows(COLUMNS, List.of(List.of(rows, columns)), warnings);
    }

    /** Reads all rows; how many there are. */
    private long sketch(FileTable files, List<Integer> places, Map<Integer, ColumnSketch> into) {
        List<String> names = places.stream().map(files.schema().names()::get).toList();
        Planner.Plan plan =
                session.planner()
                        .plan(SketchQuery.of(names), TargetNames.context(session.context(), files));
        long rows = 0;
        try (QueryRun run = session.run(plan)) {
            run.start();
            for (Batch batch = run.next(); batch != null; batch = run.next()) {
                rows = (Long) batch.column(0).value(0);
                for (int i = 0; i < places.size(); i++) {
                    byte[] sketch = (byte[]) batch.column(i + 1).value(0);
                    into.put(places.get(i), ColumnSketch.of(sketch));
                }
            }
        }
        return rows;
    }

    /** The columns to look at, by their places in the table's schema. */
    private static List<Integer> places(AnalyzeTable analyze, ManagedTable table) {
        Schema schema = table.schema();
        if (analyze.analyzed() == AnalyzeTable.Analyzed.ALL) {
            return IntStream.range(0, schema.size())
                    .filter(place -> !schema.type(place).isNested())
                    .boxed()
                    .toList();
        }
        List<Integer> places = new ArrayList<>();
        for (Name column : analyze.columns()) {
            int place = place(column, schema, table.name());
            if (schema.type(place).isNested()) {
                throw new QueryException(
                        ErrorCode.NOT_SUPPORTED,
                        column.position(),
                        "column '%s' is %s: there are statistics of plain values only"
                                .formatted(column, schema.type(place)),
                        "leave it out, or write FOR ALL COLUMNS, which does");
            }
            if (!places.contains(place)) {
                places.add(place);
            }
        }
        return places;
    }

    /** Which column of a table is named. */
    static int place(Name column, Schema schema, String table) {
        int place = schema.indexOf(column.last());
        if (place < 0) {
            throw new QueryException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    column.position(),
                    "no column '%s' in %s".formatted(column, table),
                    Suggestion.hint(column.last(), schema.names()));
        }
        return place;
    }
}
