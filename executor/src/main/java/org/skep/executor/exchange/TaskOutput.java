package org.skep.executor.exchange;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.task.Reservation;
import org.skep.model.data.Batch;
import org.skep.model.spi.Backend.HotKey;

/** What one attempt at a task put out, by partition. */
final class TaskOutput implements AutoCloseable {
    /** A batch in memory or on disk. */
    interface Chunk {
        Batch batch();

        int rows();

        /** The key that every row has, as {@code Column.value} gives it; null when they differ. */
        List<Object> key();
    }

    private record Kept(Batch batch, int rows, List<Object> key) implements Chunk {}

    private record Spilled(SpillFile file, SpillFile.Block block, int rows, List<Object> key)
            implements Chunk {
        @Override
        public Batch batch() {
            return file.read(block);
        }
    }

    private final Reservation memory;
    private final List<List<Chunk>> chunks = new ArrayList<>();
    private final long[] rows;
    private final long[] bytes;
    private SpillFile file;
    private List<HotKey> hotKeys = List.of();

    TaskOutput(Reservation memory, int partitions) {
        this.memory = memory;
        rows = new long[partitions];
        bytes = new long[partitions];
        for (int i = 0; i < partitions; i++) {
            chunks.add(new ArrayList<>(2));
        }
    }

    /**
     * Takes in a batch.
     *
     * @param key that all its rows have; null when they differ
     */
    void add(int partition, Batch batch, List<Object> key, long size) {
        count(partition, batch, size);
        chunks.get(partition).add(new Kept(batch, batch.rows(), key));
    }

    void spill(int partition, Batch batch, List<Object> key, long size, SpillFile to) {
        count(partition, batch, size);
        file = to;
        chunks.get(partition).add(new Spilled(to, to.append(batch), batch.rows(), key));
    }

    /** Notes the frequent keys of the rows. */
    void tellHotKeys(List<HotKey> keys) {
        hotKeys = keys;
    }

    List<HotKey> hotKeys() {
        return hotKeys;
    }

    private void count(int partition, Batch batch, long size) {
        rows[partition] += batch.rows();
        bytes[partition] += size;
    }

    int partitions() {
        return chunks.size();
    }

    List<Chunk> chunks(int partition) {
        return chunks.get(partition);
    }

    long rows(int partition) {
        return rows[partition];
    }

    long bytes(int partition) {
        return bytes[partition];
    }

    @Override
    public void close() {
        memory.close();
        if (file != null) {
            file.close();
        }
    }
}
