package org.skep.executor.exchange;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.task.Reservation;
import org.skep.model.data.Batch;

/** What one attempt at a task put out, by partition. */
final class TaskOutput implements AutoCloseable {
    /** A batch in memory or on disk. */
    interface Chunk {
        Batch batch();
    }

    private final Reservation memory;
    private final List<List<Chunk>> chunks = new ArrayList<>();
    private final long[] rows;
    private final long[] bytes;
    private SpillFile file;

    TaskOutput(Reservation memory, int partitions) {
        this.memory = memory;
        rows = new long[partitions];
        bytes = new long[partitions];
        for (int i = 0; i < partitions; i++) {
            chunks.add(new ArrayList<>(2));
        }
    }

    void add(int partition, Batch batch, long size) {
        count(partition, batch, size);
        chunks.get(partition).add(() -> batch);
    }

    void spill(int partition, Batch batch, long size, SpillFile to) {
        count(partition, batch, size);
        file = to;
        SpillFile.Block block = to.append(batch);
        chunks.get(partition).add(() -> to.read(block));
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
