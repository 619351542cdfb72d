package org.skep.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import org.apache.spark.MapOutputStatistics;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.ShuffleStatus;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.MapStatus;
import org.apache.spark.scheduler.ShuffleMapStage;
import org.apache.spark.shuffle.ShuffleHandle;
import org.apache.spark.shuffle.ShuffleReader;
import org.apache.spark.shuffle.ShuffleWriteProcessor;
import org.apache.spark.shuffle.checksum.RowBasedChecksum;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** What is called of Spark that is not part of its public interface: all of it is here. */
final class SparkCalls {
    private SparkCalls() {}

    @SuppressWarnings("unchecked")
    static <T> ClassTag<T> tag(Class<?> of) {
        return (ClassTag<T>) ClassTag$.MODULE$.apply(of);
    }

    static <T> Seq<T> seq(java.util.List<T> of) {
        return CollectionConverters.asScala(of).toSeq();
    }

    /**
     * An RDD's elements by their key, which is the partition. When a task that runs again writes
     * other bytes than before, whatever has read the former ones, in this job or in former ones of
     * the query, runs again whole.
     */
    static ShuffleDependency<Integer, byte[], byte[]> shuffle(
            RDD<Tuple2<Integer, byte[]>> of, int partitions) {
        RowBasedChecksum[] checksums = new RowBasedChecksum[partitions];
        Arrays.fill(checksums, new BlockChecksum()); // Spark combines them; one will do
        return new ShuffleDependency<>(
                of,
                new KeyIsPartition(partitions),
                new BlockSerializer(),
                Option.empty(),
                Option.empty(),
                false,
                new ShuffleWriteProcessor(),
                checksums,
                true,
                true,
                tag(Integer.class),
                tag(byte[].class),
                tag(byte[].class));
    }

    static SimpleFutureAction<MapOutputStatistics> submit(
            SparkContext context, ShuffleDependency<Integer, byte[], byte[]> stage) {
        return context.submitMapStage(stage);
    }

    /** The blocks of some maps and partitions, in any order. */
    static java.util.Iterator<? extends scala.Product2<Integer, byte[]>> read(
            ShuffleHandle handle, int fromMap, int toMap, int from, int to, TaskContext task) {
        ShuffleReader<Integer, byte[]> reader =
                SparkEnv.get()
                        .shuffleManager()
                        .getReader(
                                handle,
                                fromMap,
                                toMap,
                                from,
                                to,
                                task,
                                task.taskMetrics().createTempShuffleReadMetrics());
        return CollectionConverters.asJava(reader.read());
    }

    /** Another number whenever this process has heard that outputs were lost or made again. */
    static long outputsEpoch() {
        return SparkEnv.get().mapOutputTracker().epoch();
    }

    /** Encoded bytes of some partitions by map, about. */
    static long[] sizes(ShuffleHandle handle, int maps, int from, int to) {
        long[] sizes = new long[maps];
        CollectionConverters.asJava(
                        SparkEnv.get()
                                .mapOutputTracker()
                                .getMapSizesByExecutorId(handle.shuffleId(), 0, maps, from, to))
                .forEachRemaining(
                        at ->
                                CollectionConverters.asJava(at._2())
                                        .forEach(
                                                block ->
                                                        sizes[(Integer) block._3()] +=
                                                                (Long) block._2()));
        return sizes;
    }

    /** An object as Spark sends tasks. */
    static byte[] serialised(Object value) {
        ByteBuffer bytes =
                SparkEnv.get()
                        .closureSerializer()
                        .newInstance()
                        .serialize(value, tag(Object.class));
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        return all;
    }

    @SuppressWarnings("unchecked") // whoever reads knows what was written
    static <T> T deserialised(byte[] bytes) {
        return (T)
                SparkEnv.get()
                        .closureSerializer()
                        .newInstance()
                        .deserialize(
                                ByteBuffer.wrap(bytes),
                                Thread.currentThread().getContextClassLoader(),
                                tag(Object.class));
    }

