package org.skep.model.plan;

import java.io.Serializable;
import org.skep.model.error.Position;

/**
 * Where in the statement's text an expression was written, so that an error at run time can
 * underline it. It says nothing about what the expression is: all origins are equal, so that
 * expressions are, wherever they were written.
 */
public final class Origin implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of expressions that nobody wrote, such as the casts of the planner. */
    public static final Origin UNKNOWN = new Origin(null);

    private final Position position;

    private Origin(Position position) {
        this.position = position;
    }

    public static Origin at(Position position) {
        return position == null ? UNKNOWN : new Origin(position);
    }

    /** The place; null when it is not known. */
    public Position position() {
        return position;
    }

    /** This, or {@code other} when this is not known. */
    Origin or(Origin other) {
        return position == null ? other : this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Origin;
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
