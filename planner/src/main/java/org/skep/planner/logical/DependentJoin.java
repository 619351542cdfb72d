package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Joins rows with what a tree that refers to them gives for each. What is on top of that tree is
 * moved above the join or into its condition, as far as it may be; the rest is computed for all
 * rows at once ({@link Decorrelation}).
 *
 * <pre>
 * Correlate(a, Project(c.x + $0.y, c))                → Project(a.*, c.x + a.y, Join(a, c))
 * SemiCorrelate(a, Filter(c.k = $0.k AND c.n > 1, c)) → SemiJoin(a, Filter(c.n > 1, c)) on c.k = a.k
 * Correlate(a, Aggregate({}, count, Filter(c.k = $0.k, c)))
 *     → LeftJoin(a, Aggregate(by c.k, count, c)) on c.k = a.k, no count → 0
 * </pre>
 *
 * The moves are those of Galindo-Legaria and Joshi, "Orthogonal Optimization of Subqueries and
 * Aggregation" (2001).
 */
final class DependentJoin {
    private final RelNode left;
    private final int width;
    private final Domain domain;
    private final RexBuilder rex;

    private DependentJoin(RelNode left, Set<CorrelationId> ids) {
        this.left = left;
        this.width = left.getRowType().getFieldCount();
        this.domain = new Domain(left, ids);
        this.rex = left.getCluster().getRexBuilder();
    }

    /**
     * @param right a tree without subqueries
     * @param ids by which {@code right} refers to {@code left}
     * @return the columns of left, then those of right unless it is a semi- or anti-join
     */
    static RelNode of(RelNode left, RelNode right, JoinRelType type, Set<CorrelationId> ids) {
        return new DependentJoin(left, ids).join(right, type);
    }

    private RelNode join(RelNode right, JoinRelType type) {
        if (!type.projectsRight()) {
            return half(right, type);
        }
        if (SingleRows.isOrderOnly(right)) {
            return join(right.getInput(0), type);
        }
        if (type == JoinRelType.LEFT && SingleRows.isNeverEmpty(right)) {
            return join(right, JoinRelType.INNER);
        }
        if (type == JoinRelType.INNER && right instanceof Values values && isOneRow(values)) {
            List<RexNode> columns = new ArrayList<>(rex.identityProjects(left.getRowType()));
            columns.addAll(values.getTuples().get(0));
            return Decorrelation.project(left, columns);
        }
        if (!domain.isAskedBy(right)) {
            return Domain.join(left, right, List.of(), type);
        }
        if (right instanceof Project project
                && !project.containsOver()
                && (type == JoinRelType.INNER || isOfColumns(project))) {
            RelNode below = join(project.getInput(), type);
            List<RexNode> columns = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                columns.add(rex.makeInputRef(below, i));
            }
            columns.addAll(over(below, project.getProjects()));
            return Decorrelation.project(below, columns);
        }
        if (right instanceof Filter filter) {
            if (type == JoinRelType.INNER) {
                RelNode below = join(filter.getInput(), type);
                return LogicalFilter.create(
                        below, over(below, List.of(filter.getCondition())).get(0));
            }
            return joined(filter.getInput(), RelOptUtil.conjunctions(filter.getCondition()), type);
        }
        if (right instanceof Aggregate aggregate
                && type == JoinRelType.INNER
                && DecorrelatedAggregate.hasTotal(aggregate)) {
            Independent in = new Decorrelation(domain, rex).of(aggregate.getInput());
            return new DecorrelatedAggregate(domain, aggregate, in).beside(left, domain::key);
        }
        return joined(right, List.of(), type);
    }

    private static boolean isOneRow(Values values) {
        return values instanceof LogicalValues && values.getTuples().size() == 1;
    }

    private static boolean isOfColumns(Project project) {
        return project.getProjects().stream().allMatch(RexInputRef.class::isInstance);
    }

    /** A semi- or anti-join, which asks for rows only and not for what is in them. */
    private RelNode half(RelNode right, JoinRelType type) {
        List<RexNode> conditions = new ArrayList<>();
        RelNode below = right;
        while (true) {
            if (SingleRows.isOrderOnly(below)) {
                below = below.getInput(0);
            } else if (below instanceof Project project
                    && !project.containsOver()
                    && (conditions.isEmpty() || domain.isAskedBy(below))) {
                conditions = new ArrayList<>(RelOptUtil.pushPastProject(conditions, project));
                below = project.getInput();
            } else if (below instanceof Filter filter) {
                conditions.addAll(RelOptUtil.conjunctions(filter.getCondition()));
                below = filter.getInput();
            } else {
                break;
            }
        }
        if (SingleRows.isOne(below) && domain.isAskedBy(below)) {
            RelNode joined = join(below, JoinRelType.INNER);
            RexNode holds = RexUtil.composeConjunction(rex, over(joined, conditions));
            RelNode kept =
                    LogicalFilter.create(
                            joined,
                            type == JoinRelType.SEMI
                                    ? holds
                                    : rex.makeCall(SqlStdOperatorTable.IS_NOT_TRUE, holds));
            return Decorrelation.project(kept, rex.identityProjects(left.getRowType()));
        }
        return joined(below, conditions, type);
    }

    /**
     * @param conditions over the columns of {@code right}
     */
    private RelNode joined(RelNode right, List<RexNode> conditions, JoinRelType type) {
        List<RexNode> own = new ArrayList<>();
        List<RexNode> shared = new ArrayList<>();
        for (RexNode condition : conditions) {
            (domain.isAskedBy(condition) ? shared : own).add(condition);
        }
        RelNode filtered =
                own.isEmpty()
                        ? right
                        : LogicalFilter.create(right, RexUtil.composeConjunction(rex, own));
        Independent in = new Decorrelation(domain, rex).of(filtered);
        // only for the types of its columns
        RelNode both = Domain.join(left, in.node(), List.of(), JoinRelType.INNER);
        List<RexNode> on = new ArrayList<>(over(both, shared, in.columns()));
        in.keys()
                .forEach(
                        (number, key) ->
                                on.add(
                                        domain.equal(
                                                domain.key(number),
                                                rex.makeInputRef(both, width + key.column()),
                                                key.strict())));
        RelNode joined = Domain.join(left, in.node(), on, type);
        if (!type.projectsRight() || isInPlace(in)) {
            return joined;
        }
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(rex.makeInputRef(joined, i));
        }
        for (int column : in.columns()) {
            columns.add(rex.makeInputRef(joined, width + column));
        }
        return Decorrelation.project(joined, columns);
    }

    private static boolean isInPlace(Independent in) {
        for (int i = 0; i < in.columns().length; i++) {
            if (in.columns()[i] != i) {
                return false;
            }
        }
        return in.columns().length == in.width();
    }

    private List<RexNode> over(RelNode joined, List<RexNode> expressions) {
        int[] columns = new int[joined.getRowType().getFieldCount() - width];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = i;
        }
        return over(joined, expressions, columns);
    }

    /** Expressions over columns of the right side as expressions over a join of both. */
    private List<RexNode> over(RelNode joined, List<RexNode> expressions, int[] columns) {
        return new Domain.Keys(domain) {
            @Override
            RexNode key(int key, RexNode here) {
                return domain.key(key);
            }

            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return rex.makeInputRef(joined, width + columns[ref.getIndex()]);
            }
        }.apply(expressions);
    }
}
