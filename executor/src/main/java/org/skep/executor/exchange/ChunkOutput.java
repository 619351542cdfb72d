package org.skep.executor.exchange;

import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.spi.Backend.HotKey;

/**
 * Where the rows of one attempt at a task go once they are shared out: memory, a disk, a network.
 */
public interface ChunkOutput extends AutoCloseable {
    /**
     * Takes in rows of one partition, behind those that it has.
     *
     * @param key that all rows have, as {@code Column.value} gives it; null when they differ
     * @param size decoded bytes, those shared with earlier chunks left out
     */
    void add(int partition, Batch batch, List<Object> key, long size);

    /**
     * All rows are there.
     *
     * @param hotKeys the frequent keys of the rows
     * @return whether this attempt was the first of its task to hand its output over
     */
    boolean commit(List<HotKey> hotKeys);

    /** Throws the output away unless it was handed over. */
    @Override
    void close();
}
