package org.skep.executor.exchange;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.skep.executor.kernel.BatchAppender;
import org.skep.executor.kernel.Copying;
import org.skep.executor.kernel.Hasher;
import org.skep.executor.kernel.Partitioner;
import org.skep.executor.task.Reservation;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.plan.Partitioning;
import org.skep.model.settings.Settings;
import org.skep.model.type.Type;

/** Shares the rows of one attempt at a task out to partitions. Nothing counts before the commit. */
public final class ShuffleWriter implements AutoCloseable {
    /** Of so many rows the key of one is counted: cheap, and enough to find what is hot. */
    private static final int COUNTED = 16;

    private final ShuffleStore store;
    private final SpillFolder folder;
    private final Reservation memory;
    private final List<Type> types;
    private final TaskContext task;
    private final int[] keys;
    private final Hasher hasher;
    private final Partitioner partitioner;
    private final BatchAppender[] pending;
    private final Set<Column> dictionaries = Collections.newSetFromMap(new IdentityHashMap<>());
    private final TaskOutput output;
    private final int batchRows;
    private final KeyCounts keyCounts; // null when nobody asks

    /** The partition of all rows, -1 when it is by row. */
    private final int whole;

    private long[] hashes = new long[0];
    private SpillFile file;
    private boolean committed;

    ShuffleWriter(
            ShuffleStore store,
            SpillFolder folder,
            Reservation memory,
            List<Type> types,
            Partitioning partitioning,
            TaskContext task) {
        this.store = store;
        this.folder = folder;
        this.memory = memory;
        this.types = types;
        this.task = task;
        this.batchRows = task.settings().batchRows();
        this.keys =
                partitioning instanceof Partitioning.Hash hash
                        ? hash.keys().stream().mapToInt(Integer::intValue).toArray()
                        : new int[0];
        this.hasher = new Hasher(keys.length);
        int partitions = partitioning.count();
        boolean oneForAll = partitions == 1 || partitioning instanceof Partitioning.Spread;
        this.whole = oneForAll ? task.task() % partitions : -1;
        this.partitioner = new Partitioner(partitions, 0);
        this.keyCounts = whole >= 0 ? null : keyCounts(task.settings());
        this.output = new TaskOutput(memory, partitions);
        this.pending = new BatchAppender[partitions];
        int capacity = Math.max(16, partitions > 16 ? batchRows / 8 : batchRows);
        for (int i = 0; i < partitions; i++) {
            pending[i] = new BatchAppender(types, capacity);
        }
    }

    private static KeyCounts keyCounts(Settings settings) {
        return switch (settings.skew()) {
            case AUTO -> new KeyCounts(COUNTED);
            case ALWAYS -> new KeyCounts(1);
            case NEVER -> null;
        };
    }

    /** Takes rows in; says nothing of them to anyone else before {@link #commit}. */
    public void write(Batch batch) {
        if (whole >= 0) {
            writeWhole(batch);
            return;
        }
        int rows = batch.rows();
        if (hashes.length < rows) {
            hashes = new long[rows];
        }
        Column[] columns = new Column[keys.length];
        for (int i = 0; i < keys.length; i++) {
            columns[i] = batch.column(keys[i]);
        }
        hasher.hash(columns, rows, hashes);
        if (keyCounts != null) {
            keyCounts.add(hashes, rows, columns);
        }
        partitioner.split(hashes, rows);
        for (int p = 0; p < pending.length; p++) {
            int count = partitioner.count(p);
            if (count == 0) {
                continue;
            }
            BatchAppender appender = pending[p];
            if (appender.rows() >= batchRows / 4 && appender.clashes(batch)) {
                flush(p);
            }
            int partition = p;
            appender.append(
                    batch,
                    partitioner.positions(),
                    partitioner.start(p),
                    count,
                    batchRows,
                    full -> keep(partition, full));
        }
    }

    /** Large batches are kept as they are, small ones are put together. */
    private void writeWhole(Batch batch) {
        BatchAppender appender = pending[whole];
        boolean large = 4 * batch.rows() >= batchRows;
        if (large || appender.rows() >= batchRows / 2 || appender.clashes(batch)) {
            flush(whole);
        }
        if (large) {
            keep(whole, Copying.forKeeping(batch));
        } else {
            appender.appendRange(batch, 0, batch.rows());
        }
    }

    private void flush(int partition) {
        if (pending[partition].rows() > 0) {
            keep(partition, pending[partition].take());
        }
    }

    private void keep(int partition, Batch batch) {
        long size = Copying.ownBytes(batch);
        for (Column column : batch.columns()) {
            if (column instanceof DictionaryColumn dictionary
                    && dictionaries.add(dictionary.dictionary())) {
                size += dictionary.dictionary().bytes();
            }
        }
        boolean spills = task.settings().spill() == Settings.Spill.ALWAYS;
        if (!spills && memory.tryResize(memory.held() + size)) {
            output.add(partition, batch, size);
        } else {
            if (file == null) {
                file = folder.create(types);
            }
            long before = file.bytes();
            output.spill(partition, batch, size, file);
            task.countSpilled(file.bytes() - before);
        }
    }

    /** Hands the output over; says whether this attempt was the first of its task to do so. */
    public boolean commit() {
        for (int p = 0; p < pending.length; p++) {
            flush(p);
        }
        if (keyCounts != null) {
            output.tellHotKeys(keyCounts.hotKeys(partitioner));
        }
        committed = store.commit(task.stage(), task.task(), output);
        return committed;
    }

    /** Throws the output away unless it was handed over. */
    @Override
    public void close() {
        if (!committed) {
            output.close();
            if (file != null) {
                file.close();
            }
        }
    }
}
