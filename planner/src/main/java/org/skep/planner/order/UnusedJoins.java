package org.skep.planner.order;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Leaves out a LEFT join when nobody reads its right side, of which no left row has more than one
 * partner: the groups of an aggregate by the keys of the join.
 *
 * <pre>
 * Project(a.x, LeftJoin(a, Aggregate(b by k)) on a.k = k) → Project(a.x, a)
 * </pre>
 */
public final class UnusedJoins {
    private UnusedJoins() {}

    public static RelNode apply(RelNode node) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode seen =
                inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        if (seen instanceof Project project
                && project.getInput() instanceof Join join
                && join.getJoinType() == JoinRelType.LEFT
                && isUnused(project, join)) {
            return apply(
                    LogicalProject.create(
                            join.getLeft(),
                            project.getHints(),
                            project.getProjects(),
                            project.getRowType().getFieldNames(),
                            Set.of()));
        }
        return seen;
    }

    private static boolean isUnused(Project project, Join join) {
        int left = join.getLeft().getRowType().getFieldCount();
        ImmutableBitSet read = RelOptUtil.InputFinder.bits(project.getProjects(), null);
        if (read.length() > left) {
            return false;
        }
        return isOneAtMost(join.getRight(), new HashSet<>(join.analyzeCondition().rightKeys));
    }

    /** Whether no two rows are alike in the columns. */
    private static boolean isOneAtMost(RelNode node, Set<Integer> columns) {
        if (node instanceof Filter filter) {
            return isOneAtMost(filter.getInput(), columns);
        }
        if (node instanceof Project project) {
            Set<Integer> below = new HashSet<>();
            for (int column : columns) {
                int index = Columns.index(project.getProjects().get(column));
                if (index >= 0) { // what is computed tells no rows apart
                    below.add(index);
                }
            }
            return isOneAtMost(project.getInput(), below);
        }
        if (!(node instanceof Aggregate aggregate)
                || aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
            return false;
        }
        for (int key = 0; key < aggregate.getGroupCount(); key++) {
            if (!columns.contains(key)) {
                return false;
            }
        }
        return true;
    }
}
