package org.skep.planner.logical;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Turns EXISTS, NOT EXISTS and IN of a WHERE into semi- and anti-joins, as far as the subquery
 * refers to the outer query in its own WHERE only; what is left is decorrelated in general.
 *
 * <pre>
 * Filter(EXISTS(Filter(b.x = a.x AND b.y > 1, b)), a) → SemiJoin(a, b) on a.x = b.x AND b.y > 1
 * Filter(a.x IN (query), a)                           → SemiJoin(a, query) on a.x = its column
 * </pre>
 *
 * NOT IN is left alone: a null among the subquery's rows makes it false for every row.
 */
final class SemiJoins {
    private SemiJoins() {}

    static RelNode apply(RelNode node) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode seen =
                inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        return seen instanceof LogicalFilter filter ? filter(filter) : seen;
    }

    private static RelNode filter(LogicalFilter filter) {
        List<RexNode> plain = new ArrayList<>();
        List<RexNode> rest = new ArrayList<>();
        List<Wanted> joins = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            Optional<Wanted> wanted = wanted(filter, condition);
            if (wanted.isPresent()) {
                joins.add(wanted.get());
            } else {
                (hasSubQuery(condition) ? rest : plain).add(condition);
            }
        }
        if (joins.isEmpty()) {
            return filter;
        }
        RexBuilder rex = filter.getCluster().getRexBuilder();
        RelNode left = filter.getInput();
        if (!plain.isEmpty()) {
            left = LogicalFilter.create(left, RexUtil.composeConjunction(rex, plain));
        }
        for (Wanted join : joins) {
            left =
                    LogicalJoin.create(
                            left, join.right, List.of(), join.condition, Set.of(), join.type);
        }
        return rest.isEmpty()
                ? left
                : LogicalFilter.create(
                        left,
                        RexUtil.composeConjunction(rex, rest),
                        ImmutableSet.copyOf(filter.getVariablesSet()));
    }

    /** A semi- or anti-join; the condition is over left columns, then right ones. */
    private record Wanted(JoinRelType type, RelNode right, RexNode condition) {}

    private static Optional<Wanted> wanted(LogicalFilter filter, RexNode condition) {
        if (condition instanceof RexSubQuery query && query.getKind() == SqlKind.EXISTS) {
            return exists(filter, query, JoinRelType.SEMI);
        }
        if (condition.getKind() == SqlKind.NOT
                && ((RexCall) condition).getOperands().get(0) instanceof RexSubQuery query
                && query.getKind() == SqlKind.EXISTS) {
            return exists(filter, query, JoinRelType.ANTI);
        }
        if (condition instanceof RexSubQuery query && query.getKind() == SqlKind.IN) {
            return in(filter, query);
        }
        return Optional.empty();
    }

    private static Optional<Wanted> exists(
            LogicalFilter filter, RexSubQuery query, JoinRelType type) {
        RelNode below = query.rel;
        while (below instanceof Project
                || below instanceof Sort sort && sort.fetch == null && sort.offset == null) {
            below = below.getInput(0);
        }
        return join(filter, below, List.of(), type);
    }

    private static Optional<Wanted> in(LogicalFilter filter, RexSubQuery query) {
        if (query.getOperands().stream().anyMatch(SemiJoins::hasSubQuery)) {
            return Optional.empty();
        }
        RexBuilder rex = filter.getCluster().getRexBuilder();
        int width = filter.getRowType().getFieldCount();
        boolean plain = RelOptUtil.getVariablesUsed(query.rel).isEmpty();
        List<RexNode> equal = new ArrayList<>();
        RelNode right = query.rel;
        if (!plain) {
            if (!(right instanceof Project project)
                    || project.containsOver()
                    || project.getProjects().stream().anyMatch(SemiJoins::hasSubQuery)) {
                return Optional.empty();
            }
            for (int i = 0; i < query.getOperands().size(); i++) {
                RexNode value = RexUtil.shift(project.getProjects().get(i), width);
                RexNode outer = correlated(filter, value);
                if (outer == null) {
                    return Optional.empty();
                }
                equal.add(
                        rex.makeCall(
                                SqlStdOperatorTable.EQUALS, query.getOperands().get(i), outer));
            }
            return join(filter, project.getInput(), equal, JoinRelType.SEMI);
        }
        right = apply(right);
        for (int i = 0; i < query.getOperands().size(); i++) {
            RexNode value =
                    new RexInputRef(width + i, right.getRowType().getFieldList().get(i).getType());
            equal.add(rex.makeCall(SqlStdOperatorTable.EQUALS, query.getOperands().get(i), value));
        }
        return Optional.of(
                new Wanted(JoinRelType.SEMI, right, RexUtil.composeConjunction(rex, equal)));
    }

    /** Joins on the conditions of the filters on top of {@code below}; what is below is plain. */
    private static Optional<Wanted> join(
            LogicalFilter filter, RelNode below, List<RexNode> also, JoinRelType type) {
        int width = filter.getRowType().getFieldCount();
        List<RexNode> on = new ArrayList<>(also);
        List<RexNode> own = new ArrayList<>();
        RelNode right = below;
        while (right instanceof Filter inner) {
            for (RexNode condition : RelOptUtil.conjunctions(inner.getCondition())) {
                if (!refersTo(filter, condition)) {
                    own.add(condition);
                    continue;
                }
                RexNode moved =
                        hasSubQuery(condition)
                                ? null
                                : correlated(filter, RexUtil.shift(condition, width));
                if (moved == null) {
                    return Optional.empty();
                }
                on.add(moved);
            }
            if (own.stream().anyMatch(SemiJoins::hasSubQuery)
                    && !inner.getVariablesSet().isEmpty()) {
                return Optional.empty();
            }
            right = inner.getInput();
        }
        if (!RelOptUtil.getVariablesUsed(right).isEmpty()) {
            return Optional.empty();
        }
        RexBuilder rex = filter.getCluster().getRexBuilder();
        RelNode filtered =
                own.isEmpty()
                        ? right
                        : LogicalFilter.create(right, RexUtil.composeConjunction(rex, own));
        return Optional.of(new Wanted(type, apply(filtered), RexUtil.composeConjunction(rex, on)));
    }

    private static boolean hasSubQuery(RexNode expression) {
        return RexUtil.SubQueryFinder.find(expression) != null;
    }

    private static boolean refersTo(LogicalFilter filter, RexNode condition) {
        boolean[] found = new boolean[1];
        condition.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitCorrelVariable(RexCorrelVariable variable) {
                        found[0] |= filter.getVariablesSet().contains(variable.id);
                        return variable;
                    }

                    @Override
                    public RexNode visitSubQuery(RexSubQuery query) {
                        found[0] |=
                                RelOptUtil.getVariablesUsed(query.rel).stream()
                                        .anyMatch(filter.getVariablesSet()::contains);
                        return super.visitSubQuery(query);
                    }
                });
        return found[0];
    }

    /** Correlated fields as left columns; null when it refers to yet another query. */
    private static RexNode correlated(LogicalFilter filter, RexNode expression) {
        boolean[] foreign = new boolean[1];
        RexNode moved =
                expression.accept(
                        new RexShuttle() {
                            @Override
                            public RexNode visitFieldAccess(RexFieldAccess access) {
                                if (access.getReferenceExpr() instanceof RexCorrelVariable v) {
                                    foreign[0] |= !filter.getVariablesSet().contains(v.id);
                                    return new RexInputRef(
                                            access.getField().getIndex(), access.getType());
                                }
                                return super.visitFieldAccess(access);
                            }
                        });
        return foreign[0] ? null : moved;
    }
}
