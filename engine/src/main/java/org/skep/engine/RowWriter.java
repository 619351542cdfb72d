package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.skep.model.data.Batch;
import org.skep.model.error.Position;
import org.skep.model.sketch.ColumnSketch;
import org.skep.model.type.Schema;
import org.skep.parser.Syntax;
import org.skep.planner.Destination;
import org.skep.planner.Planner;
import org.skep.planner.check.Parameters;

/** Runs queries and writes their rows to files. */
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

        List<String> names() {
            return files.stream().map(File::name).toList();
        }

        Result result() {
            return Results.written(rows(), files.size(), warnings);
        }
    }

    /**
     * A query to be written.
     *
     * @param place what is written to, for errors of planning that have no place of their own
     */
    record Job(Syntax query, Position place, Function<Schema, Destination> destination) {}

    /** The same with the parameters of the statement put in. */
    static Job job(
            Syntax query,
            List<Object> parameters,
            Position place,
            Function<Schema, Destination> destination) {
        return new Job(Parameters.bind(query, parameters), place, destination);
    }

    Written write(Job job) {
        return write(job, session.context());
    }

    /**
     * @param context in which the query's names are looked up
     */
    Written write(Job job, Planner.Context context) {
        return write(List.of(job), context).get(0);
    }

    /** All in one run: what they have in common is computed once. */
    List<Written> write(List<Job> jobs, Planner.Context context) {
        Schema[] columns = new Schema[jobs.size()];
        List<Planner.Write> writes = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            int number = i;
            Job job = jobs.get(i);
            writes.add(
                    new Planner.Write(
                            job.query,
                            job.place,
                            schema -> {
                                columns[number] = schema;
                                return job.destination.apply(schema);
                            }));
        }
        Planner.Plan plan = session.planner().planWrites(writes, context);
        List<List<File>> files = new ArrayList<>();
        List<List<ColumnSketch>> sketches = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            files.add(new ArrayList<>());
            sketches.add(new ArrayList<>());
        }
        try (QueryRun run = session.run(plan)) {
            run.start();
            for (Batch batch = run.next(); batch != null; batch = run.next()) {
                for (int i = 0; i < batch.rows(); i++) {
                    int write = (Integer) batch.column(0).value(i);
                    files.get(write).add(file(batch, i));
                    merge(sketches.get(write), (List<?>) batch.column(5).value(i));
                }
            }
            List<Written> written = new ArrayList<>();
            for (int i = 0; i < columns.length; i++) {
                List<String> warnings = i == 0 ? run.warnings() : List.of();
                written.add(new Written(files.get(i), columns[i], warnings, sketches.get(i)));
            }
            return written;
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
        for (Object text : (List<?>) report.column(4).value(row)) {
            partition.add((String) text);
        }
        return new File(
                (String) report.column(1).value(row),
                (Long) report.column(2).value(row),
                (Long) report.column(3).value(row),
                partition);
    }
}
