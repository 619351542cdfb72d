package org.skep.engine;

import java.util.List;
import org.skep.catalog.iceberg.Compaction;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileTable;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.parser.Name;
import org.skep.parser.Statement;
import org.skep.planner.change.ChangeQueries;

/** OPTIMIZE TABLE: the same rows in fewer and larger files, without deleted ones. */
final class OptimizeCommand {
    static final Schema COLUMNS =
            Schema.of(
                    new Field("files_before", Type.BIGINT, false),
                    new Field("files_after", Type.BIGINT, false),
                    new Field("bytes_before", Type.BIGINT, false),
                    new Field("bytes_after", Type.BIGINT, false));

    private final SessionState session;

    OptimizeCommand(SessionState session) {
        this.session = session;
    }

    Result run(Statement.OptimizeTable optimize) {
        return Retries.of(session, () -> once(optimize.name()));
    }

    private Result once(Name name) {
        ManagedTable table = session.writable(name);
        Compaction compaction = Compaction.of(table);
        if (compaction.paths().isEmpty()) {
            return Results.rows(COLUMNS, List.of(List.of(0L, 0L, 0L, 0L)));
        }
        FileTable files = session.engine().tables().files(table);
        List<DataFile> old =
                files.files().stream()
                        .filter(file -> compaction.paths().contains(file.path()))
                        .toList();
        try (PendingWrite write =
                new PendingWrite(
                        session,
                        session.changes(table).compact(compaction.paths()),
                        name,
                        List.of())) {
            RowWriter.Written written =
                    new RowWriter(session)
                            .write(
                                    new RowWriter.Job(
                                            ChangeQueries.all(table.schema()),
                                            name.position(),
                                            columns ->
                                                    compaction.isOneFile()
                                                            ? write.gathered()
                                                            : write.destination()),
                                    TargetNames.context(session.context(), files.with(old)));
            requireSame(old, written, name);
            write.add(written);
            write.commit();
            long bytes = written.files().stream().mapToLong(RowWriter.File::bytes).sum();
            List<Object> row =
                    List.of(
                            (long) old.size(),
                            (long) written.files().size(),
                            compaction.bytes(),
                            bytes);
            return Results.rows(COLUMNS, List.of(row));
        }
    }

    /** The guard of every row: what is compacted must come out again. */
    private static void requireSame(List<DataFile> old, RowWriter.Written written, Name name) {
        boolean counted =
                old.stream()
                        .allMatch(file -> file.deletes().isEmpty() && file.statistics().exact());
        long rows = old.stream().mapToLong(file -> (long) file.statistics().rows()).sum();
        if (counted && rows != written.rows()) {
            throw new QueryException(
                    ErrorCode.BUG,
                    name.position(),
                    "of %d rows %d came out".formatted(rows, written.rows()),
                    null);
        }
    }
}
