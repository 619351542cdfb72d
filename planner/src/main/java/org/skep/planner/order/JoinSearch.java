package org.skep.planner.order;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.core.JoinRelType;
import org.skep.planner.estimate.Estimate;
import org.skep.planner.estimate.Estimate.Confidence;
import org.skep.planner.estimate.Estimator;

/**
 * Finds a cheap bushy join tree of a region: by dynamic programming over the pairs of {@link
 * JoinPairs} where they are at most {@link #MOST_PAIRS}, else by always joining the pair with the
 * smallest result (greedy operator ordering; Fegaras, 1998).
 */
final class JoinSearch {
    /**
     * A clique of 9 relations has 9,330 pairs, a star of 12 has 11,264, a chain of 39 has 9,880.
     */
    private static final int MOST_PAIRS = 12_000;

    /** The share of rows to count with, where a semi-join has a condition on its right side. */
    private static final double SEMI_JOINED = 0.3;

    private final JoinRegion region;
    private final JoinSizes sizes;
    private final JoinCosts costs;
    private final Conflicts[] conflicts;
    private final long[] hinted;
    private final Map<Long, Tree> best = new HashMap<>();

    JoinSearch(JoinRegion region, Estimator estimator) {
        this.region = region;
        this.sizes = new JoinSizes(region, estimator);
        this.costs = new JoinCosts(sizes);
        this.conflicts = new Conflicts[region.operators().size()];
        for (int i = 0; i < conflicts.length; i++) {
            conflicts[i] = Conflicts.of(region, i);
        }
        this.hinted = Hinted.groups(region);
    }

    /**
     * A join tree.
     *
     * @param relation the relation of a leaf, -1 for a join
     * @param type of the join
     * @param left the probe side
     * @param right the build side
     * @param operators that the join does: one that is no inner join, if any, first
     * @param relations the relations in it, as bits
     * @param most rows as {@link Estimate#most} has them
     * @param confidence the least of those in its relations' rows
     */
    record Tree(
            int relation,
            JoinRelType type,
            Tree left,
            Tree right,
            int[] operators,
            long relations,
            double rows,
            double most,
            Confidence confidence,
            double cost) {
        boolean isLeaf() {
            return relation >= 0;
        }
    }

    JoinSizes sizes() {
        return sizes;
    }

    /** The cheapest tree found. */
    Tree best() {
        List<JoinPairs.Edge> edges = new ArrayList<>();
        List<JoinPairs.Edge> products = new ArrayList<>();
        for (int i = 0; i < conflicts.length; i++) {
            JoinOperator operator = region.operators().get(i);
            long left = conflicts[i].eligible() & operator.left();
            long right = conflicts[i].eligible() & operator.right();
            if (left != 0 && right != 0) {
                boolean product = operator.reads() == 0;
                (product ? products : edges).add(new JoinPairs.Edge(left, right));
            } else if (Long.bitCount(left | right) == 2) {
                long one = Long.lowestOneBit(left | right);
                edges.add(new JoinPairs.Edge(one, (left | right) ^ one));
            }
        }
        long all = (1L << region.size()) - 1;
        for (int i = 0; i < region.size(); i++) {
            best.put(1L << i, leaf(i));
        }
        Tree found = search(edges, all);
        if (found == null && !products.isEmpty()) {
            edges.addAll(products);
            found = search(edges, all);
        }
        return found == null ? asWritten() : found;
    }

    private Tree search(List<JoinPairs.Edge> edges, long all) {
        long[] pairs =
                JoinPairs.of(region.size(), edges, (a, b) -> operators(a, b) != null, MOST_PAIRS);
        if (pairs == null) {
            return greedy();
        }
        for (int i = 0; i < pairs.length; i += 2) {
            choose(pairs[i], pairs[i + 1]);
        }
        return best.get(all);
    }

    private Tree leaf(int index) {
        return new Tree(
                index,
                null,
                null,
                null,
                new int[0],
                1L << index,
                sizes.rows(index),
                sizes.most(index),
                sizes.confidence(index),
                0);
    }

    private void choose(long a, long b) {
        int[] operators = operators(a, b);
        Tree before = best.get(a | b);
        Tree cheapest = cheapest(best.get(a), best.get(b), operators, rows(before, a, b));
        if (before == null || cheapest.cost < before.cost) {
            best.put(a | b, cheapest);
        }
    }

    /**
     * The size of a set does not depend on how it is joined: the last relation that can be is
     * added. -1 when there is none.
     */
    private double rows(Tree before, long a, long b) {
        if (before != null) {
            return before.rows;
        }
        for (long left = a | b; left != 0; ) {
            long last = Long.highestOneBit(left);
            left ^= last;
            Tree rest = best.get((a | b) ^ last);
            if (rest != null) {
                int[] operators = operators(rest.relations, last);
                if (operators != null) {
                    return cheapest(rest, best.get(last), operators, -1).rows;
                }
            }
        }
        return -1;
    }

