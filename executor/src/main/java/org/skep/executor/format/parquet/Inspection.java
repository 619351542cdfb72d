package org.skep.executor.format.parquet;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.format.FileFormat.Inspected;
import org.skep.model.file.ColumnId;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.TableStatistics;
import org.skep.model.type.Schema;

/** Looks into the footers of a table's files, or into a sample when they are many. */
final class Inspection {
    /**
     * Reading a footer takes about a tenth of a millisecond: all of these take a tenth of a second.
     */
    static final int MOST_FILES = 1000;

    private static final int SAMPLE = 200;

    private final Footers footers;
    private final List<DataFile> files;

    Inspection(Footers footers, List<DataFile> files) {
        this.footers = footers;
        this.files = files;
    }

    Inspected inspect(FileSource source) {
        List<DataFile> looked = files.size() <= MOST_FILES ? files : sample();
        Schema schema = source.declared();
        if (schema == null) {
            for (DataFile file : looked) {
                Schema next = Schemas.of(footers.of(file), file.path());
                schema = schema == null ? next : Schemas.union(schema, next, file.path());
            }
        }
        if (schema == null) {
            schema = new Schema(List.of());
        }
        FileSource known =
                new FileSource(
                        "parquet",
                        source.paths(),
                        source.options(),
                        source.declared(),
                        source.partitionColumns());
        return new Inspected(schema, known, statistics(schema, List.of(), looked));
    }

    /** What the footers say of a table's columns. */
    TableStatistics statistics(FileTable table) {
        List<DataFile> looked = files.size() <= MOST_FILES ? files : sample();
        Schema data = new Schema(table.schema().fields().subList(0, table.dataColumns()));
        return statistics(data, table.ids(), looked);
    }

    private TableStatistics statistics(Schema schema, List<ColumnId> ids, List<DataFile> looked) {
        FooterStatistics statistics = new FooterStatistics(schema, ids);
        for (DataFile file : looked) {
            statistics.add(file, footers.of(file));
        }
        return statistics.result((double) files.size() / Math.max(1, looked.size()));
    }

    private List<DataFile> sample() {
        List<DataFile> sample = new ArrayList<>();
        for (int i = 0; i < SAMPLE; i++) {
            sample.add(files.get((int) ((long) i * (files.size() - 1) / (SAMPLE - 1))));
        }
        return sample;
    }
}
