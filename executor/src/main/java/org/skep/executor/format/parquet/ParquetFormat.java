package org.skep.executor.format.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.skep.executor.eval.Expressions;
import org.skep.executor.eval.Predicate;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.FileFormat;
import org.skep.executor.format.FileWriter;
import org.skep.executor.format.Wanted;
import org.skep.executor.format.WritableFormat;
import org.skep.executor.task.TaskContext;
import org.skep.model.file.ColumnId;
import org.skep.model.file.DataFile;
import org.skep.model.file.DeleteFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.file.TableStatistics;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.model.type.Schema;

/**
 * Parquet files, read and written. Options for writing: {@code compression} (zstd, snappy, gzip,
 * lz4, uncompressed; zstd unless said), {@code row_group_rows}, and those of {@link
 * BloomFilterOptions}.
 */
public final class ParquetFormat implements FileFormat, WritableFormat {
    private static final Set<String> OPTIONS =
            Set.of(
                    "compression",
                    "row_group_rows",
                    "single_file",
                    "bloom_filters",
                    "bloom_filter_fpp",
                    "bloom_filter_bytes");

    private final Footers footers = new Footers();
    private final Function<Expr, Predicate> compiler;

    public ParquetFormat() {
        this(Expressions::predicate);
    }

    /**
     * @param compiler makes conditions executable
     */
    ParquetFormat(Function<Expr, Predicate> compiler) {
        this.compiler = compiler;
    }

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public List<String> extensions() {
        return List.of("parquet", "parq");
    }

    @Override
    public Set<String> options() {
        return OPTIONS;
    }

    @Override
    public Inspected inspect(FileSource source, List<DataFile> files, Settings settings) {
        return new Inspection(footers, files).inspect(source);
    }

    @Override
    public TableStatistics statistics(FileTable table, List<DataFile> files) {
        return new Inspection(footers, files).statistics(table);
    }

    @Override
    public TableStatistics certain(FileTable table, List<Integer> columns) {
        return table.files().size() > Inspection.MOST_FILES
                ? TableStatistics.UNKNOWN
                : CertainStatistics.of(table, columns, footers);
    }

    @Override
    public List<Split> splits(PlanNode.Scan scan, DataFile file, Settings settings) {
        FileTable table = scan.table();
        if (!mayMatch(scan, file)) {
            return List.of();
        }
        try (FileChannel channel = Footers.open(file)) {
            Footer footer = footers.of(file, channel);
            List<Integer> data =
                    scan.columns().stream()
                            .map(column -> column < table.dataColumns() ? column : LINE)
                            .toList();
            List<FileColumn> columns = FileColumn.of(footer, table, data);
            // the row group knows nothing of what is not stored in the file
            List<Expr> conditions =
                    scan.conditions().stream()
                            .flatMap(condition -> Expr.conjuncts(condition).stream())
                            .filter(condition -> usesOnlyData(condition, data))
                            .toList();
            RowGroupFilter filter =
                    new RowGroupFilter(file.path(), footer, channel, columns, conditions);
            return Splits.of(file, footer, columns, filter, settings);
        } catch (IOException e) {
            throw Place.of(file.path()).error(e);
        }
    }

    /** What the table knows of the file may tell that no row of it is wanted. */
    private static boolean mayMatch(PlanNode.Scan scan, DataFile file) {
        TableStatistics known = file.statistics();
        if (known.columns().isEmpty() || scan.conditions().isEmpty()) {
            return true;
        }
        FileTable table = scan.table();
        Pruner pruner =
                new Pruner(
                        place -> {
                            int column = scan.columns().get(place);
                            return column < table.dataColumns()
                                    ? ColumnRange.of(table.schema().type(column), known, column)
                                    : null;
                        },
                        (place, value) -> true);
        return pruner.mayMatch(
                scan.conditions().stream().flatMap(c -> Expr.conjuncts(c).stream()).toList());
    }

    private static boolean usesOnlyData(Expr condition, List<Integer> data) {
        for (int column : condition.columns()) {
            if (data.get(column) == LINE) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean appliesConditions() {
        return true;
    }

    @Override
    public boolean seeksRows() {
        return true;
    }

    @Override
    public BatchReader open(
            FileTable table, Split split, List<Integer> columns, Wanted wanted, TaskContext task) {
        boolean byValues =
                split.file().deletes().stream()
                        .anyMatch(delete -> delete.kind() == DeleteFile.Kind.EQUALITY);
        if (byValues) {
            return EqualityDeletes.open(table, split, columns, wanted, this, task);
        }
        PositionDeletes deletes = PositionDeletes.of(split.file(), this, task);
        FileChannel channel = Footers.open(split.file());
        try {
            Footer footer = footers.of(split.file(), channel);
            return new ParquetBatchReader(
                    footer,
                    channel,
                    split,
                    FileColumn.of(footer, table, columns),
                    wanted,
                    deletes,
                    compiler,
                    task);
        } catch (RuntimeException e) {
            try {
                channel.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw Place.of(split.file().path()).error(e);
        }
    }

    @Override
    public String fileEnding(Map<String, String> options) {
        return ".parquet";
    }

    @Override
    public FileWriter create(
            Path file, Schema schema, Map<String, String> options, TaskContext task) {
        return create(file, schema, List.of(), options, task);
    }

    @Override
    public FileWriter create(
            Path file,
            Schema schema,
            List<ColumnId> ids,
            Map<String, String> options,
            TaskContext task) {
        return new ParquetFileWriter(file, schema, ids, options, task);
    }
}
