package org.skep.executor.exchange;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.kernel.BatchAppender;
import org.skep.executor.kernel.Hasher;
import org.skep.executor.kernel.Partitioner;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.type.Type;

/** Rows on disk, shared out by the hash of their keys, to be worked through part by part. */
public final class PartitionedSpill {
    /** Parts of one spill. */
    public static final int PARTS = 16;

    private static final int BLOCK_ROWS = 1024;

    private final TaskContext task;
    private final SpillFile file;
    private final int[] keys;
    private final Hasher hasher;
    private final Partitioner partitioner;
    private final BatchAppender[] pending = new BatchAppender[PARTS];
    private final List<List<SpillFile.Block>> blocks = new ArrayList<>();
    private long[] hashes = new long[0];

    /**
     * @param level how often these rows were spilled before: each level shares them out differently
     */
    public PartitionedSpill(
            SpillFolder folder, TaskContext task, List<Type> types, int[] keys, int level) {
        this.task = task;
        this.file = task.own(folder.create(types));
        this.keys = keys;
        this.hasher = new Hasher(keys.length);
        this.partitioner = new Partitioner(PARTS, level + 1);
        for (int i = 0; i < PARTS; i++) {
            pending[i] = new BatchAppender(types, BLOCK_ROWS);
            blocks.add(new ArrayList<>());
        }
    }

    public void write(Batch batch) {
        task.stopIfCancelled();
        if (hashes.length < batch.rows()) {
            hashes = new long[batch.rows()];
        }
        Column[] columns = new Column[keys.length];
        for (int i = 0; i < keys.length; i++) {
            columns[i] = batch.column(keys[i]);
        }
        hasher.hash(columns, batch.rows(), hashes);
        partitioner.split(hashes, batch.rows());
        for (int part = 0; part < PARTS; part++) {
            int count = partitioner.count(part);
            if (count > 0) {
                BatchAppender rows = pending[part];
                rows.append(batch, partitioner.positions(), partitioner.start(part), count);
                if (rows.rows() >= BLOCK_ROWS) {
                    flush(part);
                }
            }
        }
    }

    private void flush(int part) {
        if (pending[part].rows() > 0) {
            long before = file.bytes();
            blocks.get(part).add(file.append(pending[part].take()));
            task.countSpilled(file.bytes() - before);
        }
    }

    /** Ends writing. */
    public void finish() {
        for (int part = 0; part < PARTS; part++) {
            flush(part);
        }
    }

    public BatchSource part(int part) {
        return file.source(blocks.get(part));
    }

    public boolean isEmpty(int part) {
        return blocks.get(part).isEmpty();
    }
}
