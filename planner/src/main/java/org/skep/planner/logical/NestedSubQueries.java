package org.skep.planner.logical;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Works out subqueries below where Calcite's rules for them go wrong. What a subquery is compared
 * with may have a subquery itself: of both they would make one correlation, whose left side then
 * refers to it. And of an IN whose truth is a value to other functions they would take the unknown
 * for false.
 *
 * <pre>
 * Filter((SELECT … $cor0 …) IN (query), a)
 *     → Project(a.*, Filter($v IN (query), Project(a.*, (SELECT … $cor1 …) AS $v, a)))
 * Filter(f = (k IN (query)), a)
 *     → Project(a.*, Filter(f = $v, Project(a.*, k IN (query) AS $v, a)))
 * </pre>
 */
final class NestedSubQueries {
    private NestedSubQueries() {}

    static RelNode apply(RelNode node) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode seen =
                inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        if (seen instanceof LogicalFilter filter) {
            return filter(filter);
        }
        return seen instanceof LogicalProject project ? project(project) : seen;
    }

    private static RelNode filter(LogicalFilter filter) {
        Hoisting hoisting = new Hoisting(filter.getRowType().getFieldCount());
        RexNode condition = filter.getCondition().accept(hoisting);
        if (hoisting.operands.isEmpty()) {
            return condition.equals(filter.getCondition())
                    ? filter
                    : filter.copy(filter.getTraitSet(), filter.getInput(), condition);
        }
        RelNode below = below(filter.getInput(), hoisting.operands, filter.getVariablesSet());
        RelNode filtered =
                LogicalFilter.create(
                        below, condition, ImmutableSet.copyOf(filter.getVariablesSet()));
        RexBuilder rex = filter.getCluster().getRexBuilder();
        return LogicalProject.create(
                filtered,
                List.of(),
                rex.identityProjects(filter.getRowType()),
                filter.getRowType().getFieldNames(),
                Set.of());
    }

    private static LogicalProject project(LogicalProject project) {
        Hoisting hoisting = new Hoisting(project.getInput().getRowType().getFieldCount());
        List<RexNode> columns = new ArrayList<>();
        for (RexNode column : project.getProjects()) {
            columns.add(column.accept(hoisting));
        }
        if (hoisting.operands.isEmpty() && columns.equals(project.getProjects())) {
            return project;
        }
        RelNode input =
                hoisting.operands.isEmpty()
                        ? project.getInput()
                        : below(project.getInput(), hoisting.operands, project.getVariablesSet());
        return LogicalProject.create(
                input,
                project.getHints(),
                columns,
                project.getRowType().getFieldNames(),
                project.getVariablesSet());
    }

    /** {@code input} with the operands as columns behind its own. */
    private static RelNode below(
            RelNode input, List<RexNode> operands, Set<CorrelationId> variables) {
        CorrelationId fresh = input.getCluster().createCorrel();
        RexBuilder rex = input.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>(rex.identityProjects(input.getRowType()));
        List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
        for (RexNode operand : operands) {
            columns.add(operand.accept(new Renaming(rex, variables, fresh)));
            names.add("$v" + names.size());
        }
        return project(LogicalProject.create(input, List.of(), columns, names, Set.of(fresh)));
    }

    /** Puts columns in the place of operands that have a subquery, and of INs that are operands. */
    private static final class Hoisting extends RexShuttle {
        private final int width;
        private final List<RexNode> operands = new ArrayList<>();

        /** Within a call that is not one of logic. */
        private boolean isOperand;

        Hoisting(int width) {
            this.width = width;
        }

        @Override
        public RexNode visitCall(RexCall call) {
            boolean before = isOperand;
            isOperand |= !isLogic(call.getKind());
            RexNode seen = super.visitCall(call);
            isOperand = before;
            return seen;
        }

        private static boolean isLogic(SqlKind kind) {
            return switch (kind) {
                case AND,
                        OR,
                        NOT,
                        IS_NULL,
                        IS_NOT_NULL,
                        IS_TRUE,
                        IS_NOT_TRUE,
                        IS_FALSE,
                        IS_NOT_FALSE ->
                        true;
                default -> false;
            };
        }

        private RexNode hoisted(RexNode expression) {
            operands.add(expression);
            return new RexInputRef(width + operands.size() - 1, expression.getType());
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            if (isOperand && (query.getKind() == SqlKind.IN || query.getKind() == SqlKind.SOME)) {
                return hoisted(query);
            }
            List<RexNode> compared = new ArrayList<>();
            for (RexNode operand : query.getOperands()) {
                compared.add(
                        RexUtil.SubQueryFinder.find(operand) == null ? operand : hoisted(operand));
            }
            RelNode rel = NestedSubQueries.apply(query.rel);
            RexSubQuery seen = rel == query.rel ? query : query.clone(rel);
            return compared.equals(query.getOperands())
                    ? seen
                    : seen.clone(query.getType(), compared);
        }
    }

    /** Lets expressions refer to another correlation variable, in their subqueries too. */
    private static final class Renaming extends RexShuttle {
        private final RexBuilder rex;
        private final Set<CorrelationId> from;
        private final CorrelationId to;

        Renaming(RexBuilder rex, Set<CorrelationId> from, CorrelationId to) {
            this.rex = rex;
            this.from = from;
            this.to = to;
        }

        @Override
        public RexNode visitCorrelVariable(RexCorrelVariable variable) {
            return from.contains(variable.id) ? rex.makeCorrel(variable.getType(), to) : variable;
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            RexSubQuery seen = (RexSubQuery) super.visitSubQuery(query);
            RexShuttle renaming = this;
            return seen.clone(
                    seen.rel.accept(
                            new RelHomogeneousShuttle() {
                                @Override
                                public RelNode visit(RelNode other) {
                                    return super.visit(other).accept(renaming);
                                }
                            }));
        }
    }
}
