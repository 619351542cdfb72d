package org.skep.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.model.data.Batch;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileTable;
import org.skep.parser.Name;
import org.skep.parser.Statement;
import org.skep.parser.Syntax;
import org.skep.planner.Planner;
import org.skep.planner.change.ChangeQueries;

/**
 * DELETE, UPDATE and MERGE by copy on write: first the files are found that have rows to change,
 * then new files are written in their place.
 */
final class ChangeCommands {
    private final SessionState session;

    ChangeCommands(SessionState session) {
        this.session = session;
    }

    Result run(Statement.Change change, List<Object> parameters) {
        return Retries.of(session, () -> once(change, parameters));
    }

    private Result once(Statement.Change change, List<Object> parameters) {
        ManagedTable table = session.writable(change.name());
        FileTable files = session.engine().tables().files(table);
        ChangeQueries queries =
                session.planner().change(change, table.schema(), Rules.defaults(table), parameters);
        Map<String, Long> found = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        search(queries.matched(), files, change.name(), found, warnings);
        search(queries.unmatched(), files, change.name(), found, warnings);
        Syntax inserted = queries.inserted();
        long rows = found.values().stream().mapToLong(Long::longValue).sum();
        if (found.isEmpty() && inserted == null) {
            return Results.written(0, 0, warnings);
        }
        try (PendingWrite write =
                new PendingWrite(
                        session,
                        session.changes(table).replace(found.keySet()),
                        change.name(),
                        new Rules(session).checks(table))) {
            rewrite(queries, files, found, write, change.name());
            if (inserted != null) {
                RowWriter.Written written = write(inserted, files, write, change.name());
                write.add(written);
                rows += written.rows();
            }
            if (rows > 0) {
                write.commit();
            }
            return Results.written(rows, write.fileCount(), warnings);
        }
    }

    /** How many rows of which files are to be changed. */
    private void search(
            Syntax query,
            FileTable files,
            Name table,
            Map<String, Long> found,
            List<String> warnings) {
        if (query == null) {
            return;
        }
        Planner.Plan plan = plan(query, files, table);
        try (QueryRun run = session.run(plan)) {
            run.start();
            for (Batch batch = run.next(); batch != null; batch = run.next()) {
                for (int row = 0; row < batch.rows(); row++) {
                    String file = (String) batch.column(0).value(row);
                    Object repeated = batch.column(2).value(row);
                    if (repeated != null) {
                        throw matchedTwice(table, file, repeated);
                    }
                    found.merge(file, (Long) batch.column(1).value(row), Long::sum);
                }
            }
            warnings.addAll(run.warnings());
        }
    }

    private Planner.Plan plan(Syntax query, FileTable files, Name table) {
        try {
            return session.planner().plan(query, TargetNames.context(session.context(), files));
        } catch (QueryException e) {
            throw e.at(table.position());
        }
    }

    private static QueryException matchedTwice(Name table, String file, Object row) {
        return new QueryException(
                ErrorCode.CARDINALITY_VIOLATION,
                table.position(),
                "a row of '%s' matches more than one row of the source: row %s of %s"
                        .formatted(table, row, file),
                "make the source's rows unique, for example with QUALIFY row_number() OVER"
                        + " (PARTITION BY key ORDER BY …) = 1");
    }

    /** Files of which all rows go need no successor. */
    private void rewrite(
            ChangeQueries queries,
            FileTable files,
            Map<String, Long> found,
            PendingWrite write,
            Name table) {
        List<DataFile> left = new ArrayList<>();
        long live = 0;
        long changed = 0;
        boolean counted = true;
        for (DataFile file : files.files()) {
            Long rows = found.get(file.path());
            if (rows == null) {
                continue;
            }
            boolean exact = file.deletes().isEmpty() && file.statistics().exact();
            if (exact && queries.onlyDeletes() && rows == (long) file.statistics().rows()) {
                continue;
            }
            left.add(file);
            counted &= exact;
            live += (long) file.statistics().rows();
            changed += rows;
        }
        if (left.isEmpty()) {
            return;
        }
        RowWriter.Written written = write(queries.rewritten(), files.with(left), write, table);
        long kept = written.rows();
        long most = queries.onlyDeletes() ? live - changed : live;
        long least = queries.deletes() ? live - changed : live;
        if (counted && (kept < least || kept > most)) {
            throw changing(table, live, changed, kept);
        }
        write.add(written);
    }

    /** The guard of every row that nobody asked to be changed. */
    private static QueryException changing(Name table, long live, long changed, long kept) {
        return new QueryException(
                ErrorCode.INVALID_STATEMENT,
                table.position(),
                "of %d rows %d were to be changed, but %d came out: the conditions give other rows each time"
                        .formatted(live, changed, kept),
                "write what they depend on into a table first, then change '%s' by that table"
                        .formatted(table));
    }

    private RowWriter.Written write(Syntax query, FileTable files, PendingWrite write, Name table) {
        return new RowWriter(session)
                .write(
                        new RowWriter.Job(query, table.position(), columns -> write.destination()),
                        TargetNames.context(session.context(), files));
    }
}
