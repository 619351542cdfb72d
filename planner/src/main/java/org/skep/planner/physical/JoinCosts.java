package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.skep.model.plan.JoinHint;
import org.skep.model.plan.JoinType;
import org.skep.model.settings.Settings.JoinStrategy;
import org.skep.model.type.Schema;
import org.skep.planner.why.Amounts;
import org.skep.planner.why.Choice;
import org.skep.planner.why.Choice.Option;

/**
 * What each way of joining two sides would cost, for EXPLAIN WHY: the bytes that it moves between
 * tasks, as they are estimated. A broadcast moves its rows once for every task that gets them.
 */
final class JoinCosts {
    private static final String MOVED = "bytes moved";
    private static final String PAIRS = "pairs of rows compared";

    private final PlanJoin.Keyed join;
    private final Planning planning;
    private final double leftBytes;
    private final double rightBytes;

    JoinCosts(PlanJoin.Keyed join, Planning planning) {
        this.join = join;
        this.planning = planning;
        this.leftBytes = join.left().estimate().bytes();
        this.rightBytes = join.right().estimate().bytes();
    }

    /** The decision for one of them. */
    Choice choice(JoinWay taken) {
        List<Option> options = new ArrayList<>();
        options.add(new Option(taken.words(), cost(taken), MOVED, reason(taken)));
        for (JoinWay way : JoinWay.values()) {
            if (way != taken && applies(way)) {
                options.add(rejected(way, taken));
            }
        }
        return new Choice(subject(), options);
    }

    /** The decision for nested loops, where there is no equality between the sides. */
    static Choice loops(JoinType type, Part left, Part right, Asked asked) {
        double pairs = left.estimate().rows() * right.estimate().rows();
        String reason =
                asked.hint() == null
                        ? ""
                        : "the hint %s chooses the side that every task has whole"
                                .formatted(asked.hint());
        Option taken = new Option(JoinWay.LOOP.words(), pairs, PAIRS, reason);
        Option hash =
                new Option(
                        "hash or merge join",
                        Double.NaN,
                        MOVED,
                        "not possible: no equality between the sides");
        return new Choice(name(type) + " without an equality", List.of(taken, hash));
    }

    private String subject() {
        return name(join.type()) + " on " + keys(join);
    }

    /** The equalities of a join, as the user knows their columns. */
    static String keys(PlanJoin.Keyed join) {
        Schema left = join.left().node().schema();
        Schema right = join.right().node().schema();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < join.leftKeys().size(); i++) {
            keys.add(
                    left.field(join.leftKeys().get(i)).name()
                            + " = "
                            + right.field(join.rightKeys().get(i)).name());
        }
        return String.join(" and ", keys);
    }

    private static String name(JoinType type) {
        return type.name().toLowerCase(Locale.ROOT) + " join";
    }

    private boolean applies(JoinWay way) {
        return switch (way) {
            case BROADCAST, SHUFFLED, MERGE, LOOP -> true;
            case REDUCED -> !join.type().givesRight();
            case ONE_TASK -> false; // possible, but never passed over
        };
    }

    private double cost(JoinWay way) {
        return switch (way) {
            case ONE_TASK -> 0;
            case BROADCAST -> rightBytes * planning.tasks(join.left().node());
            case REDUCED ->
                    leftBytes * (1 + planning.tasks(join.right().node())); // and few right rows
            case SHUFFLED, MERGE ->
                    (isThere(join.left(), join.leftKeys()) ? 0 : leftBytes)
                            + (isThere(join.right(), join.rightKeys()) ? 0 : rightBytes);
            case LOOP -> join.left().estimate().rows() * join.right().estimate().rows();
        };
    }

    /** Whether rows with equal keys are in one task already. */
    private static boolean isThere(Part part, List<Integer> keys) {
        return part.distribution() instanceof Distribution.Hashed hashed
                && hashed.keys().equals(keys);
    }

    /** Why this one, a hint coming before all else. */
    private String reason(JoinWay taken) {
        JoinHint hint = join.asked().hint();
        if (hint == null) {
            return ownReason(taken);
        }
        return switch (hint.strategy()) {
            case BROADCAST, SHUFFLE_HASH ->
                    taken == JoinWay.ONE_TASK
                            ? "the hint %s chooses the side to build; %s"
                                    .formatted(hint, ownReason(taken))
                            : asked(hint) + (taken == JoinWay.BROADCAST ? comparison() : "");
            case MERGE -> asked(hint);
            case STREAM ->
                    "%s; the hint %s chooses the side to probe".formatted(ownReason(taken), hint);
        };
    }

    private static String asked(JoinHint hint) {
        return "the hint %s asks for it".formatted(hint);
    }

    private String ownReason(JoinWay taken) {
        JoinStrategy strategy = planning.settings().joinStrategy();
        return switch (taken) {
            case ONE_TASK -> "both sides are in one task already";
            case BROADCAST ->
                    (strategy == JoinStrategy.AUTO ? build() + " fits" : asked())
                            + comparison()
                            + ", and the left side stays where it is";
            case REDUCED ->
                    "the left side of %s is much smaller than the right one of %s"
                            .formatted(Amounts.bytes(leftBytes), Amounts.bytes(rightBytes));
            case SHUFFLED -> strategy == JoinStrategy.AUTO ? whyShuffled() : asked();
            case MERGE, LOOP -> asked();
        };
    }

    private String whyShuffled() {
        return join.type().keepsRight()
                ? "a %s keeps right rows without a partner, so only one task may see each"
                        .formatted(name(join.type()))
                : build() + " is too large to broadcast";
    }

    /** The build side's memory beside what it may be. */
    private String build() {
        return "the right side of %s (broadcast_bytes = %s)"
                .formatted(
                        Amounts.bytes(rightBytes),
                        Amounts.bytes(planning.settings().broadcastBytes()));
    }

    private String asked() {
        return "join_strategy = "
                + planning.settings().joinStrategy().name().toLowerCase(Locale.ROOT);
    }

    private String comparison() {
        double broadcast = cost(JoinWay.BROADCAST);
        double shuffled = cost(JoinWay.SHUFFLED);
        return shuffled >= broadcast
                ? ", a reduce-side join would move %s as many bytes"
                        .formatted(Amounts.times(shuffled, broadcast))
                : "";
    }

    private Option rejected(JoinWay way, JoinWay taken) {
        if (way == JoinWay.BROADCAST && join.type().keepsRight()) {
            return new Option(way.words(), Double.NaN, MOVED, "not possible: " + whyShuffled());
        }
        String reason =
                switch (way) {
                    case BROADCAST -> taken == JoinWay.ONE_TASK ? "" : build();
                    case REDUCED -> "pays when the left side is small and the right one large";
                    case MERGE ->
                            "both sides to be sorted, too; SET join_strategy = merge asks for it";
                    case SHUFFLED, LOOP, ONE_TASK -> "";
                };
        String unit = way == JoinWay.LOOP ? PAIRS : MOVED;
        return new Option(way.words(), cost(way), unit, reason);
    }
}
