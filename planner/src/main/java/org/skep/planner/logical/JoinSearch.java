package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.planner.estimate.Estimate;
import org.skep.planner.estimate.Estimator;

/**
 * Finds a cheap bushy join tree: by dynamic programming over all subsets of up to {@link
 * #MAX_EXACT} relations (DPsub, after Moerkotte and Neumann, 2006), by always joining the pair with
 * the smallest result above that (Fegaras, 1998).
 */
final class JoinSearch {
    private static final int MAX_EXACT = 11;
    private static final double BUILD_COST = 3;
    private static final double PROBE_COST = 1;
    private static final double LOOP_COST = 0.2;

    private final JoinRegion region;
    private final Estimate[] estimates;
    private final List<EqualColumns> classes;
    private final List<OtherCondition> others;

    JoinSearch(JoinRegion region, Estimator estimator) {
        if (region.size() > 63) {
            throw new QueryException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a join of %d tables".formatted(region.size()),
                    "at most 63 tables are joined in one FROM");
        }
        this.region = region;
        this.estimates = new Estimate[region.size()];
        for (int i = 0; i < estimates.length; i++) {
            estimates[i] = estimator.of(region.relation(i));
        }
        this.classes = classes();
        this.others =
                region.conditions().stream()
                        .map(c -> new OtherCondition(region.relationsOf(c), share(c), isKey(c)))
                        .toList();
    }

    /**
     * A join tree.
     *
     * @param relation the relation of a leaf, -1 for a join
     * @param left the probe side
     * @param right the build side
     * @param relations the relations in it, as bits
     */
    record Tree(int relation, Tree left, Tree right, long relations, double rows, double cost) {
        boolean isLeaf() {
            return relation >= 0;
        }
    }

    Tree best() {
        return region.size() <= MAX_EXACT ? exact() : greedy();
    }

    private Tree leaf(int index) {
        return new Tree(index, null, null, 1L << index, estimates[index].rows(), 0);
    }

    private Tree exact() {
        int subsets = 1 << region.size();
        Tree[] best = new Tree[subsets];
        for (int i = 0; i < region.size(); i++) {
            best[1 << i] = leaf(i);
        }
        for (int set = 1; set < subsets; set++) {
            if (Integer.bitCount(set) < 2) {
                continue;
            }
            double rows = rows(best, set);
            for (int left = (set - 1) & set; left > 0; left = (left - 1) & set) {
                Tree tree = join(best[left], best[set ^ left], rows);
                if (best[set] == null || tree.cost < best[set].cost) {
                    best[set] = tree;
                }
            }
        }
        return best[subsets - 1];
    }

    /** The size of a set does not depend on how it is joined: the last connected one is added. */
    private double rows(Tree[] best, int set) {
        double fallback = -1;
        for (int i = region.size() - 1; i >= 0; i--) {
            if ((set >> i & 1) == 0) {
                continue;
            }
            Tree rest = best[set & ~(1 << i)];
            double selectivity = selectivity(rest.relations, 1L << i);
            double rows = rest.rows * estimates[i].rows() * selectivity;
            if (selectivity < 1) {
                return rows;
            }
            fallback = fallback < 0 ? rows : Math.min(fallback, rows);
        }
        return fallback;
    }

    private Tree greedy() {
        List<Tree> trees = new ArrayList<>();
        for (int i = 0; i < region.size(); i++) {
            trees.add(leaf(i));
        }
        while (trees.size() > 1) {
            Tree best = null;
            for (int i = 0; i < trees.size(); i++) {
                for (int j = i + 1; j < trees.size(); j++) {
                    Tree a = trees.get(i);
                    Tree b = trees.get(j);
                    double selectivity = selectivity(a.relations, b.relations);
                    double rows = a.rows * b.rows * selectivity;
                    Tree tree = a.rows >= b.rows ? join(a, b, rows) : join(b, a, rows);
                    if (best == null || tree.rows < best.rows) {
                        best = tree;
                    }
                }
            }
            trees.remove(best.left);
            trees.remove(best.right);
            trees.add(best);
        }
        return trees.get(0);
    }

    private Tree join(Tree left, Tree right, double rows) {
        boolean equalities = hasEquality(left.relations, right.relations);
        double work =
                equalities
                        ? PROBE_COST * left.rows + BUILD_COST * right.rows
                        : LOOP_COST * left.rows * right.rows + right.rows;
        double cost = left.cost + right.cost + work + rows;
        return new Tree(-1, left, right, left.relations | right.relations, rows, cost);
    }

    private boolean hasEquality(long left, long right) {
        for (EqualColumns equal : classes) {
            if ((equal.relations & left) != 0 && (equal.relations & right) != 0) {
                return true;
            }
        }
        return others.stream().anyMatch(other -> other.isKey && other.isBetween(left, right));
    }

    /** The share of the cross product of two disjoint sets that a join of them keeps. */
    private double selectivity(long left, long right) {
        double leftKeys = 1;
        double rightKeys = 1;
        boolean keys = false;
        for (EqualColumns equal : classes) {
            if ((equal.relations & left) != 0 && (equal.relations & right) != 0) {
                keys = true;
                leftKeys *= equal.leastDistinct(left);
                rightKeys *= equal.leastDistinct(right);
            }
        }
        double share = 1;
        if (keys) {
            leftKeys = Math.min(leftKeys, baseRows(left));
            rightKeys = Math.min(rightKeys, baseRows(right));
            share = 1 / Math.max(1, Math.max(leftKeys, rightKeys));
        }
        for (OtherCondition other : others) {
            if (other.isBetween(left, right)) {
                share *= other.share;
            }
        }
        return share;
    }

    /**
     * A condition that is no equality of columns.
     *
     * @param share of rows that it probably keeps
     * @param isKey whether a hash join of two relations can use it
     */
    private record OtherCondition(long relations, double share, boolean isKey) {
        boolean isBetween(long left, long right) {
            return (relations & ~(left | right)) == 0
                    && (relations & left) != 0
                    && (relations & right) != 0;
        }
    }

    private static boolean isKey(RexNode condition) {
        return condition.getKind() == SqlKind.IS_NOT_DISTINCT_FROM
                && ((RexCall) condition)
                        .getOperands().stream().allMatch(RexInputRef.class::isInstance);
    }

    private static double share(RexNode condition) {
        return switch (condition.getKind()) {
            case EQUALS, IS_NOT_DISTINCT_FROM -> 0.01;
            case OR -> 0.1;
            default -> 0.4;
        };
    }

    /**
     * A class of columns that are equal in every row.
     *
     * @param relations that have one of them, as bits
     * @param distinct different values in each relation
     */
    private record EqualColumns(long relations, double[] distinct) {
        double leastDistinct(long set) {
            double least = Double.MAX_VALUE;
            for (int i = 0; i < distinct.length; i++) {
                if (((relations & set) >> i & 1) != 0) {
                    least = Math.min(least, distinct[i]);
                }
            }
            return least;
        }
    }

    private List<EqualColumns> classes() {
        Map<Integer, EqualColumns> found = new LinkedHashMap<>();
        for (int column = 0; column < region.width(); column++) {
            int equal = region.classOf(column);
            if (equal < 0) {
                continue;
            }
            int relation = region.relationOf(column);
            double distinct = estimates[relation].distinct(column - region.offset(relation));
            EqualColumns before = found.get(equal);
            double[] all = before == null ? new double[region.size()] : before.distinct;
            boolean first = before == null || (before.relations >> relation & 1) == 0;
            all[relation] = first ? distinct : Math.min(all[relation], distinct);
            long relations = (before == null ? 0 : before.relations) | 1L << relation;
            found.put(equal, new EqualColumns(relations, all));
        }
        return List.copyOf(found.values());
    }

    private double baseRows(long relations) {
        double most = 1;
        for (int i = 0; i < estimates.length; i++) {
            if ((relations >> i & 1) != 0) {
                most = Math.max(most, estimates[i].rows());
            }
        }
        return most;
    }
}
