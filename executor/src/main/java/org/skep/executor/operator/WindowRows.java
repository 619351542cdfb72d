package org.skep.executor.operator;

import java.util.Arrays;
import java.util.List;
import org.skep.executor.kernel.Runs;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.plan.WindowCall;

/**
 * Rows of some partitions in a row, and where these and their groups of peers begin. Places are
 * among these rows; numbers count from the beginning of a partition, which for the first one may
 * lie before them.
 *
 * @param partitionKeys the columns that are equal within a partition
 * @param orderKeys the columns that are equal among peers
 * @param partitions first rows of partitions, then the number of rows
 * @param peers first rows of groups of peers, then the number of rows
 * @param partitionOf the partition of each row
 * @param peerOf the group of peers of each row
 * @param past what there was of the first partition before its first row here
 * @param totals of the only partition, when it may go on after these rows; else null
 */
record WindowRows(
        Batch rows,
        List<SortKey> order,
        Column[] partitionKeys,
        Column[] orderKeys,
        int[] partitions,
        int[] peers,
        int[] partitionOf,
        int[] peerOf,
        WindowPast past,
        WindowTotals totals) {
    /**
     * @param before of the rows before, maybe of other partitions
     */
    static WindowRows of(
            Batch rows, PlanNode.Window window, WindowPast before, WindowTotals totals) {
        int count = rows.rows();
        List<SortKey> order = window.order();
        Column[] keys = new Column[window.partitionKeys().size()];
        Arrays.setAll(keys, i -> rows.column(window.partitionKeys().get(i)));
        Column[] ordered = new Column[order.size()];
        Arrays.setAll(ordered, i -> rows.column(order.get(i).column()));
        Column[] all = Arrays.copyOf(keys, keys.length + ordered.length);
        System.arraycopy(ordered, 0, all, keys.length, ordered.length);
        int[] partitions = withEnd(Runs.starts(keys, count), count);
        int[] peers = order.isEmpty() ? partitions : withEnd(Runs.starts(all, count), count);
        int[] partitionOf = owners(partitions, count);
        int[] peerOf = order.isEmpty() ? partitionOf : owners(peers, count);
        WindowPast past = before.before(keys, ordered);
        return new WindowRows(
                rows, order, keys, ordered, partitions, peers, partitionOf, peerOf, past, totals);
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

    /** How many rows of its partition come before a row. */
    long rowsBefore(int row) {
        return row - partitionStart(row) + (partitionOf[row] == 0 ? past.rows() : 0);
    }

    /** How many rows of its partition come before a row and all its peers. */
    long rowsBeforePeers(int row) {
        return rowsBefore(peerStart(row)) - (peerOf[row] == 0 ? past.peers() : 0);
    }

    /** How many groups of peers of its partition come before a row's own. */
    long groupsBefore(int row) {
        int here = peerOf[row] - peerOf[partitionStart(row)];
        return here + (partitionOf[row] == 0 ? past.groups() : 0);
    }

    /** How many rows a row's partition has. */
    long partitionRows(int row) {
        return totals != null ? totals.rows() : partitionEnd(row) - partitionStart(row);
    }

    /** What is known for a function whose frames begin before these rows; null if none do. */
    Column[] before(WindowCall call) {
        return past.states().get(call);
    }

    /** Whether a row's partition began before these rows. */
    boolean isContinued(int row) {
        return partitionOf[row] == 0 && past.rows() > 0;
    }
}
