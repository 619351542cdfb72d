package org.skep.planner.order;

import org.apache.calcite.rel.core.JoinRelType;

/** What a join costs: about the rows that go through it, those of a build side several times. */
final class JoinCosts {
    private static final double BUILD = 3;
    private static final double PROBE = 1;
    private static final double LOOP = 0.2;

    /** Loops that keep right rows without a match are run by one task. */
    private static final double ONE_TASK = 8;

    private final JoinSizes sizes;

    JoinCosts(JoinSizes sizes) {
        this.sizes = sizes;
    }

    /**
     * The cost of one join, without that of its inputs.
     *
     * @param operators that it does, the one that is no inner join first
     * @param rows that come out
     */
    double of(
            JoinRelType type,
            JoinSearch.Tree left,
            JoinSearch.Tree right,
            int[] operators,
            double rows) {
        double build = risked(right);
        double work =
                isHashed(type, left, right, operators)
                        ? PROBE * left.rows() + BUILD * build
                        : LOOP * left.rows() * build * (keepsRight(type) ? ONE_TASK : 1) + build;
        return work + rows;
    }

    private static boolean keepsRight(JoinRelType type) {
        return type == JoinRelType.RIGHT || type == JoinRelType.FULL;
    }

    /**
     * Rows to count with of a build side. A wrong guess costs little where it is probed, and much
     * where a table is built.
     */
    private static double risked(JoinSearch.Tree build) {
        return build.confidence().cautious(build.rows(), build.most());
    }

    /** Whether a hash join can do it. */
    boolean isHashed(
            JoinRelType type, JoinSearch.Tree left, JoinSearch.Tree right, int[] operators) {
        int keyed = type == JoinRelType.INNER ? operators.length : 1;
        for (int i = 0; i < keyed; i++) {
            if (sizes.hasKey(operators[i], left.relations(), right.relations())) {
                return true;
            }
        }
        return false;
    }
}
