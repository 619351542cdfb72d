package org.skep.executor.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skep.executor.task.MemoryPool;
import org.skep.executor.task.Reservation;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.plan.Partitioning;
import org.skep.model.spi.Backend.HotKey;
import org.skep.model.type.Type;

/**
 * What the stages of one query put out, by partition, until nobody will read it. Batches stay in
 * memory as long as half of the budget allows (the rest is for the operators that read them) and go
 * to disk then.
 */
public final class ShuffleStore implements StageOutputs, AutoCloseable {
    private final SpillFolder folder;
    private final MemoryPool memory;
    private final Map<Integer, TaskOutput[]> outputs = new HashMap<>();

    public ShuffleStore(SpillFolder folder, MemoryPool memory) {
        this.folder = folder;
        this.memory = memory.part(memory.limit() / 2);
    }

    /** Makes room for a stage's output, forgetting one of an earlier run. */
    public synchronized void begin(int stage, int tasks) {
        closeAll(outputs.put(stage, new TaskOutput[tasks]));
    }

    /** A writer for one attempt at a task; belongs to the task. */
    public ShuffleWriter writer(List<Type> types, Partitioning partitioning, TaskContext task) {
        return task.own(
                new ShuffleWriter(output(types, partitioning, task), types, partitioning, task));
    }

    /** Room for what one attempt at a task puts out, shared out already. */
    public ChunkOutput output(List<Type> types, Partitioning partitioning, TaskContext task) {
        return new TaskOutput(
                this, folder, Reservation.of(memory), types, partitioning.count(), task);
    }

    /** Copies what a stage put out. */
    public void writeTo(ChunkOutput other, int stage) {
        for (TaskOutput output : tasks(stage)) {
            output.writeTo(other);
        }
    }

    /** Takes the output of an attempt; the first one of a task wins. */
    synchronized boolean commit(int stage, int task, TaskOutput output) {
        TaskOutput[] tasks = outputs.get(stage);
        if (tasks == null || tasks[task] != null) {
            return false;
        }
        tasks[task] = output;
        return true;
    }

    @Override
    public BatchSource read(int stage, int from, int to, List<List<Object>> unwanted) {
        Set<List<Object>> left = new HashSet<>(unwanted);
        List<TaskOutput.Chunk> chunks = new ArrayList<>();
        for (TaskOutput output : tasks(stage)) {
            for (int partition = from; partition < to; partition++) {
                for (TaskOutput.Chunk chunk : output.chunks(partition)) {
                    if (chunk.key() == null || !left.contains(chunk.key())) {
                        chunks.add(chunk);
                    }
                }
            }
        }
        return source(chunks);
    }

    @Override
    public BatchSource readWhole(int stage, List<Integer> partitions) {
        return source(chunks(stage, partitions));
    }

    @Override
    public BatchSource readSlice(int stage, List<Integer> partitions, int slice, int slices) {
        List<TaskOutput.Chunk> chunks = chunks(stage, partitions);
        long total = chunks.stream().mapToLong(TaskOutput.Chunk::rows).sum();
        List<TaskOutput.Chunk> mine = new ArrayList<>();
        long passed = 0;
        for (TaskOutput.Chunk chunk : chunks) {
            long middle = passed + chunk.rows() / 2;
            passed += chunk.rows();
            if (middle * slices / Math.max(1, total) == slice) {
                mine.add(chunk);
            }
        }
        return source(mine);
    }

    private List<TaskOutput.Chunk> chunks(int stage, List<Integer> partitions) {
        List<TaskOutput.Chunk> chunks = new ArrayList<>();
        for (TaskOutput output : tasks(stage)) {
            for (int partition = 0; partition < output.partitions(); partition++) {
                if (partitions == null || partitions.contains(partition)) {
                    chunks.addAll(output.chunks(partition));
                }
            }
        }
        return chunks;
    }

    /** The frequent keys of all tasks together, most frequent first. */
    public List<HotKey> hotKeys(int stage) {
        HotKeys all = new HotKeys();
        for (TaskOutput output : tasks(stage)) {
            all.add(output.hotKeys());
        }
        return all.sorted();
    }

    private static BatchSource source(List<TaskOutput.Chunk> chunks) {
        return new BatchSource() {
            private int at;

            @Override
            public Batch next() {
                return at < chunks.size() ? chunks.get(at++).batch() : null;
            }
        };
    }

    private synchronized TaskOutput[] tasks(int stage) {
        TaskOutput[] tasks = outputs.get(stage);
        if (tasks == null) {
            throw new IllegalArgumentException("stage " + stage + " has not run");
        }
        return tasks;
    }

    /** Rows by partition. */
    public long[] rows(int stage, int partitions) {
        long[] rows = new long[partitions];
        for (TaskOutput output : tasks(stage)) {
            for (int p = 0; p < partitions; p++) {
                rows[p] += output.rows(p);
            }
        }
        return rows;
    }

    /** Decoded bytes by partition. */
    public long[] bytes(int stage, int partitions) {
        long[] bytes = new long[partitions];
        for (TaskOutput output : tasks(stage)) {
            for (int p = 0; p < partitions; p++) {
                bytes[p] += output.bytes(p);
            }
        }
        return bytes;
    }

    /** Gives back what a stage put out. */
    public synchronized void forget(int stage) {
        closeAll(outputs.remove(stage));
    }

    private static void closeAll(TaskOutput[] tasks) {
        for (int i = 0; tasks != null && i < tasks.length; i++) {
            if (tasks[i] != null) {
                tasks[i].forget();
            }
        }
    }

    /** Forgets everything; files go with their folder. */
    @Override
    public synchronized void close() {
        outputs.values().forEach(ShuffleStore::closeAll);
        outputs.clear();
    }
}
