package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.rel.core.Join;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinHint;
import org.skep.model.plan.JoinHint.Strategy;
import org.skep.model.plan.JoinType;
import org.skep.planner.check.RelationHint;
import org.skep.planner.order.Hinted;

/**
 * What hints ask of a join.
 *
 * @param hint the one to follow; null when there is none, or none that can be
 * @param exchanged whether the sides change places for it
 */
record Asked(JoinHint hint, boolean exchanged) {
    static final Asked NOTHING = new Asked(null, false);

    /** A hint with the side that it names. */
    private record Named(RelationHint hint, boolean right, double bytes) {
        Strategy strategy() {
            return hint.hint().strategy();
        }

        /** Whether the named side is to be the right one, and is not, or the other way round. */
        boolean exchanged() {
            return switch (strategy()) {
                case BROADCAST, SHUFFLE_HASH -> !right;
                case STREAM -> right;
                case MERGE -> false;
            };
        }
    }

    /** What hints ask of a join on a condition: those for one of its sides, not for both. */
    static Asked of(Join join, JoinType type, Part left, Part right, Expr condition) {
        List<RelationHint> ofLeft = Hinted.of(join.getLeft());
        List<RelationHint> ofRight = Hinted.of(join.getRight());
        if (ofLeft.isEmpty() && ofRight.isEmpty()) {
            return NOTHING;
        }
        List<RelationHint> inside = Hinted.shared(join.getLeft(), join.getRight());
        List<RelationHint> onlyLeft = new ArrayList<>(ofLeft);
        onlyLeft.removeAll(inside);
        List<RelationHint> onlyRight = new ArrayList<>(ofRight);
        onlyRight.removeAll(inside);
        boolean keyed = !JoinKeys.of(condition, left.node().schema().size()).isEmpty();
        return of(type, keyed, onlyLeft, left, onlyRight, right);
    }

    /**
     * Chooses among the hints for both sides; of two broadcasts, the smaller one. The hints hear
     * what becomes of them.
     *
     * @param keyed whether there is an equality between the sides
     * @param ofLeft hints for the left side and not for the right one
     */
    private static Asked of(
            JoinType type,
            boolean keyed,
            List<RelationHint> ofLeft,
            Part left,
            List<RelationHint> ofRight,
            Part right) {
        List<Named> possible = new ArrayList<>();
        ofLeft.forEach(hint -> possible.add(new Named(hint, false, left.estimate().bytes())));
        ofRight.forEach(hint -> possible.add(new Named(hint, true, right.estimate().bytes())));
        possible.removeIf(
                named -> {
                    String obstacle = obstacle(named, type, keyed);
                    if (obstacle != null) {
                        named.hint.refuse(obstacle);
                    }
                    return obstacle != null;
                });
        if (possible.isEmpty()) {
            return NOTHING;
        }
        possible.sort(Comparator.comparing(Named::strategy).thenComparingDouble(Named::bytes));
        Named first = possible.get(0);
        for (Named named : possible) {
            if (named.strategy() == first.strategy() && named.exchanged() == first.exchanged()) {
                named.hint.follow();
            } else {
                named.hint.refuse("its join follows the hint %s".formatted(first.hint.hint()));
            }
        }
        return new Asked(first.hint.hint(), first.exchanged());
    }

    /** Why the join cannot be done so; null when it can. */
    private static String obstacle(Named named, JoinType type, boolean keyed) {
        String relation = named.hint.relation();
        Strategy strategy = named.strategy();
        if (!type.givesRight() && named.exchanged()) {
            return "'%s' is the %s side of a %s-join, which builds its right side"
                    .formatted(
                            relation,
                            named.right ? "right" : "left",
                            type == JoinType.SEMI ? "semi" : "anti");
        }
        if (!type.givesRight() && !named.right && strategy == Strategy.MERGE) {
            return "'%s' is the left side of a %s-join; the right one is to be named"
                    .formatted(relation, type == JoinType.SEMI ? "semi" : "anti");
        }
        boolean kept = named.right ? type.keepsRight() : type.givesRight() && type.keepsLeft();
        if (strategy == Strategy.BROADCAST && kept) {
            return "an outer join keeps rows of '%s' without a partner, which no task knows of a broadcast"
                    .formatted(relation);
        }
        boolean shuffles = strategy == Strategy.MERGE || strategy == Strategy.SHUFFLE_HASH;
        if (!keyed && (shuffles || strategy == Strategy.STREAM && type != JoinType.INNER)) {
            return "there is no equality between the sides of its join";
        }
        return null;
    }

    boolean isFor(Strategy strategy) {
        return hint != null && hint.strategy() == strategy;
    }

    /** The same, the sides having changed places. */
    Asked inPlace() {
        return new Asked(hint, false);
    }
}
