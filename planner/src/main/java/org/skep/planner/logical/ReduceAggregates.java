package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.skep.planner.estimate.Estimate;
import org.skep.planner.estimate.Estimate.Confidence;
import org.skep.planner.estimate.Estimator;
import org.skep.planner.order.Hinted;

/**
 * Aggregates only the groups that a join will keep: what a correlated subquery such as {@code
 * (SELECT avg(x) FROM t WHERE t.k = p.k)} means once it has become a join (TPC-H 2, 17, 20). After
 * the "magic sets" of Mumick and others (1990).
 *
 * <pre>
 * Join(Aggregate(t by k), p) on k = p.k → Join(Aggregate(SemiJoin(t, p) on k = p.k by k), p) on k = p.k
 * </pre>
 */
final class ReduceAggregates {
    /** It pays when at most this share of the groups is kept. */
    private static final double SHARE = 0.3;

    /** The other side is small when it has at most this share of the rows. */
    private static final double SMALL = 0.25;

    /** The same of all rows that there may be, when nothing is certain. */
    private static final double HALF = 0.5;

    private final Estimator estimator = new Estimator();

    static RelNode apply(RelNode root) {
        return new ReduceAggregates().visit(root);
    }

    private RelNode visit(RelNode node) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            inputs.add(visit(input));
        }
        RelNode seen =
                inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        if (!(seen instanceof Join join) || join.getJoinType() != JoinRelType.INNER) {
            return seen;
        }
        List<Integer> leftKeys = new ArrayList<>();
        List<Integer> rightKeys = new ArrayList<>();
        List<Boolean> strict = new ArrayList<>(); // false where nulls are equal
        RelOptUtil.splitJoinCondition(
                join.getLeft(), join.getRight(), join.getCondition(), leftKeys, rightKeys, strict);
        if (leftKeys.isEmpty()) {
            return seen;
        }
        RelNode left =
                reduced(join.getLeft(), leftKeys, new Other(join.getRight(), rightKeys, strict));
        if (left != null) {
            return join.copy(join.getTraitSet(), List.of(left, join.getRight()));
        }
        RelNode right =
                reduced(join.getRight(), rightKeys, new Other(join.getLeft(), leftKeys, strict));
        return right == null ? seen : join.copy(join.getTraitSet(), List.of(join.getLeft(), right));
    }

    /**
     * The side of a join whose keys say which groups are kept.
     *
     * @param strict for each key whether no null equals it
     */
    private record Other(RelNode node, List<Integer> keys, List<Boolean> strict) {}

    /** The columns below a projection that these are; null when one of them is computed. */
    private static List<Integer> below(Project project, List<Integer> columns) {
        List<Integer> below = new ArrayList<>();
        for (int column : columns) {
            if (!(project.getProjects().get(column) instanceof RexInputRef ref)) {
                return null;
            }
            below.add(ref.getIndex());
        }
        return below;
    }

    /**
     * The part of a join that the keys come from, as long as it drops rows itself: the other parts
     * would drop more, but cost more to ask.
     */
    private Other closer(Other other) {
        List<Integer> keys = other.keys;
        RelNode below = null;
        if (other.node instanceof Project project) {
            keys = below(project, other.keys);
            below = keys == null ? null : project.getInput();
        } else if (other.node instanceof Join join && !join.getJoinType().generatesNullsOnLeft()) {
            int left = join.getLeft().getRowType().getFieldCount();
            if (keys.stream().allMatch(key -> key < left)) {
                below = join.getLeft();
            } else if (join.getJoinType() == JoinRelType.INNER
                    && keys.stream().allMatch(key -> key >= left)) {
                below = join.getRight();
                keys = keys.stream().map(key -> key - left).toList();
            }
        }
        if (below == null) {
            return other;
        }
        Other found = closer(new Other(below, keys, other.strict));
        Estimate rows = estimator.of(found.node);
        return rows.rows() < rows.most() && rows.most() < estimator.of(other.node).most()
                ? found
                : other;
    }

    /**
     * Also where the number of groups is not known well: as long as the other side drops rows, and
     * is small even if it dropped none, asking it costs little of what aggregating all would.
     */
    private boolean pays(Aggregate aggregate, List<Integer> keys, Other other) {
        Estimate kept = estimator.of(other.node);
        double wanted = Estimator.distinct(kept, other.keys);
        double groups = Estimator.distinct(estimator.of(aggregate), keys);
        Estimate input = estimator.of(aggregate.getInput());
        double most =
                kept.confidence() == Confidence.SAMPLED
                        ? HALF * input.most()
                        : SMALL * input.rows();
        if (wanted <= SHARE * groups) {
            return true;
        }
        // a semi-join with few rows keeps few, whatever their number is said to be
        boolean semi = isSemiJoin(other.node);
        double may = semi ? SHARE * kept.most() : kept.most();
        return (semi || kept.rows() < kept.most()) && may <= most;
    }

    private static boolean isSemiJoin(RelNode node) {
        return node instanceof Project project
                ? isSemiJoin(project.getInput())
                : node instanceof Join join && join.getJoinType() == JoinRelType.SEMI;
    }

    /** {@code side} with fewer groups, or null. */
    private RelNode reduced(RelNode side, List<Integer> allKeys, Other all) {
        if (side instanceof Project project) {
            List<Integer> below = below(project, allKeys);
            RelNode input = below == null ? null : reduced(project.getInput(), below, all);
            return input == null ? null : project.copy(project.getTraitSet(), List.of(input));
        }
        if (!(side instanceof Aggregate aggregate) || aggregate.getGroupSets().size() != 1) {
            return null;
        }
        List<Integer> keys = new ArrayList<>();
        Other other = new Other(all.node, new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < allKeys.size(); i++) {
            if (allKeys.get(i) < aggregate.getGroupCount()) { // others say nothing of the group
                keys.add(allKeys.get(i));
                other.keys.add(all.keys.get(i));
                other.strict.add(all.strict.get(i));
            }
        }
        other = closer(other);
        if (keys.isEmpty() || !pays(aggregate, keys, other)) {
            return null;
        }
        RelNode input = aggregate.getInput();
        RexBuilder rex = input.getCluster().getRexBuilder();
        int width = input.getRowType().getFieldCount();
        List<RexNode> equal = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            int column = aggregate.getGroupSet().nth(keys.get(i));
            RexNode mine = rex.makeInputRef(input, column);
            RexNode theirs =
                    new RexInputRef(
                            width + other.keys.get(i),
                            other.node
                                    .getRowType()
                                    .getFieldList()
                                    .get(other.keys.get(i))
                                    .getType());
            equal.add(
                    rex.makeCall(
                            other.strict.get(i)
                                    ? SqlStdOperatorTable.EQUALS
                                    : SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
                            mine,
                            theirs));
        }
        RelNode kept =
                LogicalJoin.create(
                        input,
                        Hinted.without(other.node),
                        List.of(),
                        RexUtil.composeConjunction(rex, equal),
                        Set.of(),
                        JoinRelType.SEMI);
        return aggregate.copy(aggregate.getTraitSet(), List.of(kept));
    }
}
