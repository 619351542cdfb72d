package org.skep.cluster;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.TaskState;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.scheduler.DirectTaskResult;
import org.apache.spark.scheduler.MapStatus$;
import org.apache.spark.scheduler.ShuffleMapTask;
import org.apache.spark.scheduler.Task;
import org.apache.spark.scheduler.TaskDescription;
import org.apache.spark.scheduler.cluster.CoarseGrainedClusterMessages;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.util.AccumulatorV2;
import org.apache.spark.util.SerializableBuffer;
import org.skep.model.data.Batch;
import org.skep.model.data.LongColumn;
import org.skep.model.spi.Backend;
import org.skep.model.type.Type;
import scala.Tuple2;
import scala.collection.immutable.Map$;

/**
 * The answer to a task that nobody runs: partitions of some thousand rows each with some frequent
 * keys of a map task, a row of two numbers of a task of the result.
 */
final class SimulatedTask {
    private static final int MOST_ROWS = 20_000;
    private static final int BYTES_PER_ROW = 16;
    private static final int HOT_KEYS = 10;
    private static final int METRIC_PEAKS = 32;

    private static final AtomicLong DESCRIPTIONS = new AtomicLong();
    private static final AtomicLong RESULTS = new AtomicLong();
    private static final AtomicLong LARGEST_BINARY = new AtomicLong();

    private SimulatedTask() {}

    /** Takes note of a task's description. */
    static void count(int bytes) {
        DESCRIPTIONS.addAndGet(bytes);
    }

    /**
     * Bytes of all descriptions and of all results up to now, and of the largest stage's program.
     */
    static long[] bytes() {
        return new long[] {DESCRIPTIONS.get(), RESULTS.get(), LARGEST_BINARY.get()};
    }

    static CoarseGrainedClusterMessages.StatusUpdate ended(
            TaskDescription description, BlockManagerId place) {
        byte[] serialized = new byte[description.serializedTask().remaining()];
        description.serializedTask().get(serialized);
        Task<?> task = SparkCalls.deserialised(serialized);
        task.metrics().setExecutorRunTime(1);
        List<AccumulatorV2<?, ?>> updates =
                new ArrayList<>(
                        scala.jdk.javaapi.CollectionConverters.asJava(
                                task.metrics().nonZeroInternalAccums()));
        Broadcast<byte[]> binary = field(task, "taskBinary");
        Tuple2<StageRdd, ?> program = SparkCalls.deserialised(binary.value());
        LARGEST_BINARY.accumulateAndGet(binary.value().length, Math::max);
        boolean maps = task instanceof ShuffleMapTask;
        TaskResults results = field(program._1(), "results");
        int partitions =
                maps
                        ? ((ShuffleDependency<?, ?, ?>) program._2()).partitioner().numPartitions()
                        : 0;
        Random random = new Random(task.partitionId());
        long[] rows = random.longs(partitions, 0, MOST_ROWS).toArray();
        long[] bytes = new long[partitions];
        for (int p = 0; p < partitions; p++) {
            bytes[p] = rows[p] * BYTES_PER_ROW;
        }
        results.add(result(task.partitionId(), maps ? PartitionSizes.of(rows, bytes) : null));
        updates.add(results);
        Object value =
                maps
                        ? MapStatus$.MODULE$.apply(place, bytes, description.taskId(), 1)
                        : new Tuple2[] {new Tuple2<>(0, row(task.partitionId()))};
        ByteBuffer encoded =
                ByteBuffer.wrap(
                        SparkCalls.serialised(
                                new DirectTaskResult<>(
                                        ByteBuffer.wrap(SparkCalls.serialised(value)),
                                        SparkCalls.seq(updates),
                                        new long[METRIC_PEAKS])));
        RESULTS.addAndGet(encoded.remaining());
        return new CoarseGrainedClusterMessages.StatusUpdate(
                place.executorId(),
                description.taskId(),
                TaskState.FINISHED(),
                new SerializableBuffer(encoded),
                description.cpus(),
                Map$.MODULE$.empty());
    }

    private static TaskResult result(int task, PartitionSizes sizes) {
        List<Backend.HotKey> hotKeys = new ArrayList<>();
        for (long key = 0; sizes != null && key < HOT_KEYS; key++) {
            hotKeys.add(new Backend.HotKey(List.of(key), (int) key, 1000));
        }
        Backend.TaskReport report =
                new Backend.TaskReport(0, task, 1000, 1000, 1000, 0, 1000, List.of(), List.of());
        return new TaskResult(task, report, sizes, hotKeys, null, null, null);
    }

    private static byte[] row(int task) {
        Type type = Type.BIGINT;
        LongColumn column = new LongColumn(type, new long[] {task}, 1, null);
        return Block.write(task, 0, new Batch(1, column, column), null);
    }

    /** What Spark keeps to itself: its tests can see it, ours cannot. */
    @SuppressWarnings("unchecked")
    private static <T> T field(Object of, String name) {
        try {
            Field field = of.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return (T) field.get(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
