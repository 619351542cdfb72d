package org.skep.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.catalog.iceberg.TableWrite;
import org.skep.catalog.iceberg.WrittenFile;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.TableStatistics;
import org.skep.model.sketch.ColumnSketch;
import org.skep.parser.Name;
import org.skep.planner.Destination;
import org.skep.planner.physical.RowCheck;

/** A write of a table from its begin to its commit. What is not committed leaves nothing behind. */
final class PendingWrite implements AutoCloseable {
    private final SessionState session;
    private final TableWrite write;
    private final Name table;
    private final List<RowCheck> checks;
    private final List<WrittenFile> files = new ArrayList<>();
    private List<ColumnSketch> sketches = List.of();
    private boolean done;

    /**
     * @param table as typed, the place of errors
     * @param checks that hold for all rows of the table
     */
    PendingWrite(SessionState session, TableWrite write, Name table, List<RowCheck> checks) {
        this.session = session;
        this.write = write;
        this.table = table;
        this.checks = checks;
        Folders.create(Path.of(write.folder()));
    }

    /** Where one plan writes rows, all columns given in the table's order. */
    Destination destination() {
        return destination(null);
    }

    /** The same with the rows of a partition in one file, or few. */
    Destination gathered() {
        Destination all = destination();
        return new Destination(
                all.target(),
                all.columns(),
                all.sources(),
                all.partitioning(),
                all.sorting(),
                all.checks(),
                Destination.Files.ONE);
    }

    /**
     * @param sources of the table's columns; null for those of the query in order
     */
    Destination destination(List<Destination.Source> sources) {
        return destination(write, sources, checks);
    }

    /**
     * Where a write that has not begun would put rows.
     *
     * @param sources of the table's columns; null for those of the query in order
     */
    static Destination destination(
            TableWrite write, List<Destination.Source> sources, List<RowCheck> checks) {
        return new Destination(
                write.target(),
                write.schema(),
                sources == null ? Destination.inOrder(write.schema().size()) : sources,
                write.partitioning(),
                write.sorting(),
                checks,
                Destination.Files.AS_THEY_COME);
    }

    /** Takes what a plan has written. Statistics are gathered of a write of one plan only. */
    void add(RowWriter.Written written) {
        sketches = files.isEmpty() ? written.sketches() : List.of();
        files.addAll(measured(written.files()));
    }

    int fileCount() {
        return files.size();
    }

    /** Makes all of it part of the table, or of the transaction. */
    void commit() {
        requireFiles();
        try {
            write.commit(files, sketches);
        } catch (QueryException e) {
            done = e.code() == ErrorCode.COMMIT_STATE_UNKNOWN; // the table may have them by now
            throw e.at(table.position());
        }
        done = true;
        session.wrote(this);
    }

    /** A write of more than a day looks to REMOVE ORPHANS like one that was killed. */
    void requireFiles() {
        for (WrittenFile file : files) {
            if (!Files.exists(Path.of(file.path()))) {
                throw new QueryException(
                        ErrorCode.FILE_NOT_FOUND,
                        table.position(),
                        "a file written for table '%s' is gone: %s".formatted(table, file.path()),
                        "run the statement again; REMOVE ORPHANS must allow for the longest write");
            }
        }
    }

    @Override
    public void close() {
        if (!done) {
            discard();
        }
    }

    /** Deletes the files. */
    void discard() {
        if (write.isNew()) { // of a table that was not there before, nothing stays
            Folders.delete(Path.of(write.location()));
        } else {
            Folders.deleteRun(Path.of(write.folder()), write.run());
        }
    }

    /** The files with what their footers say of the columns, for the table's own records. */
    private List<WrittenFile> measured(List<RowWriter.File> written) {
        FileTable shape =
                new FileTable(
                        FileSource.of("parquet", List.of(write.folder()), Map.of()),
                        write.schema(),
                        0,
                        List.of(),
                        TableStatistics.UNKNOWN,
                        write.ids(),
                        null);
        List<WrittenFile> measured = new ArrayList<>();
        for (RowWriter.File file : written) {
            String path = Path.of(write.folder()).resolve(file.name()).toString();
            DataFile data = new DataFile(path, file.bytes(), 0, List.of());
            TableStatistics statistics = session.engine().files().statistics(shape, List.of(data));
            measured.add(
                    new WrittenFile(path, file.rows(), file.bytes(), file.partition(), statistics));
        }
        return measured;
    }
}
