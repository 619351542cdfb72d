package org.skep.planner.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All pairs of connected sets of relations that are connected with each other, each once: DPhyp of
 * Moerkotte and Neumann, "Dynamic Programming Strikes Back" (SIGMOD 2008). An edge may connect sets
 * of relations. Sets are bits of a long.
 */
final class JoinPairs {
    /** Says of two connected sets, between which there is an edge, whether they may be joined. */
    interface Judge {
        boolean mayJoin(long left, long right);
    }

    /** An edge between two sets of relations. */
    record Edge(long left, long right) {
        private boolean connects(long some, long others) {
            return (left & ~some) == 0 && (right & ~others) == 0
                    || (right & ~some) == 0 && (left & ~others) == 0;
        }
    }

    private final int relations;
    private final long[] neighbours;
    private final List<Edge> wide = new ArrayList<>();
    private final Judge judge;
    private final int most;
    private final Set<Long> connected = new HashSet<>();
    private long[] pairs = new long[64];
    private int count;

    private JoinPairs(int relations, List<Edge> edges, Judge judge, int most) {
        this.relations = relations;
        this.judge = judge;
        this.most = most;
        this.neighbours = new long[relations];
        for (Edge edge : edges) {
            if (Long.bitCount(edge.left) == 1 && Long.bitCount(edge.right) == 1) {
                neighbours[Long.numberOfTrailingZeros(edge.left)] |= edge.right;
                neighbours[Long.numberOfTrailingZeros(edge.right)] |= edge.left;
            } else if (!wide.contains(edge)) {
                wide.add(edge);
            }
        }
    }

    /**
     * The pairs one after another, two sets each, in an order in which every set's own pairs come
     * before those that it is a part of; null when there are more than {@code most}.
     */
    static long[] of(int relations, List<Edge> edges, Judge judge, int most) {
        JoinPairs pairs = new JoinPairs(relations, edges, judge, most);
        return pairs.enumerate() ? Arrays.copyOf(pairs.pairs, 2 * pairs.count) : null;
    }

    private boolean enumerate() {
        for (int i = 0; i < relations; i++) {
            connected.add(1L << i);
        }
        for (int i = relations - 1; i >= 0 && count <= most; i--) {
            long start = 1L << i;
            complete(start);
            extend(start, upTo(start));
        }
        return count <= most;
    }

    /** The relation of the lowest bit and all before it. */
    private static long upTo(long relation) {
        long lowest = Long.lowestOneBit(relation);
        return lowest | (lowest - 1);
    }

    /** Finds larger sets that contain {@code set}, and the sets to join them with. */
    private void extend(long set, long excluded) {
        long around = around(set, excluded);
        for (long some = next(0, around); some != 0 && count <= most; some = next(some, around)) {
            if (connected.contains(set | some)) {
                complete(set | some);
            }
        }
        for (long some = next(0, around); some != 0 && count <= most; some = next(some, around)) {
            extend(set | some, excluded | around);
        }
    }

    /** Finds the sets to join a set with. */
    private void complete(long set) {
        long excluded = set | upTo(set);
        long around = around(set, excluded);
        for (long left = around; left != 0; ) {
            long relation = Long.highestOneBit(left);
            left ^= relation;
            if (areConnected(set, relation)) {
                add(set, relation);
            }
            extendOther(set, relation, excluded | around & upTo(relation));
        }
    }

    private void extendOther(long set, long other, long excluded) {
        if (count > most) {
            return;
        }
        long around = around(other, excluded);
        for (long some = next(0, around); some != 0; some = next(some, around)) {
            if (connected.contains(other | some) && areConnected(set, other | some)) {
                add(set, other | some);
            }
        }
        for (long some = next(0, around); some != 0; some = next(some, around)) {
            extendOther(set, other | some, excluded | around);
        }
    }

    /** The subset of {@code of} that follows {@code subset}; 0 after the last. */
    private static long next(long subset, long of) {
        return (subset - of) & of;
    }

    private void add(long left, long right) {
        if (!judge.mayJoin(left, right)) {
            return;
        }
        connected.add(left | right);
        if (2 * count == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * pairs.length);
        }
        pairs[2 * count] = left;
        pairs[2 * count + 1] = right;
        count++;
    }

    private boolean areConnected(long some, long others) {
        for (long left = some; left != 0; left &= left - 1) {
            if ((neighbours[Long.numberOfTrailingZeros(left)] & others) != 0) {
                return true;
            }
        }
        for (Edge edge : wide) {
            if (edge.connects(some, others)) {
                return true;
            }
        }
        return false;
    }

    /** The relations that a set is connected with; of the far side of a wide edge, its first. */
    private long around(long set, long excluded) {
        long found = 0;
        for (long left = set; left != 0; left &= left - 1) {
            found |= neighbours[Long.numberOfTrailingZeros(left)];
        }
        long forbidden = set | excluded;
        found &= ~forbidden;
        for (Edge edge : wide) {
            found |= far(edge.left, edge.right, set, forbidden, found);
            found |= far(edge.right, edge.left, set, forbidden, found);
        }
        return found;
    }

    private static long far(long near, long far, long set, long forbidden, long found) {
        boolean reaches = (near & ~set) == 0 && (far & forbidden) == 0 && (far & found) == 0;
        return reaches ? Long.lowestOneBit(far) : 0;
    }
}
