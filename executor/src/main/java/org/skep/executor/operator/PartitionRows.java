package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.exchange.SpillFile;
import org.skep.executor.kernel.BatchAppender;
import org.skep.executor.kernel.Copying;
import org.skep.executor.task.MemoryPool;
import org.skep.model.data.Batch;

/**
 * The rows of one partition on their way to its files. They are kept, in memory or spilled, until
 * there are enough for a row group: what is encoded in small pieces is slow to read for ever after.
 */
final class PartitionRows implements AutoCloseable {
    /** Enough for a row group, in rows and in bytes. */
    private static final int GROUP_ROWS = 122_880;

    private static final long GROUP_BYTES = 64L << 20;

    private final FileSeries files;
    private final BatchAppender fresh;
    private final MemoryPool memory;
    private final List<SpillFile.Block> spilled = new ArrayList<>();
    private final List<Batch> held = new ArrayList<>();
    private SpillFile spill;
    private long rows;
    private long bytes;
    private long heldBytes;

    PartitionRows(FileSeries files, BatchAppender fresh, MemoryPool memory) {
        this.files = files;
        this.fresh = fresh;
        this.memory = memory;
    }

    boolean hasOpenFile() {
        return files.isOpen();
    }

    /** Bytes that {@link #spill} would free. */
    long held() {
        return heldBytes;
    }

    /** Takes the rows at {@code positions[from]} and after, {@code count} of them. */
    void add(Batch batch, int[] positions, int from, int count, int batchRows) {
        fresh.append(batch, positions, from, count, batchRows, this::keep);
    }

    private void keep(Batch batch) {
        long size = Copying.ownBytes(batch);
        memory.reserve(size);
        held.add(batch);
        heldBytes += size;
        rows += batch.rows();
        bytes += size;
    }

    boolean isRowGroup() {
        return rows >= GROUP_ROWS || bytes >= GROUP_BYTES;
    }

    /**
     * Moves what is held to the disk.
     *
     * @param file of this task
     * @return bytes written
     */
    long spill(SpillFile file) {
        spill = file;
        long before = file.bytes();
        for (Batch batch : held) {
            spilled.add(file.append(batch));
        }
        forgetHeld();
        return file.bytes() - before;
    }

    /** Writes all rows so far to the file, in their order. */
    void write() {
        for (SpillFile.Block block : spilled) {
            files.write(spill.read(block));
        }
        List<Batch> batches = List.copyOf(held);
        forgetHeld(); // the writer counts them from now on
        batches.forEach(files::write);
        spilled.clear();
        rows = 0;
        bytes = 0;
    }

    private void forgetHeld() {
        held.clear();
        memory.release(heldBytes);
        heldBytes = 0;
    }

    /** Ends the file that is open; the partition may get another one. */
    void endFile() {
        files.finish();
    }

    /** Writes what is left. */
    void finish() {
        if (fresh.rows() > 0) {
            keep(fresh.take());
        }
        write();
        files.finish();
    }

    @Override
    public void close() {
        forgetHeld();
        files.close();
    }
}
