package org.skep.executor.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.skep.executor.kernel.BatchAppender;
import org.skep.executor.kernel.Copying;
import org.skep.executor.kernel.Hasher;
import org.skep.executor.kernel.Partitioner;
import org.skep.executor.kernel.RowsOfKey;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.plan.Partitioning;
import org.skep.model.settings.Settings;
import org.skep.model.type.Type;

/**
 * Shares the rows of one attempt at a task out to partitions. Nothing counts before the commit. The
 * rows of a key that turns out frequent are put into chunks of their own from then on, which a
 * reader that does not want them need not open.
 */
public final class ShuffleWriter implements AutoCloseable {
    /** Of so many rows the key of one is counted: cheap, and enough to find what is hot. */
    private static final int COUNTED = 16;

    /** After so many batches without one of its rows a key is like others again. */
    private static final int LONGEST_WITHOUT = 32;

    /**
     * Rows on their way to a chunk.
     *
     * @param key that all of them have; null when they differ
     * @param capacity rows that there is room for at first
     */
    private record Pending(int partition, List<Object> key, BatchAppender rows, int capacity) {}

    private static final class FrequentKey {
        final RowsOfKey rows;
        final Pending pending;
        int batchesWithout;

        FrequentKey(RowsOfKey rows, Pending pending) {
            this.rows = rows;
            this.pending = pending;
        }
    }

    private final List<Type> types;
    private final int[] keys;
    private final Hasher hasher;
    private final Partitioner partitioner;
    private final Pending[] pending;
    private final List<FrequentKey> frequent = new ArrayList<>();
    private final Set<Column> dictionaries = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ChunkOutput output;
    private final int batchRows;
    private final KeyCounts keyCounts; // null when nobody asks

    /** The partition of all rows, -1 when it is by row. */
    private final int whole;

    private long[] hashes = new long[0];

    /**
     * @param output closed with the writer
     */
    public ShuffleWriter(
            ChunkOutput output, List<Type> types, Partitioning partitioning, TaskContext task) {
        this.output = output;
        this.types = types;
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
        this.pending = new Pending[partitions];
        int capacity = Math.max(16, partitions > 16 ? batchRows / 8 : batchRows);
        for (int i = 0; i < partitions; i++) {
            pending[i] = pending(i, null, capacity);
        }
    }

    private Pending pending(int partition, List<Object> key, int capacity) {
        return new Pending(partition, key, new BatchAppender(types, capacity), capacity);
    }

    private KeyCounts keyCounts(Settings settings) {
        int partitions = partitioner.partitions();
        return switch (settings.skew()) {
            case AUTO -> new KeyCounts(COUNTED, partitions, this::separate);
            case ALWAYS -> new KeyCounts(1, partitions, this::separate);
            case NEVER -> null;
        };
    }

    /** Puts the key's rows into chunks of their own, behind those that came before. */
    private void separate(long hash, List<Object> key) {
        int partition = partitioner.of(hash);
        flush(pending[partition]);
        List<Column> values = new ArrayList<>(keys.length);
        for (int i = 0; i < keys.length; i++) {
            values.add(Column.constant(types.get(keys[i]), key.get(i), 1));
        }
        Pending own = pending(partition, key, Math.max(16, batchRows));
        frequent.add(new FrequentKey(new RowsOfKey(hash, values), own));
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
        int[] others = new int[pending.length];
        for (int p = 0; p < pending.length; p++) {
            others[p] = partitioner.count(p);
        }
        writeFrequent(batch, columns, others);
        for (int p = 0; p < pending.length; p++) {
            append(pending[p], batch, partitioner.start(p), others[p]);
        }
    }

    /**
     * Writes the rows of frequent keys.
     *
     * @param others rows by partition, from which those are taken off
     */
    private void writeFrequent(Batch batch, Column[] columns, int[] others) {
        for (Iterator<FrequentKey> each = frequent.iterator(); each.hasNext(); ) {
            FrequentKey key = each.next();
            int p = key.pending.partition;
            int start = partitioner.start(p);
            int[] positions = partitioner.positions();
            int left = key.rows.moveBehind(hashes, columns, positions, start, others[p]);
            append(key.pending, batch, start + left, others[p] - left);
            key.batchesWithout = left < others[p] ? 0 : key.batchesWithout + 1;
            others[p] = left;
            if (key.batchesWithout == LONGEST_WITHOUT) { // rows come sorted by key, perhaps
                flush(key.pending);
                each.remove();
            }
        }
    }

    private void append(Pending to, Batch batch, int from, int count) {
        if (count == 0) {
            return;
        }
        if (to.rows.rows() >= batchRows / 4 && to.rows.clashes(batch)) {
            flush(to);
        }
        int[] positions = partitioner.positions();
        to.rows.append(batch, positions, from, count, batchRows, full -> keep(to, full));
    }

    /** Large batches are kept as they are, small ones are put together. */
    private void writeWhole(Batch batch) {
        Pending all = pending[whole];
        boolean large = 4 * batch.rows() >= batchRows;
        if (large || all.rows.rows() >= batchRows / 2 || all.rows.clashes(batch)) {
            flush(all);
        }
        if (large) {
            keep(all, Copying.forKeeping(batch));
        } else {
            all.rows.appendRange(batch, 0, batch.rows());
        }
    }

    private void flush(Pending from) {
        if (from.rows.rows() > 0) {
            keep(from, tight(from.rows.take(), from.capacity));
        }
    }

    /** The batch without the room that its appender had for more rows. */
    private Batch tight(Batch batch, int capacity) {
        if (4 * batch.rows() > capacity) {
            return batch;
        }
        BatchAppender copy = new BatchAppender(types, batch.rows());
        copy.appendRange(batch, 0, batch.rows());
        return copy.take();
    }

    private void keep(Pending from, Batch batch) {
        long size = Copying.ownBytes(batch);
        for (Column column : batch.columns()) {
            if (column instanceof DictionaryColumn dictionary
                    && dictionaries.add(dictionary.dictionary())) {
                size += dictionary.dictionary().bytes();
            }
        }
        output.add(from.partition, batch, from.key, size);
    }

    /** Hands the output over; says whether this attempt was the first of its task to do so. */
    public boolean commit() {
        for (Pending each : pending) {
            flush(each);
        }
        frequent.forEach(key -> flush(key.pending));
        return output.commit(keyCounts == null ? List.of() : keyCounts.hotKeys(partitioner));
    }

    /** Throws the output away unless it was handed over. */
    @Override
    public void close() {
        output.close();
    }
}
