package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinBounds;
import org.skep.model.plan.JoinHint.Strategy;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.settings.Settings.JoinStrategy;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.planner.why.Choice;
import org.skep.planner.why.Choice.Option;

/** Which kind of join, and where its rows must be for it. */
final class PlanJoin {
    private static final double LOPSIDED = 3;
    private static final double LARGE_TABLE = 64 << 20;

    private final Planning planning;

    PlanJoin(Planning planning) {
        this.planning = planning;
    }

    /** A join whose inputs hold its keys as columns. */
    record Keyed(
            JoinType type,
            Part left,
            Part right,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            boolean nullsEqual,
            Expr residual,
            Asked asked) {}

    Part plan(Join join, Part left, Part right) {
        Expr condition = planning.toExpr().convert(join.getCondition());
        JoinType type = type(join.getJoinType());
        Schema output = Planning.schema(join);
        Asked asked = Asked.of(join, type, left, right, condition);
        Part planned =
                asked.exchanged()
                        ? mirrored(type, left, right, condition, output, asked.inPlace())
                        : plan(type, left, right, condition, output, asked);
        return new Part(planned.node(), planned.distribution(), planning.estimate(join));
    }

    /** Joins on any condition over left columns followed by right ones. */
    Part plan(JoinType type, Part left, Part right, Expr condition, Schema output) {
        return plan(type, left, right, condition, output, Asked.NOTHING);
    }

    private Part plan(
            JoinType type, Part left, Part right, Expr condition, Schema output, Asked asked) {
        int leftWidth = left.node().schema().size();
        int rightWidth = right.node().schema().size();
        JoinKeys keys = JoinKeys.of(condition, leftWidth);
        if (type == JoinType.RIGHT && fits(left) && asked.hint() == null) {
            return mirrored(type, left, right, condition, output, asked);
        }
        if (keys.isEmpty()) {
            planning.choices().add(JoinCosts.loops(type, left, right, asked));
            return loop(type, left, right, condition, output);
        }
        Part wideLeft = Planning.extended(left, keys.computed(keys.left()));
        Part wideRight = Planning.extended(right, keys.computed(keys.right()));
        int newLeftWidth = wideLeft.node().schema().size();
        int[] at = new int[leftWidth + rightWidth];
        for (int i = 0; i < at.length; i++) {
            at[i] = i < leftWidth ? i : i - leftWidth + newLeftWidth;
        }
        Expr residual = keys.residual() == null ? null : keys.residual().remap(at);
        Part joined =
                keyed(
                        new Keyed(
                                type,
                                wideLeft,
                                wideRight,
                                keys.columns(keys.left(), leftWidth),
                                keys.columns(keys.right(), rightWidth),
                                keys.nullsEqual(),
                                residual,
                                asked));
        List<Expr> wanted = new ArrayList<>();
        Schema joinedSchema = joined.node().schema();
        for (int i = 0; i < output.size(); i++) {
            wanted.add(new Expr.Input(at[i], joinedSchema.type(at[i])));
        }
        return Planning.project(joined, wanted, output);
    }

    private static JoinType type(JoinRelType type) {
        return switch (type) {
            case INNER -> JoinType.INNER;
            case LEFT -> JoinType.LEFT;
            case RIGHT -> JoinType.RIGHT;
            case FULL -> JoinType.FULL;
            case SEMI -> JoinType.SEMI;
            case ANTI -> JoinType.ANTI;
            default -> throw new IllegalArgumentException("a join of type " + type);
        };
    }

    private boolean fits(Part build) {
        return build.estimate().doubted().bytes() <= planning.settings().broadcastBytes();
    }

    private Part keyed(Keyed join) {
        JoinWay way = way(join);
        Part bucketed = way == JoinWay.ONE_TASK ? null : bucketed(join);
        if (bucketed != null) {
            return bucketed;
        }
        planning.choices().add(new JoinCosts(join, planning).choice(way));
        return switch (way) {
            case ONE_TASK -> hash(join, join.left, join.right.node());
            case REDUCED -> reduced(join);
            case BROADCAST -> hash(join, join.left, Planning.broadcast(join.right.node()));
            case SHUFFLED, MERGE -> shuffled(join, way);
            case LOOP -> throw new IllegalArgumentException("loops over keys");
        };
    }

