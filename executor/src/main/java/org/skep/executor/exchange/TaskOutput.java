package org.skep.executor.exchange;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.task.Reservation;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend.HotKey;
import org.skep.model.type.Type;

/**
 * What one attempt at a task put out, by partition: in memory while the budget allows, on disk
 * then.
 */
final class TaskOutput implements ChunkOutput {
    /** A batch in memory or on disk. */
    interface Chunk {
        Batch batch();

        int rows();

        /** The key that every row has, as {@code Column.value} gives it; null when they differ. */
        List<Object> key();

        /** Decoded bytes, those shared with earlier chunks left out. */
        long size();
    }

    private record Kept(Batch batch, int rows, List<Object> key, long size) implements Chunk {}

    private record Spilled(
            SpillFile file, SpillFile.Block block, int rows, List<Object> key, long size)
            implements Chunk {
        @Override
        public Batch batch() {
            return file.read(block);
        }
    }

    private final ShuffleStore store;
    private final SpillFolder folder;
    private final Reservation memory;
    private final List<Type> types;
    private final TaskContext task;
    private final List<List<Chunk>> chunks = new ArrayList<>();
    private final long[] rows;
    private final long[] bytes;
    private SpillFile file;
    private boolean committed;
    private List<HotKey> hotKeys = List.of();

    TaskOutput(
            ShuffleStore store,
            SpillFolder folder,
            Reservation memory,
            List<Type> types,
            int partitions,
            TaskContext task) {
        this.store = store;
        this.folder = folder;
        this.memory = memory;
        this.types = types;
        this.task = task;
        rows = new long[partitions];
        bytes = new long[partitions];
        for (int i = 0; i < partitions; i++) {
            chunks.add(new ArrayList<>(2));
        }
    }

    @Override
    public void add(int partition, Batch batch, List<Object> key, long size) {
        rows[partition] += batch.rows();
        bytes[partition] += size;
        boolean spills = task.settings().spill() == Settings.Spill.ALWAYS;
        if (!spills && memory.tryResize(memory.held() + size)) {
            chunks.get(partition).add(new Kept(batch, batch.rows(), key, size));
            return;
        }
        if (file == null) {
            file = folder.create(types);
        }
        long before = file.bytes();
        chunks.get(partition).add(new Spilled(file, file.append(batch), batch.rows(), key, size));
        task.countSpilled(file.bytes() - before);
    }

    @Override
    public boolean commit(List<HotKey> keys) {
        hotKeys = keys;
        committed = store.commit(task.stage(), task.task(), this);
        return committed;
    }

    List<HotKey> hotKeys() {
        return hotKeys;
    }

    int partitions() {
        return chunks.size();
    }

    List<Chunk> chunks(int partition) {
        return chunks.get(partition);
    }

    void writeTo(ChunkOutput other) {
        for (int partition = 0; partition < chunks.size(); partition++) {
            for (Chunk chunk : chunks.get(partition)) {
                other.add(partition, chunk.batch(), chunk.key(), chunk.size());
            }
        }
    }

    long rows(int partition) {
        return rows[partition];
    }

    long bytes(int partition) {
        return bytes[partition];
    }

    @Override
    public void close() {
        if (!committed) {
            forget();
        }
    }

    /** Gives memory and file back. */
    void forget() {
        memory.close();
        if (file != null) {
            file.close();
        }
    }
}
