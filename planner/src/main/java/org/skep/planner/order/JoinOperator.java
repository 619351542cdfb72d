package org.skep.planner.order;

import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;

/**
 * A join as written, or one condition of an inner join, which is an operator of its own. A RIGHT
 * join is a LEFT one of the sides exchanged.
 *
 * @param type INNER, LEFT, FULL, SEMI or ANTI
 * @param left the relations below its left side, as bits
 * @param right the relations below its right side
 * @param reads the relations whose columns its condition reads
 * @param below the operators that are below it
 * @param condition over the columns of the region; null for an inner join that has none
 * @param equal the class of columns that the condition says are equal; -1 when it says another
 *     thing
 */
record JoinOperator(
        JoinRelType type,
        long left,
        long right,
        long reads,
        Below below,
        RexNode condition,
        int equal) {

    /**
     * Which of the region's operators are below a join's left and right side, from the first one to
     * before the last.
     */
    record Below(int leftFrom, int leftTo, int rightFrom, int rightTo) {
        boolean contains(int operator) {
            return leftFrom <= operator && operator < leftTo
                    || rightFrom <= operator && operator < rightTo;
        }

        Below turned() {
            return new Below(rightFrom, rightTo, leftFrom, leftTo);
        }
    }

    /** An inner join without a condition. */
    static JoinOperator product(long left, long right, Below below) {
        return new JoinOperator(JoinRelType.INNER, left, right, 0, below, null, -1);
    }

    /** A condition of one relation. */
    static JoinOperator ofRelation(int relation, RexNode condition) {
        return product(1L << relation, 0, new Below(0, 0, 0, 0)).on(condition, 1L << relation);
    }

    /** The inner join of the same sides on a condition. */
    JoinOperator on(RexNode other, long read) {
        return new JoinOperator(type, left, right, read, below, other, -1);
    }

    JoinOperator ofClass(int columns) {
        return new JoinOperator(type, left, right, reads, below, condition, columns);
    }

    boolean isInner() {
        return type == JoinRelType.INNER;
    }

    /** Whether its sides may be exchanged. */
    boolean isSymmetric() {
        return type == JoinRelType.INNER || type == JoinRelType.FULL;
    }

    /** Whether its condition reads columns of both sides. */
    boolean readsBoth() {
        return (reads & left) != 0 && (reads & right) != 0;
    }

    /** Whether all columns of the relation are null in some of the rows that come out. */
    boolean fillsWithNulls(long relation) {
        return switch (type) {
            case LEFT -> (right & relation) != 0;
            case FULL -> ((left | right) & relation) != 0;
            default -> false;
        };
    }
}
