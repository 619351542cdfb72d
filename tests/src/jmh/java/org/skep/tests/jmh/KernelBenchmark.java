package org.skep.tests.jmh;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.skep.executor.kernel.GroupTable;
import org.skep.executor.kernel.JoinProbe;
import org.skep.executor.kernel.JoinTable;
import org.skep.executor.kernel.Partitioner;
import org.skep.executor.kernel.Pieces;
import org.skep.executor.kernel.Sorting;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.LongColumn;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Type;

/** The kernels that touch every row of a join, an aggregation, a sort or an exchange. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class KernelBenchmark {
    private static final int ROWS = 2048;
    private static final int BATCHES = 512;
    private static final int ALL = ROWS * BATCHES;

    /** How many different keys there are. */
    @Param({"1000", "100000", "1000000"})
    public int keys;

    private Column[][] batches;
    private long[][] hashes;
    private Column whole;
    private JoinTable table;
    private final int[] groups = new int[ROWS];
    private final int[] probed = new int[ROWS];
    private final int[] built = new int[ROWS];

    @Setup(Level.Trial)
    public void fill() {
        Random random = new Random(7);
        long[] all = new long[ALL];
        batches = new Column[BATCHES][];
        hashes = new long[BATCHES][ROWS];
        for (int batch = 0; batch < BATCHES; batch++) {
            long[] values = new long[ROWS];
            for (int row = 0; row < ROWS; row++) {
                // spread out, so that no table is addressed by the value itself
                values[row] = random.nextInt(keys) * 1_000_003L;
                hashes[batch][row] = random.nextLong();
            }
            System.arraycopy(values, 0, all, batch * ROWS, ROWS);
            batches[batch] = new Column[] {new LongColumn(Type.BIGINT, values, ROWS, null)};
        }
        whole = new LongColumn(Type.BIGINT, all, ALL, null);
        long[] build = new long[keys];
        for (int key = 0; key < keys; key++) {
            build[key] = key * 1_000_003L;
        }
        Column column = new LongColumn(Type.BIGINT, build, keys, null);
        table =
                JoinTable.build(
                        new Batch(keys, new Column[] {column}), new int[] {0}, false, Pieces.ALONE);
    }

    /** Time per row to find or make the row's group. */
    @Benchmark
    @OperationsPerInvocation(ALL)
    public int aggregate() {
        GroupTable found = GroupTable.of(List.of(Type.BIGINT));
        for (Column[] batch : batches) {
            found.assign(batch, ROWS, groups);
        }
        return found.size();
    }

    /** Time per row to find the row's partner in a join's build side. */
    @Benchmark
    @OperationsPerInvocation(ALL)
    public long probe() {
        JoinProbe probe = new JoinProbe(table);
        long pairs = 0;
        for (Column[] batch : batches) {
            probe.start(batch, ROWS);
            for (int found = probe.next(probed, built, ROWS);
                    found > 0;
                    found = probe.next(probed, built, ROWS)) {
                pairs += found;
            }
        }
        return pairs;
    }

    /** Time per row to build the table of a join's build side, of as many rows as keys. */
    @Benchmark
    public long build() {
        return JoinTable.build(table.rows(), new int[] {0}, false, Pieces.ALONE).bytes();
    }

    /** Time per row to sort about a million rows. */
    @Benchmark
    @OperationsPerInvocation(ALL)
    public int[] sort() {
        SortKey key = new SortKey(0, false, false);
        return Sorting.order(new SortKey[] {key}, new Column[] {whole}, ALL);
    }

    /** Time per row to put rows in order of 64 partitions by their hashes. */
    @Benchmark
    @OperationsPerInvocation(ALL)
    public int partition() {
        Partitioner partitioner = new Partitioner(64, 0);
        for (long[] batch : hashes) {
            partitioner.split(batch, ROWS);
        }
        return partitioner.count(0);
    }
}
