package org.skep.executor.kernel;

/** Shares rows out by their hashes. */
public final class Partitioner {
    private final int partitions;
    private final int purpose;
    private final int[] ends;
    private int[] positions = new int[0];
    private int[] targets = new int[0];

    /**
     * @param purpose rows shared out for different purposes (0 for an exchange, 1 and up for the
     *     levels of spilling) are shared out independently
     */
    public Partitioner(int partitions, int purpose) {
        this.partitions = partitions;
        this.purpose = purpose;
        this.ends = new int[partitions];
    }

    public int partitions() {
        return partitions;
    }

    /** The partition of rows with this hash. */
    public int of(long hash) {
        return (int) ((Hashes.reseed(hash, purpose) >>> 32) * partitions >>> 32);
    }

    /** Sorts row numbers by partition, ascending within each. */
    public void split(long[] hashes, int rows) {
        if (positions.length < rows) {
            positions = new int[rows];
            targets = new int[rows];
        }
        int[] counts = new int[partitions];
        for (int i = 0; i < rows; i++) {
            int target = of(hashes[i]);
            targets[i] = target;
            counts[target]++;
        }
        int start = 0;
        for (int p = 0; p < partitions; p++) {
            ends[p] = start;
            start += counts[p];
        }
        for (int i = 0; i < rows; i++) {
            positions[ends[targets[i]]++] = i;
        }
    }

    /** The rows of all partitions, valid until the next split. */
    public int[] positions() {
        return positions;
    }

    /** Where a partition's rows begin among the positions. */
    public int start(int partition) {
        return partition == 0 ? 0 : ends[partition - 1];
    }

    public int count(int partition) {
        return ends[partition] - start(partition);
    }
}
