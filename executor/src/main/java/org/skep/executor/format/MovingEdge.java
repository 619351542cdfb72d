package org.skep.executor.format;

import org.skep.model.plan.Expr;

/**
 * A condition on a column that gets stricter while a scan runs: what a top-N above it still has a
 * use for. Used by the thread of one task.
 */
public final class MovingEdge {
    private Expr condition;

    /**
     * @param stricter over input column 0; cannot fail
     */
    public void move(Expr stricter) {
        condition = stricter;
    }

    /**
     * As it was last moved to, the same object until it moves; null as long as all rows are wanted.
     */
    public Expr condition() {
        return condition;
    }
}