    private JoinWay way(Keyed join) {
        boolean single =
                join.left.distribution() instanceof Distribution.Single
                        && join.right.distribution() instanceof Distribution.Single;
        if (join.asked.isFor(Strategy.MERGE)) {
            return JoinWay.MERGE;
        }
        if (join.asked.isFor(Strategy.BROADCAST) || join.asked.isFor(Strategy.SHUFFLE_HASH)) {
            boolean broadcast = join.asked.isFor(Strategy.BROADCAST);
            return single ? JoinWay.ONE_TASK : broadcast ? JoinWay.BROADCAST : JoinWay.SHUFFLED;
        }
        JoinStrategy strategy = planning.settings().joinStrategy();
        if (single && strategy != JoinStrategy.MERGE) {
            return JoinWay.ONE_TASK;
        }
        boolean free = strategy == JoinStrategy.AUTO && join.asked.hint() == null;
        if (free && !single && isLopsided(join)) {
            return JoinWay.REDUCED;
        }
        boolean mayBroadcast = !join.type.keepsRight();
        boolean broadcast =
                switch (strategy) {
                    case AUTO -> mayBroadcast && fits(join.right) && !isTableTooLarge(join);
                    case BROADCAST -> mayBroadcast;
                    case HASH, MERGE -> false;
                };
        if (broadcast) {
            return JoinWay.BROADCAST;
        }
        return strategy == JoinStrategy.MERGE ? JoinWay.MERGE : JoinWay.SHUFFLED;
    }

    /**
     * Whether a LEFT join would build a large table to keep the rows of a small side: shuffled, it
     * builds the small one.
     */
    private static boolean isTableTooLarge(Keyed join) {
        return join.type == JoinType.LEFT
                && join.right.estimate().bytes() > LARGE_TABLE
                && join.right.estimate().rows() > LOPSIDED * join.left.estimate().rows();
    }

    /** A join of the same buckets of two tables; null when they have none in common. */
    private Part bucketed(Keyed join) {
        if (!mayUseBuckets(join)) {
            return null;
        }
        BucketedJoin.Answer answer =
                BucketedJoin.of(join.left.node(), join.right.node(), join.leftKeys, join.rightKeys);
        if (answer.join().isEmpty()) {
            if (answer.reason() != null) {
                planning.choices().add(withoutBuckets(join, answer.reason()));
            }
            return null;
        }
        BucketedJoin buckets = answer.join().get();
        if (join.asked.isFor(Strategy.MERGE) && !buckets.sorted()) {
            return null;
        }
        planning.choices().add(withBuckets(join, answer.reason()));
        Distribution together = new Distribution.Bucketed(join.leftKeys.get(buckets.key()));
        Part left = new Part(buckets.left(), together, join.left.estimate());
        return buckets.sorted()
                ? merged(join, left, buckets.right())
                : hash(join, left, buckets.right());
    }

    private boolean mayUseBuckets(Keyed join) {
        if (join.asked.hint() != null && !join.asked.isFor(Strategy.STREAM)) {
            return join.asked.isFor(Strategy.MERGE);
        }
        JoinStrategy strategy = planning.settings().joinStrategy();
        return strategy == JoinStrategy.AUTO || strategy == JoinStrategy.MERGE;
    }

    private static Choice withBuckets(Keyed join, String unsorted) {
        String reason =
                join.asked.isFor(Strategy.MERGE)
                        ? "the hint %s, and files are sorted".formatted(join.asked.hint())
                        : "files are sorted";
        Option merge = new Option("map-side merge join", 0, "bytes shuffled", reason);
        return new Choice(
                subject(join),
                unsorted == null
                        ? List.of(merge)
                        : List.of(
                                new Option(
                                        "hash join of each bucket",
                                        0,
                                        "bytes shuffled",
                                        "buckets are by the join key"),
                                new Option(merge.name(), Double.NaN, merge.unit(), unsorted)));
    }

    private static Choice withoutBuckets(Keyed join, String reason) {
        return new Choice(
                subject(join),
                List.of(
                        new Option("join without buckets", Double.NaN, "", ""),
                        new Option("map-side merge join", Double.NaN, "", reason)));
    }

    private static String subject(Keyed join) {
        return "buckets for the join on " + JoinCosts.keys(join);
    }

    /** Whether a semi- or anti-join has a small left side and a large right one. */
    private boolean isLopsided(Keyed join) {
        return !join.type.givesRight()
                && fits(join.left)
                && join.right.estimate().rows() > LOPSIDED * join.left.estimate().doubted().rows();
    }

    /**
     * A semi- or anti-join that builds no table of its large right side: of that side only the rows
     * that have a partner are kept first, by a semi-join with the left side, which is computed
     * once.
     *
     * <pre>
     * SemiJoin(left, right) → SemiJoin(left, SemiJoin(right, left))
     * </pre>
     */
    private Part reduced(Keyed join) {
        Part once = planning.once(join.left);
        PlanNode left = Planning.broadcast(once.node());
        PlanNode kept =
                new PlanNode.HashJoin(
                        join.right.node(),
                        left,
                        JoinType.SEMI,
                        join.rightKeys,
                        join.leftKeys,
                        join.nullsEqual,
                        null,
                        join.right.node().schema());
        return hash(join, once, Planning.broadcast(kept));
    }

