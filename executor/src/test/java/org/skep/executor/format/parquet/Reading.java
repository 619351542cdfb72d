package org.skep.executor.format.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.FileFormat;
import org.skep.executor.format.Wanted;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.model.type.Schema;

/** Reads files as a scan does: inspect, split, read. */
final class Reading {
    static final Settings SETTINGS = Settings.defaults();

    private Reading() {}

    static ParquetFormat format() {
        return new ParquetFormat(InterpretedPredicate::new);
    }

    static DataFile file(Path path) {
        try {
            return new DataFile(
                    path.toString(),
                    Files.size(path),
                    Files.getLastModifiedTime(path).toMillis(),
                    List.of());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static FileTable table(FileFormat format, Schema declared, Path... paths) {
        List<DataFile> files = java.util.Arrays.stream(paths).map(Reading::file).toList();
        FileSource source =
                new FileSource(
                        "parquet",
                        files.stream().map(DataFile::path).toList(),
                        Map.of(),
                        declared,
                        null);
        FileFormat.Inspected inspected = format.inspect(source, files, SETTINGS);
        return new FileTable(
                inspected.source(), inspected.schema(), 0, files, inspected.statistics());
    }

    /** All columns of all rows for which the conditions hold, boxed. */
    static List<List<Object>> rows(FileTable table, Settings settings, Expr... conditions) {
        ParquetFormat format = format();
        List<Integer> columns = IntStream.range(0, table.schema().size()).boxed().toList();
        List<List<Object>> rows = new ArrayList<>();
        for (Batch batch : batches(format, table, columns, settings, List.of(conditions))) {
            for (int row = 0; row < batch.rows(); row++) {
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < batch.width(); i++) {
                    values.add(batch.column(i).value(row));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    static List<Batch> batches(
            ParquetFormat format,
            FileTable table,
            List<Integer> columns,
            Settings settings,
            List<Expr> conditions) {
        PlanNode.Scan scan = new PlanNode.Scan(table, columns, conditions, -1, List.of());
        List<Batch> batches = new ArrayList<>();
        for (DataFile file : table.files()) {
            for (Split split : format.splits(scan, file, settings)) {
                try (BatchReader reader =
                        format.open(
                                table,
                                split,
                                columns,
                                Wanted.rows(conditions),
                                TaskContext.standalone(settings))) {
                    for (Batch b = reader.next(); b != null; b = reader.next()) {
                        if (b.rows() == 0 || b.rows() > settings.batchRows()) {
                            throw new AssertionError("a batch of " + b.rows());
                        }
                        batches.add(b);
                    }
                }
            }
        }
        return batches;
    }

    static List<List<Object>> rows(Path file) {
        return rows(table(format(), null, file), SETTINGS);
    }

    /** How many rows are left in the splits of a table of one file; conditions see all columns. */
    static long splitRows(FileTable table, Expr... conditions) {
        List<Integer> columns = IntStream.range(0, table.dataColumns()).boxed().toList();
        PlanNode.Scan scan = new PlanNode.Scan(table, columns, List.of(conditions), -1, List.of());
        return format().splits(scan, table.files().get(0), SETTINGS).stream()
                .mapToLong(Split::rows)
                .sum();
    }
}
