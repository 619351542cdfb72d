package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.skep.model.data.Batch;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;
import org.skep.model.sketch.ColumnSketch;
import org.skep.model.type.Schema;
import org.skep.parser.Syntax;
import org.skep.planner.Destination;
import org.skep.planner.Planner;
import org.skep.planner.check.Parameters;

/** Runs a query and writes its rows to files. */
final class RowWriter {
    private final SessionState session;

    RowWriter(SessionState session) {
        this.session = session;
    }

    /** A file, its name relative to the destination's folder. */
    record File(String name, long rows, long bytes, List<String> partition) {}

    /**
     * What was written.
     *
     * @param columns of the query
     * @param sketches of the first columns of what was written; null for those without, empty for
     *     none at all
     */
    record Written(
            List<File> files, Schema columns, List<String> warnings, List<ColumnSketch> sketches) {
        long rows() {
            return files.stream().mapToLong(File::rows).sum();
        }
    }

    /**
     * @param place what is written to, for errors of planning that have no place of their own
     */
    Written write(
            Syntax query,
            List<Object> parameters,
            Position place,
            Function<Schema, Destination> destination) {
        return write(Parameters.bind(query, parameters), session.context(), place, destination);
    }

    /**
     * @param context in which the query's names are looked up
     */
    Written write(
            Syntax query,
            Planner.Context context,
            Position place,
            Function<Schema, Destination> destination) {
        Planner.Plan plan = plan(query, context, place, destination);
        List<File> files = new ArrayList<>();
        List<ColumnSketch> sketches = new ArrayList<>();
        try (QueryRun run = session.run(plan)) {
            run.start();
            for (Batch batch = run.next(); batch != null; batch = run.next()) {
                for (int i = 0; i < batch.rows(); i++) {
                    files.add(file(batch, i));
                    merge(sketches, (List<?>) batch.column(4).value(i));
                }
            }
            return new Written(files, plan.query(), run.warnings(), sketches);
        }
    }

    private Planner.Plan plan(
            Syntax query,
            Planner.Context context,
            Position place,
            Function<Schema, Destination> destination) {
        try {
            return session.planner().planWrite(query, context, destination);
        } catch (QueryException e) {
            throw e.at(place);
        }
    }

    /** Adds what one task has sketched to what others have. */
    private static void merge(List<ColumnSketch> all, List<?> ofTask) {
        for (int i = 0; i < ofTask.size(); i++) {
            byte[] bytes = (byte[]) ofTask.get(i);
            ColumnSketch sketch = bytes.length == 0 ? null : ColumnSketch.of(bytes);
            if (i >= all.size()) {
                all.add(sketch);
            } else if (sketch != null) {
                all.get(i).merge(sketch);
            }
        }
    }

    private static File file(Batch report, int row) {
        List<String> partition = new ArrayList<>();
        for (Object text : (List<?>) report.column(3).value(row)) {
            partition.add((String) text);
        }
        return new File(
                (String) report.column(0).value(row),
                (Long) report.column(1).value(row),
                (Long) report.column(2).value(row),
                partition);
    }
}
