package org.skep.cluster;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.skep.executor.exchange.ChunkOutput;
import org.skep.model.data.Batch;
import org.skep.model.spi.Backend.HotKey;
import scala.Tuple2;

/** A task's output as blocks, each with its partition; Spark takes them one by one. */
final class BlockOutput implements ChunkOutput {
    private final int task;
    private final long[] rows;
    private final long[] bytes;
    private final Queue<Tuple2<Integer, byte[]>> blocks = new ArrayDeque<>();
    private int written;
    private List<HotKey> hotKeys = List.of();

    BlockOutput(int task, int partitions) {
        this.task = task;
        this.rows = new long[partitions];
        this.bytes = new long[partitions];
    }

    @Override
    public void add(int partition, Batch batch, List<Object> key, long size) {
        rows[partition] += batch.rows();
        bytes[partition] += size;
        blocks.add(new Tuple2<>(partition, Block.write(task, written++, batch, key)));
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

    long[] rows() {
        return rows;
    }

    long[] bytes() {
        return bytes;
    }

    List<HotKey> hotKeys() {
        return hotKeys;
    }

    @Override
    public void close() {
        blocks.clear();
    }
}
