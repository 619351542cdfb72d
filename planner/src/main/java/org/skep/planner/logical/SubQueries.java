package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Turns subqueries and correlations into joins, innermost first: EXISTS and IN that a WHERE demands
 * into semi-joins, their negations into anti-joins as far as no null is in play, all others into
 * columns beside the rows ({@link SubQueryColumns}).
 *
 * <pre>
 * Filter(EXISTS(Filter(b.x = $0.x, b)), a) → SemiJoin(a, b) on a.x = b.x
 * Filter(x IN (query), a)                  → SemiJoin(a, query) on a.x = its column
 * Project((SELECT max(y) …) + 1, a)        → Project(m + 1, LeftJoin(a, …))
 * Correlate(a, b)                          → Join(a, b)
 * </pre>
 */
final class SubQueries {
    private SubQueries() {}

    static RelNode apply(RelNode node) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode seen =
                inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        if (seen instanceof LogicalCorrelate correlate) {
            return DependentJoin.of(
                    correlate.getLeft(),
                    correlate.getRight(),
                    correlate.getJoinType(),
                    Set.of(correlate.getCorrelationId()));
        }
        if (seen instanceof LogicalFilter filter && contains(filter.getCondition())) {
            return filtered(filter.getInput(), filter.getCondition(), filter.getVariablesSet());
        }
        if (seen instanceof LogicalProject project
                && project.getProjects().stream().anyMatch(SubQueries::contains)) {
            return project(project);
        }
        if (seen instanceof LogicalJoin join && contains(join.getCondition())) {
            return new SubQueriesOfJoin(join).joined();
        }
        return seen instanceof UnnestRel unnest ? unnest(unnest) : seen;
    }

    /** The tree of a subquery, without any itself. */
    static RelNode inside(RexSubQuery query) {
        return apply(Unnesting.apply(query.rel));
    }

    static boolean contains(RexNode expression) {
        return RexUtil.SubQueryFinder.find(expression) != null;
    }

    private static RelNode project(LogicalProject project) {
        SubQueryColumns columns =
                new SubQueryColumns(project.getInput(), project.getVariablesSet());
        List<RexNode> values = columns.of(project.getProjects());
        return LogicalProject.create(
                columns.rows(),
                project.getHints(),
                values,
                project.getRowType().getFieldNames(),
                Set.of());
    }

    private static RelNode unnest(UnnestRel unnest) {
        if (unnest.collections().stream().noneMatch(SubQueries::contains)) {
            return unnest;
        }
        int width = unnest.getInput().getRowType().getFieldCount();
        SubQueryColumns columns = new SubQueryColumns(unnest.getInput(), Set.of());
        List<RexNode> collections = columns.of(unnest.collections());
        RelNode wide =
                UnnestRel.create(columns.rows(), collections, unnest.outer(), unnest.ordinality());
        RexBuilder rex = unnest.getCluster().getRexBuilder();
        List<RexNode> own = new ArrayList<>(rex.identityProjects(wide.getRowType()));
        own.subList(width, columns.rows().getRowType().getFieldCount()).clear();
        return Decorrelation.project(wide, own);
    }

    /** The rows for which a condition is true. */
    static RelNode filtered(RelNode input, RexNode condition, Set<CorrelationId> ids) {
        RexBuilder rex = input.getCluster().getRexBuilder();
        List<RexNode> plain = new ArrayList<>();
        List<RexNode> asking = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            (contains(conjunct) ? asking : plain).add(conjunct);
        }
        RelNode rows =
                plain.isEmpty()
                        ? input
                        : LogicalFilter.create(input, RexUtil.composeConjunction(rex, plain));
        List<RexNode> rest = new ArrayList<>();
        for (RexNode conjunct : asking) {
            RelNode joined = half(rows, conjunct, ids);
            if (joined == null) {
                rest.add(conjunct);
            } else {
                rows = joined;
            }
        }
        if (rest.isEmpty()) {
            return rows;
        }
        SubQueryColumns columns = new SubQueryColumns(rows, ids);
        RexNode all = RexUtil.composeConjunction(rex, columns.truths(rest));
        return Decorrelation.project(
                LogicalFilter.create(columns.rows(), all),
                rex.identityProjects(input.getRowType()),
                input.getRowType().getFieldNames());
    }

    /** A condition as a semi- or anti-join; null when it is none. */
    private static RelNode half(RelNode rows, RexNode condition, Set<CorrelationId> ids) {
        boolean negated = condition.getKind() == SqlKind.NOT;
        RexNode asked = negated ? ((RexCall) condition).getOperands().get(0) : condition;
        if (!(asked instanceof RexSubQuery query)
                || query.getOperands().stream().anyMatch(SubQueries::contains)) {
            return null;
        }
        JoinRelType type = negated ? JoinRelType.ANTI : JoinRelType.SEMI;
        if (query.getKind() == SqlKind.EXISTS) {
            return DependentJoin.of(rows, inside(query), type, ids);
        }
        if (query.getKind() != SqlKind.IN || negated && Membership.mayBeUnknown(query)) {
            return null;
        }
        Membership members = Membership.of(rows, query, ids);
        return DependentJoin.of(rows, members.equal(), type, members.ids());
    }
}
