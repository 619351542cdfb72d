package org.skep.executor.operator;

import java.util.Arrays;
import java.util.List;
import org.skep.executor.kernel.Runs;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.SortKey;

/**
 * Whole partitions in a row, and where they and their groups of peers begin.
 *
 * @param partitions first rows of partitions, then the number of rows
 * @param peers first rows of groups of peers, then the number of rows
 * @param peerOf the group of peers of each row
 * @param partitionOf the partition of each row
 */
record WindowRows(
        Batch rows,
        List<SortKey> order,
        int[] partitions,
        int[] peers,
        int[] partitionOf,
        int[] peerOf) {
    static WindowRows of(Batch rows, List<Integer> partitionKeys, List<SortKey> order) {
        int count = rows.rows();
        Column[] keys = new Column[partitionKeys.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = rows.column(partitionKeys.get(i));
        }
        Column[] all = new Column[keys.length + order.size()];
        System.arraycopy(keys, 0, all, 0, keys.length);
        for (int i = 0; i < order.size(); i++) {
            all[keys.length + i] = rows.column(order.get(i).column());
        }
        int[] partitions = withEnd(Runs.starts(keys, count), count);
        int[] peers = order.isEmpty() ? partitions : withEnd(Runs.starts(all, count), count);
        int[] partitionOf = owners(partitions, count);
        int[] peerOf = order.isEmpty() ? partitionOf : owners(peers, count);
        return new WindowRows(rows, order, partitions, peers, partitionOf, peerOf);
    }

    private static int[] withEnd(int[] starts, int end) {
        int[] out = Arrays.copyOf(starts, starts.length + 1);
        out[starts.length] = end;
        return out;
    }

    private static int[] owners(int[] starts, int rows) {
        int[] owners = new int[rows];
        for (int owner = 0; owner + 1 < starts.length; owner++) {
            Arrays.fill(owners, starts[owner], starts[owner + 1], owner);
        }
        return owners;
    }

    int count() {
        return rows.rows();
    }

    int partitionStart(int row) {
        return partitions[partitionOf[row]];
    }

    int partitionEnd(int row) {
        return partitions[partitionOf[row] + 1];
    }

    int peerStart(int row) {
        return peers[peerOf[row]];
    }

    int peerEnd(int row) {
        return peers[peerOf[row] + 1];
    }
}
