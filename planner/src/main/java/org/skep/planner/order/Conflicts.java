package org.skep.planner.order;

import static org.apache.calcite.rel.core.JoinRelType.FULL;
import static org.apache.calcite.rel.core.JoinRelType.INNER;
import static org.apache.calcite.rel.core.JoinRelType.LEFT;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;

/**
 * Which sets of relations one operator may join, when all others are to be right as well: conflict
 * detection CD-C of Moerkotte, Fender and Eich, "On the Correct and Complete Enumeration of the
 * Core Search Space" (SIGMOD 2013). An operator needs all relations of its total eligibility set,
 * and where it sees some of a rule's first relations it must see all of its second.
 */
final class Conflicts {
    /** If any of {@code some} is there, all of {@code all} must be. */
    private record Rule(long some, long all) {}

    private final long eligible;
    private final List<Rule> rules;

    private Conflicts(long eligible, List<Rule> rules) {
        this.eligible = eligible;
        this.rules = rules;
    }

    /** What the operator {@code index} of the region needs. */
    static Conflicts of(JoinRegion region, int index) {
        JoinOperator operator = region.operators().get(index);
        List<Rule> rules = new ArrayList<>();
        JoinOperator.Below below = operator.below();
        for (int i = below.leftFrom(); i < below.leftTo(); i++) {
            JoinOperator other = region.operators().get(i);
            if (!associates(region, other, operator)) {
                rules.add(new Rule(other.right(), needed(other, other.left())));
            }
            if (!leftCommutes(region, other, operator)) {
                rules.add(new Rule(other.left(), needed(other, other.right())));
            }
        }
        for (int i = below.rightFrom(); i < below.rightTo(); i++) {
            JoinOperator other = region.operators().get(i);
            if (!associates(region, operator, other)) {
                rules.add(new Rule(other.left(), needed(other, other.right())));
            }
            if (!rightCommutes(region, operator, other)) {
                rules.add(new Rule(other.right(), needed(other, other.left())));
            }
        }
        return closed(eligible(operator), rules);
    }

    private static long needed(JoinOperator operator, long side) {
        long read = operator.reads() & side;
        return read == 0 ? side : read;
    }

    /** A condition without columns belongs where the query has it: above all that is below it. */
    private static long eligible(JoinOperator operator) {
        if (operator.condition() == null || operator.reads() == 0) {
            return operator.left() | operator.right();
        }
        return operator.reads();
    }

    /** Rules that always apply become part of the set; those that it fulfils are dropped. */
    private static Conflicts closed(long read, List<Rule> rules) {
        long eligible = read;
        List<Rule> left = new ArrayList<>(rules);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Rule rule : left) {
                if ((rule.some & eligible) != 0 && (rule.all & ~eligible) != 0) {
                    eligible |= rule.all;
                    changed = true;
                }
            }
        }
        long all = eligible;
        left.removeIf(rule -> (rule.all & ~all) == 0);
        return new Conflicts(eligible, List.copyOf(left));
    }

    /** All relations that must be there. */
    long eligible() {
        return eligible;
    }

    boolean allow(long relations) {
        for (Rule rule : rules) {
            if ((rule.some & relations) != 0 && (rule.all & ~relations) != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@code (1 a 2) b 3 = 1 a (2 b 3)}, where {@code b} reads 2 and 3. */
    private static boolean associates(JoinRegion region, JoinOperator a, JoinOperator b) {
        return switch (a.type()) {
            case INNER -> b.type() != FULL;
            case LEFT -> b.type() == LEFT && region.rejectsNulls(b, middle(a, b));
            case FULL ->
                    b.type() == LEFT && region.rejectsNulls(b, middle(a, b))
                            || b.type() == FULL
                                    && region.rejectsNulls(a, middle(a, b))
                                    && region.rejectsNulls(b, middle(a, b));
            default -> false;
        };
    }

    /** The relations between two operators, of which one is below the other. */
    private static long middle(JoinOperator a, JoinOperator b) {
        boolean below = (b.left() & a.right()) == a.right();
        return below ? a.right() : b.left();
    }

    /** {@code (1 a 2) b 3 = (1 b 3) a 2}, where {@code b} reads 1 and 3. */
    private static boolean leftCommutes(JoinRegion region, JoinOperator a, JoinOperator b) {
        return switch (a.type()) {
            case INNER, SEMI, ANTI -> b.type() != FULL;
            case LEFT -> b.type() != FULL || region.rejectsNulls(a, a.left());
            case FULL ->
                    b.type() == LEFT && region.rejectsNulls(b, a.left())
                            || b.type() == FULL
                                    && region.rejectsNulls(a, a.left())
                                    && region.rejectsNulls(b, a.left());
            default -> false;
        };
    }

    /** {@code 1 a (2 b 3) = 2 b (1 a 3)}, where {@code a} reads 1 and 3. */
    private static boolean rightCommutes(JoinRegion region, JoinOperator a, JoinOperator b) {
        return a.type() == INNER && b.type() == INNER
                || a.type() == FULL
                        && b.type() == FULL
                        && region.rejectsNulls(a, b.right())
                        && region.rejectsNulls(b, b.right());
    }

    static boolean isSupported(JoinRelType type) {
        return switch (type) {
            case INNER, LEFT, RIGHT, FULL, SEMI, ANTI -> true;
            default -> false;
        };
    }
}
