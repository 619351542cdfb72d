package org.skep.planner.order;

import org.apache.calcite.rel.core.JoinRelType;

/** What a join costs: about the rows that go through it, those of a build side several times. */
final class JoinCosts {
    private static final double BUILD = 3;
    private static final double PROBE = 1;
    private static final double LOOP = 0.2;

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
        boolean hashed = false;
        int keyed = type == JoinRelType.INNER ? operators.length : 1;
        for (int i = 0; i < keyed && !hashed; i++) {
            hashed = sizes.hasKey(operators[i], left.relations(), right.relations());
        }
        double work =
                hashed
                        ? PROBE * left.rows() + BUILD * right.rows()
                        : LOOP * left.rows() * right.rows() + right.rows();
        return work + rows;
    }
}
