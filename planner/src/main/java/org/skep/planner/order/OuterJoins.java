package org.skep.planner.order;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Makes outer joins inner ones, or full ones left or right ones, where a condition above drops the
 * rows without a partner anyway: because it is not true when some column is null (Galindo-Legaria
 * and Rosenthal, 1997). The condition may be that of another join.
 *
 * <pre>
 * Filter(b.y > 1, LeftJoin(a, b))            → Filter(b.y > 1, Join(a, b))
 * Join(LeftJoin(a, b), c) on b.z = c.z       → Join(Join(a, b), c)
 * Filter(a.x > 1, FullJoin(a, b))            → Filter(a.x > 1, LeftJoin(a, b))
 * </pre>
 */
public final class OuterJoins {
    private OuterJoins() {}

    public static RelNode apply(RelNode root) {
        return visit(root, ImmutableBitSet.of());
    }

    /**
     * @param wanted columns that are null only in rows that are dropped above
     */
    private static RelNode visit(RelNode node, ImmutableBitSet wanted) {
        if (node instanceof Join join) {
            return join(join, wanted);
        }
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            inputs.add(visit(input, wantedBelow(node, wanted)));
        }
        return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }

    private static ImmutableBitSet wantedBelow(RelNode node, ImmutableBitSet wanted) {
        if (node instanceof Filter filter) {
            return wanted.union(rejected(filter.getCondition()));
        }
        if (node instanceof Project project && !project.containsOver()) {
            ImmutableBitSet.Builder below = ImmutableBitSet.builder();
            for (int column : wanted) {
                int index = Columns.index(project.getProjects().get(column));
                if (index >= 0) {
                    below.set(index);
                }
            }
            return below.build();
        }
        if (node instanceof Aggregate aggregate
                && aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
            ImmutableBitSet.Builder below = ImmutableBitSet.builder();
            for (int column : wanted) {
                if (column < aggregate.getGroupCount()) {
                    below.set(aggregate.getGroupSet().nth(column));
                }
            }
            return below.build();
        }
        return ImmutableBitSet.of();
    }

    private static RelNode join(Join join, ImmutableBitSet wanted) {
        int left = join.getLeft().getRowType().getFieldCount();
        int right = join.getRight().getRowType().getFieldCount();
        ImmutableBitSet lefts = ImmutableBitSet.range(left);
        ImmutableBitSet rights = ImmutableBitSet.range(left, left + right);
        JoinRelType type = join.getJoinType();
        if (type.projectsRight()) {
            if (type.generatesNullsOnLeft() && wanted.intersects(lefts)) {
                type = type.cancelNullsOnLeft();
            }
            if (type.generatesNullsOnRight() && wanted.intersects(rights)) {
                type = type.cancelNullsOnRight();
            }
        }
        ImmutableBitSet matched = rejected(join.getCondition());
        ImmutableBitSet ofLeft = wanted.intersect(lefts);
        ImmutableBitSet ofRight =
                type.projectsRight() ? wanted.intersect(rights) : ImmutableBitSet.of();
        if (type == JoinRelType.INNER || type == JoinRelType.SEMI || type == JoinRelType.RIGHT) {
            ofLeft = ofLeft.union(matched.intersect(lefts));
        }
        if (type != JoinRelType.RIGHT && type != JoinRelType.FULL) {
            ofRight = ofRight.union(matched.intersect(rights));
        }
        RelNode newLeft = visit(join.getLeft(), ofLeft);
        RelNode newRight = visit(join.getRight(), ofRight.shift(-left));
        if (type == join.getJoinType()
                && newLeft == join.getLeft()
                && newRight == join.getRight()) {
            return join;
        }
        RelNode simpler =
                join.copy(
                        join.getTraitSet(),
                        join.getCondition(),
                        newLeft,
                        newRight,
                        type,
                        join.isSemiJoinDone());
        // whoever reads its columns takes them for nullable still
        return RelOptUtil.createCastRel(simpler, join.getRowType(), true);
    }

    /** The columns of which none is null where the condition is true. */
    private static ImmutableBitSet rejected(RexNode condition) {
        ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            for (int column : RelOptUtil.InputFinder.bits(conjunct)) {
                if (Strong.isNotTrue(conjunct, ImmutableBitSet.of(column))) {
                    columns.set(column);
                }
            }
        }
        return columns.build();
    }
}
