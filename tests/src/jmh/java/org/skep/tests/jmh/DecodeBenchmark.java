package org.skep.tests.jmh;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.Formats;
import org.skep.executor.format.LocalFileInspector;
import org.skep.executor.format.Wanted;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.tests.tpch.TpchData;

/** The time to decode one column of TPC-H's lineitem (scale 0.1), pages and values. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class DecodeBenchmark {
    @Param("target/tpch")
    public String data;

    @Param({"l_orderkey", "l_quantity", "l_extendedprice", "l_shipdate", "l_shipmode", "l_comment"})
    public String column;

    private final Settings settings = Settings.defaults();
    private FileTable table;
    private List<Integer> columns;

    @Setup
    public void open() throws IOException, SQLException {
        Path file = TpchData.parquet(Path.of(data), 0.1).resolve("lineitem.parquet");
        List<String> paths = List.of(file.toAbsolutePath().toString());
        FileSource source = new FileSource("parquet", paths, Map.of(), null, null);
        table =
                new LocalFileInspector(
                                condition -> {
                                    throw new IllegalStateException("no partitions here");
                                })
                        .inspect(source, settings);
        columns = List.of(table.schema().indexOf(column));
    }

    @Benchmark
    public long decode() throws Exception {
        PlanNode.Scan scan = new PlanNode.Scan(table, columns, List.of(), -1, List.of());
        long rows = 0;
        for (Split split : Formats.named("parquet").splits(scan, table.files().get(0), settings)) {
            try (TaskContext task = TaskContext.standalone(settings);
                    BatchReader reader =
                            Formats.named("parquet")
                                    .open(table, split, columns, Wanted.ALL, task)) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    rows += batch.rows();
                }
            }
        }
        return rows;
    }
}
