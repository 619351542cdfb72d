package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Keeps the one row of aggregates without keys that are branches of a UNION, INTERSECT or EXCEPT in
 * a correlated query: Calcite's decorrelator makes groups of them, which are not there without rows
 * except beside a correlation.
 *
 * <pre>
 * Union(Aggregate({}, query of $cor0.x), b)
 *     → Union(Correlate(one row, Aggregate({}, query of $cor0.x)), b)
 * </pre>
 */
final class CorrelatedUnions {
    private CorrelatedUnions() {}

    static RelNode apply(RelNode root) {
        return root.accept(
                new RelHomogeneousShuttle() {
                    @Override
                    public RelNode visit(RelNode other) {
                        RelNode seen = super.visit(other);
                        if (!(seen instanceof SetOp)) {
                            return seen;
                        }
                        List<RelNode> branches = new ArrayList<>();
                        for (RelNode branch : seen.getInputs()) {
                            branches.add(isOneRow(branch) ? besideOneRow(branch) : branch);
                        }
                        return branches.equals(seen.getInputs())
                                ? seen
                                : seen.copy(seen.getTraitSet(), branches);
                    }
                });
    }

    private static boolean isOneRow(RelNode branch) {
        RelNode below = branch;
        while (below instanceof Project project && !project.containsOver()) {
            below = below.getInput(0);
        }
        return below instanceof Aggregate aggregate
                && aggregate.getGroupCount() == 0
                && !OuterVariables.of(branch).isEmpty();
    }

    private static RelNode besideOneRow(RelNode branch) {
        RexBuilder rex = branch.getCluster().getRexBuilder();
        RelNode joined =
                LogicalCorrelate.create(
                        LogicalValues.createOneRow(branch.getCluster()),
                        branch,
                        List.of(),
                        branch.getCluster().createCorrel(),
                        ImmutableBitSet.of(),
                        JoinRelType.LEFT);
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < branch.getRowType().getFieldCount(); i++) {
            columns.add(
                    rex.ensureType(
                            branch.getRowType().getFieldList().get(i).getType(),
                            rex.makeInputRef(joined, i + 1),
                            true));
        }
        return LogicalProject.create(
                joined, List.of(), columns, branch.getRowType().getFieldNames(), Set.of());
    }
}
