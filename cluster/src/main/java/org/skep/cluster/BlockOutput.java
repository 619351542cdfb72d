package org.skep.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.skep.executor.exchange.ChunkOutput;
import org.skep.model.data.Batch;
import org.skep.model.spi.Backend.HotKey;
import scala.Tuple2;

/**
 * A task's output as blocks, each with its partition; Spark takes them one by one. If they are few,
 * all of them are kept, too.
 */
final class BlockOutput implements ChunkOutput {
    private final int task;
    private final long[] rows;
    private final long[] bytes;
    private final Queue<Tuple2<Integer, byte[]>> blocks = new ArrayDeque<>();
    private final long keeps;
    private List<Tuple2<Integer, byte[]>> kept = new ArrayList<>(); // null: too many
    private long keptBytes;
    private int written;
    private List<HotKey> hotKeys = List.of();

    /**
     * @param keeps bytes of blocks that are kept, at most
     */
    BlockOutput(int task, int partitions, long keeps) {
        this.task = task;
        this.keeps = keeps;
        this.rows = new long[partitions];
        this.bytes = new long[partitions];
    }

    @Override
    public void add(int partition, Batch batch, List<Object> key, long size) {
        rows[partition] += batch.rows();
        bytes[partition] += size;
        byte[] encoded = Block.write(task, written++, batch, key);
        Tuple2<Integer, byte[]> block = new Tuple2<>(partition, encoded);
        blocks.add(block);
        keptBytes += encoded.length;
        if (keptBytes > keeps) {
            kept = null;
        } else {
            kept.add(block);
        }
    }

    @Override
    public boolean commit(List<HotKey> keys) {
        hotKeys = keys;
        return true; // Spark chooses between attempts
    }

    /** The next block that nobody has taken; null while there is none. */
    Tuple2<Integer, byte[]> poll() {
        return blocks.poll();
    }

    PartitionSizes sizes() {
        return PartitionSizes.of(rows, bytes);
    }

    /** All blocks, in the order in which they were written; null when they are too many. */
    List<Tuple2<Integer, byte[]>> kept() {
        return kept;
    }

    List<HotKey> hotKeys() {
        return hotKeys;
    }

    @Override
    public void close() {
        blocks.clear();
    }
}
