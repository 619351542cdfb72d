package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;

/**
 * Partitions windows of correlated queries by the outer columns that their rows depend on. When a
 * correlation becomes a join the rows for all outer rows stand in one table.
 *
 * <pre>
 * Project(row_number() OVER (ORDER BY n), Filter(k > $cor0.x, c))
 *     → Project(row_number() OVER (PARTITION BY $cor0.x ORDER BY n), Filter(k > $cor0.x, c))
 * </pre>
 */
final class CorrelatedWindows {
    private CorrelatedWindows() {}

    static RelNode apply(RelNode root) {
        return root.accept(
                new RelHomogeneousShuttle() {
                    @Override
                    public RelNode visit(RelNode other) {
                        RelNode seen = super.visit(other);
                        return seen instanceof LogicalProject project && project.containsOver()
                                ? partitioned(project)
                                : seen;
                    }
                });
    }

    private static RelNode partitioned(LogicalProject project) {
        List<RexFieldAccess> outer = OuterVariables.of(project.getInput());
        if (outer.isEmpty()) {
            return project;
        }
        RexBuilder rex = project.getCluster().getRexBuilder();
        return project.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitOver(RexOver over) {
                        RexWindow window = over.getWindow();
                        List<RexNode> keys = new ArrayList<>(window.partitionKeys);
                        keys.addAll(outer);
                        return rex.makeOver(
                                over.getType(),
                                over.getAggOperator(),
                                over.getOperands(),
                                keys,
                                window.orderKeys,
                                window.getLowerBound(),
                                window.getUpperBound(),
                                window.getExclude(),
                                window.isRows(),
                                true,
                                false,
                                over.isDistinct(),
                                over.ignoreNulls());
                    }
                });
    }
}