    /** The trees joined, the way round that is cheaper. */
    private Tree cheapest(Tree a, Tree b, int[] operators, double rows) {
        JoinOperator first = region.operators().get(operators[0]);
        boolean straight = first.isSymmetric() || (first.left() & a.relations) != 0;
        Tree left = straight ? a : b;
        Tree right = straight ? b : a;
        double known = rows >= 0 ? rows : sizes.rows(first.type(), operators, left, right);
        Tree one = join(first.type(), left, right, operators, known);
        JoinRelType exchanged =
                switch (first.type()) {
                    case LEFT -> JoinRelType.RIGHT;
                    case SEMI, ANTI -> null;
                    default -> first.type();
                };
        if (exchanged == null) {
            return one;
        }
        Tree other = join(exchanged, right, left, operators, known);
        return other.cost < one.cost ? other : one;
    }

    private Tree join(JoinRelType type, Tree left, Tree right, int[] operators, double rows) {
        double cost = left.cost + right.cost + costs.of(type, left, right, operators, rows);
        double most =
                switch (type) {
                    case SEMI -> right.rows < right.most ? SEMI_JOINED * left.most : left.most;
                    case ANTI -> left.most;
                    default ->
                            costs.isHashed(type, left, right, operators)
                                    ? Math.max(left.most, right.most)
                                    : left.most * right.most;
                };
        return new Tree(
                -1,
                type,
                left,
                right,
                operators,
                left.relations | right.relations,
                rows,
                Math.max(rows, most),
                Confidence.DERIVED.and(left.confidence).and(right.confidence),
                cost);
    }

    /** What a join of two sets does, null where it would tear apart what a hint names. */
    private int[] operators(long a, long b) {
        for (long group : hinted) {
            if (!Hinted.isWhole(group, a, b)) {
                return null;
            }
        }
        return allOperators(a, b);
    }

    /**
     * What a join of two sets does: all operators that have their relations now and had not before.
     * Null when it must not be done: when it does none, when one of them would see other rows than
     * it should, or when two are no inner joins.
     */
    private int[] allOperators(long a, long b) {
        long all = a | b;
        int[] found = new int[conflicts.length];
        int count = 0;
        boolean joins = false;
        int outer = -1;
        for (int i = 0; i < conflicts.length; i++) {
            long eligible = conflicts[i].eligible();
            if ((eligible & ~all) != 0 || (eligible & ~a) == 0 || (eligible & ~b) == 0) {
                continue;
            }
            if (!conflicts[i].allow(all)) {
                return null;
            }
            JoinOperator operator = region.operators().get(i);
            boolean between = isBetween(operator, eligible, a, b);
            joins |= between;
            if (!operator.isInner()) {
                if (!between || outer >= 0) {
                    return null;
                }
                outer = i;
                found[count++] = found[0];
                found[0] = i;
            } else {
                found[count++] = i;
            }
        }
        if (!joins) {
            return null;
        }
        for (int i = 1; outer >= 0 && i < count; i++) {
            JoinOperator inner = region.operators().get(found[i]);
            if (!inner.below().contains(outer)) {
                return null; // it would be asked of rows that the outer join has filled up
            }
        }
        return java.util.Arrays.copyOf(found, count);
    }

    private static boolean isBetween(JoinOperator operator, long eligible, long a, long b) {
        long left = eligible & operator.left();
        long right = eligible & operator.right();
        if (operator.isInner() && Long.bitCount(eligible) == 2) {
            return true;
        }
        boolean straight = (left & ~a) == 0 && (right & ~b) == 0;
        boolean turned = (left & ~b) == 0 && (right & ~a) == 0;
        return left != 0 && right != 0 && (straight || turned);
    }

    /** The cheapest tree for each pair of sets that the topmost join may join, as far as known. */
    List<Tree> alternatives() {
        long all = (1L << region.size()) - 1;
        List<Tree> trees = new ArrayList<>();
        for (Tree tree : best.values()) {
            Tree rest = best.get(all ^ tree.relations);
            if (rest != null && tree.relations < rest.relations) {
                int[] operators = operators(tree.relations, rest.relations);
                if (operators != null) {
                    trees.add(cheapest(tree, rest, operators, best.get(all).rows));
                }
            }
        }
        return trees;
    }

    private Tree greedy() {
        List<Tree> trees = new ArrayList<>();
        for (int i = 0; i < region.size(); i++) {
            trees.add(leaf(i));
        }
        while (trees.size() > 1) {
            Tree smallest = null;
            Tree left = null;
            Tree right = null;
            for (int i = 0; i < trees.size(); i++) {
                for (int j = i + 1; j < trees.size(); j++) {
                    int[] operators = operators(trees.get(i).relations, trees.get(j).relations);
                    if (operators == null) {
                        continue;
                    }
                    Tree tree = cheapest(trees.get(i), trees.get(j), operators, -1);
                    if (smallest == null || tree.rows < smallest.rows) {
                        smallest = tree;
                        left = trees.get(i);
                        right = trees.get(j);
                    }
                }
            }
            if (smallest == null) {
                return null;
            }
            trees.remove(left);
            trees.remove(right);
            trees.add(smallest);
        }
        return trees.get(0);
    }

    /** The tree as the query has it, with sides exchanged where that is cheaper. */
    Tree asWritten() {
        return written(region.written());
    }

    private Tree written(JoinRegion.Written node) {
        if (node.relation() >= 0) {
            return leaf(node.relation());
        }
        Tree left = written(node.left());
        Tree right = written(node.right());
        return cheapest(left, right, allOperators(left.relations, right.relations), -1);
    }
}
