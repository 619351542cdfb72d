package org.skep.planner.check;

import org.skep.model.error.Position;
import org.skep.model.plan.JoinHint;

/**
 * A hint for one relation in the FROM of a query block, and what becomes of it. It is carried by
 * all tables that the relation is made of, through all phases: the side of a join of which each
 * table carries it is the relation.
 */
public final class RelationHint {
    private final JoinHint hint;
    private final String relation;
    private final Position place;
    private boolean mixed;
    private boolean followed;
    private String obstacle;

    RelationHint(JoinHint hint, String relation, Position place) {
        this.hint = hint;
        this.relation = relation;
        this.place = place;
    }

    /** What it asks for. */
    public JoinHint hint() {
        return hint;
    }

    /** As the hint names it. */
    public String relation() {
        return relation;
    }

    Position place() {
        return place;
    }

    void mix() {
        mixed = true;
    }

    /** Whether the relation is made of listed values too, which carry no hint. */
    public boolean isMixed() {
        return mixed;
    }

    /** Says that a join is done as the hint asks. */
    public void follow() {
        followed = true;
    }

    /** Says why a join cannot be done as the hint asks. */
    public void refuse(String reason) {
        obstacle = obstacle == null ? reason : obstacle;
    }

    /** Tables carry hints, and there is none. */
    void refuseWithoutTable() {
        refuse("'%s' reads no table, its join is chosen by its size".formatted(relation));
    }

    boolean isFollowed() {
        return followed;
    }

    /** Why it is not followed. */
    String obstacle() {
        return obstacle != null
                ? obstacle
                : "no join is left that has '%s' as one of its sides".formatted(relation);
    }
}
