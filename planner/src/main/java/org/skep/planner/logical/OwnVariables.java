package org.skep.planner.logical;

import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * Names a correlation for projections whose subqueries refer to queries further out only. Without
 * any of its own, Calcite's rule takes those that a subquery uses for the projection's, and would
 * correlate the subquery with columns of the wrong query.
 */
final class OwnVariables extends RelHomogeneousShuttle {
    private static final RexShuttle INSIDE =
            new RexShuttle() {
                @Override
                public RexNode visitSubQuery(RexSubQuery query) {
                    RexSubQuery compared = (RexSubQuery) super.visitSubQuery(query);
                    RelNode rel = OwnVariables.apply(query.rel);
                    return rel == query.rel ? compared : compared.clone(rel);
                }
            };

    private OwnVariables() {}

    static RelNode apply(RelNode root) {
        return root.accept(new OwnVariables());
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode seen = super.visit(other).accept(INSIDE);
        return seen instanceof LogicalProject project
                        && project.getVariablesSet().isEmpty()
                        && RexUtil.SubQueryFinder.find(project.getProjects()) != null
                ? LogicalProject.create(
                        project.getInput(),
                        project.getHints(),
                        project.getProjects(),
                        project.getRowType().getFieldNames(),
                        Set.of(project.getCluster().createCorrel()))
                : seen;
    }
}
