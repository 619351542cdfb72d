package org.skep.model.plan;

import java.io.Serializable;

/**
 * How many rows the planner expects a node to give, in all its tasks. It says nothing about what
 * the node does: all are equal, so that equal pieces of a plan are found whatever was expected of
 * them.
 */
public final class ExpectedRows implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of nodes of which nobody has estimated anything. */
    public static final ExpectedRows UNKNOWN = new ExpectedRows(Double.NaN);

    private final double rows;

    private ExpectedRows(double rows) {
        this.rows = rows;
    }

    /**
     * @param rows NaN when not known
     */
    public static ExpectedRows of(double rows) {
        return Double.isNaN(rows) ? UNKNOWN : new ExpectedRows(rows);
    }

    /** The number; NaN when it is not known. */
    public double rows() {
        return rows;
    }

    /** This, or {@code other} when this is not known. */
    ExpectedRows or(ExpectedRows other) {
        return Double.isNaN(rows) ? other : this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExpectedRows;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "";
    }
}
