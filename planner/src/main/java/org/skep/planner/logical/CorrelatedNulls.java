package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Keeps Calcite's decorrelator from taking correlated columns for never null: it believes what a
 * join's condition says also of the rows that an outer or an anti-join keeps without a match, what
 * is below grouping sets of their totals, and fails at aggregates. Their rows would find no row of
 * a correlated count. While it works, such columns are hidden in a function that it knows nothing
 * about.
 *
 * <pre>
 * Correlate(a, b) → Correlate(Project($nullable(a.x), a.y, a), b)
 * </pre>
 */
final class CorrelatedNulls {
    private static final SqlFunction HIDDEN =
            new SqlFunction(
                    "$nullable",
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.ARG0,
                    null,
                    OperandTypes.ANY,
                    SqlFunctionCategory.SYSTEM);

    private CorrelatedNulls() {}

    static RelNode hide(RelNode root) {
        return root.accept(
                new RelHomogeneousShuttle() {
                    @Override
                    public RelNode visit(RelNode other) {
                        RelNode seen = super.visit(other);
                        return seen instanceof LogicalCorrelate correlate
                                ? hidden(correlate)
                                : seen;
                    }
                });
    }

    static RelNode show(RelNode root) {
        RexShuttle showing =
                new RexShuttle() {
                    @Override
                    public RexNode visitCall(RexCall call) {
                        RexNode seen = super.visitCall(call);
                        return seen instanceof RexCall hidden && hidden.getOperator() == HIDDEN
                                ? hidden.getOperands().get(0)
                                : seen;
                    }
                };
        return root.accept(
                new RelHomogeneousShuttle() {
                    @Override
                    public RelNode visit(RelNode other) {
                        return super.visit(other).accept(showing);
                    }
                });
    }

    private static RelNode hidden(LogicalCorrelate correlate) {
        RelNode left = correlate.getLeft();
        RexBuilder rex = left.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>(rex.identityProjects(left.getRowType()));
        boolean any = false;
        for (int column : correlate.getRequiredColumns()) {
            // a name of a query further out that Calcite gave to this one; it says so later
            if (column >= columns.size()) {
                continue;
            }
            RexNode value = columns.get(column);
            if (value.getType().isNullable() && isMistaken(left, column, false)) {
                columns.set(column, rex.makeCall(value.getType(), HIDDEN, List.of(value)));
                any = true;
            }
        }
        if (!any) {
            return correlate;
        }
        RelNode project =
                LogicalProject.create(
                        left, List.of(), columns, left.getRowType().getFieldNames(), Set.of());
        return correlate.copy(correlate.getTraitSet(), List.of(project, correlate.getRight()));
    }

    /**
     * Whether Calcite may say wrongly of a column that it is never null.
     *
     * @param joined whether what is above becomes joins
     */
    private static boolean isMistaken(RelNode node, int column, boolean joined) {
        if (node instanceof Project project) {
            return project.getProjects().get(column) instanceof RexInputRef ref
                    && isMistaken(project.getInput(), ref.getIndex(), joined);
        }
        if (node instanceof Filter filter) {
            return !Strong.isNotTrue(filter.getCondition(), ImmutableBitSet.of(column))
                    && isMistaken(filter.getInput(), column, joined);
        }
        if (node instanceof Correlate correlate) {
            return column >= correlate.getLeft().getRowType().getFieldCount()
                    || isMistaken(correlate.getLeft(), column, true);
        }
        return joined || node instanceof Join || node instanceof Aggregate;
    }
}
