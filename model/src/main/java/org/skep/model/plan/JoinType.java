package org.skep.model.plan;

/** Which rows a join gives. SEMI and ANTI give columns of the left side only. */
public enum JoinType {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    SEMI,
    ANTI;

    /** Whether left rows without a match come out. */
    public boolean keepsLeft() {
        return this == LEFT || this == FULL || this == ANTI;
    }

    /** Whether right rows without a match come out. */
    public boolean keepsRight() {
        return this == RIGHT || this == FULL;
    }

    /** Whether columns of the right side come out. */
    public boolean givesRight() {
        return this != SEMI && this != ANTI;
    }

    /** The type of the same join with its sides exchanged. */
    public JoinType mirrored() {
        return switch (this) {
            case LEFT -> RIGHT;
            case RIGHT -> LEFT;
            case INNER, FULL -> this;
            case SEMI, ANTI -> throw new IllegalArgumentException("a mirrored " + this);
        };
    }
}
