package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.skep.catalog.iceberg.TableWrite;
import org.skep.model.type.Schema;
import org.skep.parser.Name;
import org.skep.parser.Syntax;
import org.skep.planner.Destination;
import org.skep.planner.Planner;
import org.skep.planner.check.Parameters;
import org.skep.planner.physical.RowCheck;

/** Rows that are written but not yet part of their table. */
record Insertion(PendingWrite write, RowWriter.Written written) {
    /**
     * Rows to be written to a table.
     *
     * @param begin begins the write, by the columns of the query
     * @param sources of the table's columns; null for those of the query in order
     * @param checks that hold for all rows of the table
     * @param name of the table as typed, the place of errors
     */
    record Planned(
            Syntax query,
            List<Object> parameters,
            Function<Schema, TableWrite> begin,
            List<Destination.Source> sources,
            List<RowCheck> checks,
            Name name) {}

    /** How they would be written. */
    static Planner.Plan plan(SessionState session, List<Planned> all) {
        List<Planner.Write> writes = new ArrayList<>();
        for (Planned one : all) {
            writes.add(
                    new Planner.Write(
                            Parameters.bind(one.query, one.parameters),
                            one.name.position(),
                            columns ->
                                    PendingWrite.destination(
                                            one.begin.apply(columns), one.sources, one.checks)));
        }
        return session.planner().planWrites(writes, session.context());
    }

    /** Writes the rows of all in one run; when that fails, nothing is left of any. */
    static List<Insertion> of(SessionState session, List<Planned> all) {
        PendingWrite[] begun = new PendingWrite[all.size()];
        boolean done = false;
        try {
            List<RowWriter.Job> jobs = new ArrayList<>();
            for (int i = 0; i < begun.length; i++) {
                int number = i;
                Planned one = all.get(i);
                jobs.add(
                        RowWriter.job(
                                one.query,
                                one.parameters,
                                one.name.position(),
                                columns -> {
                                    begun[number] =
                                            new PendingWrite(
                                                    session,
                                                    one.begin.apply(columns),
                                                    one.name,
                                                    one.checks);
                                    return begun[number].destination(one.sources);
                                }));
            }
            List<RowWriter.Written> written = new RowWriter(session).write(jobs, session.context());
            List<Insertion> insertions = new ArrayList<>();
            for (int i = 0; i < begun.length; i++) {
                begun[i].add(written.get(i));
                insertions.add(new Insertion(begun[i], written.get(i)));
            }
            done = true;
            return insertions;
        } finally {
            for (PendingWrite write : begun) {
                if (!done && write != null) {
                    write.close();
                }
            }
        }
    }
}