    private Part shuffled(Keyed join, JoinWay way) {
        double bytes = join.left.estimate().bytes() + join.right.estimate().bytes();
        int partitions = planning.partitions(bytes);
        if (join.left.distribution() instanceof Distribution.Hashed hashed
                && hashed.keys().equals(join.leftKeys)) {
            partitions = hashed.partitions();
        } else if (join.right.distribution() instanceof Distribution.Hashed hashed
                && hashed.keys().equals(join.rightKeys)) {
            partitions = hashed.partitions();
        }
        Part left = byKeys(join.left, join.leftKeys, partitions);
        Part right = byKeys(join.right, join.rightKeys, partitions);
        if (way == JoinWay.SHUFFLED) {
            return hash(join, left, right.node());
        }
        Part sorted = left.with(new PlanNode.Sort(left.node(), ascending(join.leftKeys)));
        return merged(join, sorted, new PlanNode.Sort(right.node(), ascending(join.rightKeys)));
    }

    private static Part merged(Keyed join, Part left, PlanNode right) {
        PlanNode node =
                new PlanNode.MergeJoin(
                        left.node(),
                        right,
                        join.type,
                        join.leftKeys,
                        join.rightKeys,
                        join.nullsEqual,
                        join.residual,
                        schema(join));
        return new Part(node, distribution(join, left), left.estimate());
    }

    private static Part byKeys(Part part, List<Integer> keys, int partitions) {
        boolean already =
                part.distribution() instanceof Distribution.Hashed hashed
                        && hashed.keys().equals(keys)
                        && hashed.partitions() == partitions;
        return already ? part : Planning.hashed(part, keys, partitions);
    }

    private static List<SortKey> ascending(List<Integer> keys) {
        return keys.stream().map(key -> new SortKey(key, true, true)).toList();
    }

    private static Part hash(Keyed join, Part left, PlanNode right) {
        PlanNode.HashJoin node =
                new PlanNode.HashJoin(
                        left.node(),
                        right,
                        join.type,
                        join.leftKeys,
                        join.rightKeys,
                        join.nullsEqual,
                        join.residual,
                        schema(join));
        PlanNode asked = node.asked(join.asked.hint());
        return new Part(asked, distribution(join, left), left.estimate());
    }

    /** Left rows stay where they are; right rows without a partner have no left keys. */
    private static Distribution distribution(Keyed join, Part left) {
        return join.type.keepsRight() && !(left.distribution() instanceof Distribution.Single)
                ? Distribution.ARBITRARY
                : left.distribution();
    }

    private static Schema schema(Keyed join) {
        return schema(join.type, join.left.node().schema(), join.right.node().schema());
    }

    private static Schema schema(JoinType type, Schema left, Schema right) {
        if (!type.givesRight()) {
            return left;
        }
        return nullable(left, type.keepsRight())
                .concat(nullable(right, type == JoinType.LEFT || type == JoinType.FULL));
    }

    private static Schema nullable(Schema schema, boolean nullable) {
        return !nullable
                ? schema
                : new Schema(
                        schema.fields().stream()
                                .map(field -> new Field(field.name(), field.type(), true))
                                .toList());
    }

    /** A join as one of the sides exchanged. */
    private Part mirrored(
            JoinType type, Part left, Part right, Expr condition, Schema output, Asked asked) {
        int leftWidth = left.node().schema().size();
        int rightWidth = right.node().schema().size();
        int[] at = new int[leftWidth + rightWidth];
        for (int i = 0; i < at.length; i++) {
            at[i] = i < leftWidth ? rightWidth + i : i - leftWidth;
        }
        Expr exchanged = condition == null ? null : condition.remap(at);
        JoinType other = type.mirrored();
        Schema turned = schema(other, right.node().schema(), left.node().schema());
        Part joined = plan(other, right, left, exchanged, turned, asked);
        List<Expr> back = new ArrayList<>();
        for (int i = 0; i < at.length; i++) {
            back.add(new Expr.Input(at[i], turned.type(at[i])));
        }
        return Planning.project(joined, back, output);
    }

    private static Part loop(JoinType type, Part left, Part right, Expr condition, Schema output) {
        boolean always =
                condition instanceof Expr.Literal literal && Boolean.TRUE.equals(literal.value());
        Expr on = always ? null : condition;
        Schema schema = schema(type, left.node().schema(), right.node().schema());
        Part from = left;
        PlanNode with;
        if (type.keepsRight()) {
            from = Planning.single(left);
            with = Planning.single(right).node();
        } else if (left.distribution() instanceof Distribution.Single
                && right.distribution() instanceof Distribution.Single) {
            with = right.node();
        } else {
            with = Planning.broadcast(right.node());
        }
        JoinBounds bounds = on == null ? null : RangeConditions.of(on, left.node().schema().size());
        PlanNode node = new PlanNode.LoopJoin(from.node(), with, type, on, schema, bounds);
        List<Expr> same = Planning.inputs(schema, 0, schema.size());
        return Planning.project(new Part(node, from.distribution(), from.estimate()), same, output);
    }
}