    /** The executors, as Spark names the places of tasks. */
    static java.util.List<String> executors(SparkContext context) {
        java.util.List<String> executors = new ArrayList<>();
        CollectionConverters.asJava(context.env().blockManager().master().getMemoryStatus())
                .keySet()
                .stream()
                .filter(manager -> !manager.isDriver())
                .forEach(
                        manager ->
                                executors.add(
                                        "executor_%s_%s"
                                                .formatted(manager.host(), manager.executorId())));
        return executors;
    }

    /** Deletes a shuffle's files soon. */
    static void forget(SparkContext context, int shuffle) {
        if (context.cleaner().isDefined()) {
            context.cleaner().get().doCleanupShuffle(shuffle, false);
        }
    }

    /**
     * Says which query the jobs that this thread starts belong to.
     *
     * @param query a number that no other query of the context has; null for none
     */
    static void inQuery(SparkContext context, Long query) {
        context.setLocalProperty(
                SparkContext$.MODULE$.SQL_EXECUTION_ID_KEY(),
                query == null ? null : query.toString());
    }

    /** Forgets which jobs a query had. */
    static void forgetJobs(SparkContext context, long query) {
        context.dagScheduler().cleanupQueryJobs(query);
    }

    /**
     * Of all that the maps of a shuffle have written, lost outputs too, as they were heard of last.
     */
    static long checksum(SparkContext context, int shuffle) {
        ShuffleStatus status =
                ((MapOutputTrackerMaster) context.env().mapOutputTracker())
                        .shuffleStatuses()
                        .apply(shuffle);
        long sum = 0;
        for (int map = 0; map < status.mapStatuses().length; map++) {
            MapStatus there = status.mapStatuses()[map];
            MapStatus known = there == null ? status.mapStatusesDeleted()[map] : there;
            sum = 31 * sum + (known == null ? 0 : known.checksumValue());
        }
        return sum;
    }

    /**
     * Makes Spark compare what a map has written with what it wrote before, as it does by itself
     * but in the first attempt of a stage, which Spark 4.2 takes for the first ever. In a later job
     * of the query it is not. To be called by Spark's scheduler, before it takes the map's output
     * in.
     */
    static void compareWithFormer(SparkContext context, int shuffle) {
        Option<ShuffleMapStage> stage = context.dagScheduler().shuffleIdToMapStage().get(shuffle);
        if (stage.isDefined() && stage.get().maxChecksumMismatchedId() == 0) {
            boolean first = stage.get().latestInfo().attemptNumber() == 0;
            if (first && !stage.get().isChecksumMismatched()) {
                stage.get().maxChecksumMismatchedId_$eq(-1);
            }
        }
    }

    /**
     * Whether a job has ended because a map that ran again wrote other rows than before, when tasks
     * of the result had already read those.
     *
     * @param said the job's message: Spark has no code for it
     */
    static boolean isTooLateToRollBack(String said) {
        return said.contains("cannot rollback") || said.contains("indeterminate results");
    }

    /** All jobs of a group end, also those that it is going to have. */
    static void cancel(SparkContext context, String group) {
        if (!context.isStopped()) { // else they have ended
            context.cancelJobGroupAndFutureJobs(group);
        }
    }

    /** A key is the number of its partition. */
    private static final class KeyIsPartition extends org.apache.spark.Partitioner {
        private static final long serialVersionUID = 1L;

        private final int partitions;

        KeyIsPartition(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object key) {
            return (Integer) key;
        }
    }

    /** A task's number, as Spark wants it. */
    record Numbered(int index) implements org.apache.spark.Partition {
        static org.apache.spark.Partition[] upTo(int count) {
            org.apache.spark.Partition[] all = new org.apache.spark.Partition[count];
            Arrays.setAll(all, Numbered::new);
            return all;
        }

        @Override
        public int hashCode() {
            return index;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Numbered that && that.index == index;
        }

        /** What Scala's compiler asks of whoever implements the trait. */
        public boolean org$apache$spark$Partition$$super$equals(Object other) {
            return equals(other);
        }
    }
}
