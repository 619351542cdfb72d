package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * Subqueries in the condition of a join. That of an inner join is asked of the joined rows; that of
 * another, for each row of the side that is kept, of the rows of the other side.
 *
 * <pre>
 * Join(a, b) on x = y AND EXISTS(…)     → Filter(EXISTS(…), Join(a, b) on x = y)
 * LeftJoin(a, b) on x = y AND EXISTS(…) → LeftCorrelate(a, Filter($0.x = y AND EXISTS(…), b))
 * FullJoin(a, b) on …                   → Union(LeftJoin(a, b) on …, AntiJoin(b, a) on …)
 * </pre>
 */
final class SubQueriesOfJoin {
    private final LogicalJoin join;
    private final int width;
    private final RexBuilder rex;

    SubQueriesOfJoin(LogicalJoin join) {
        this.join = join;
        this.width = join.getLeft().getRowType().getFieldCount();
        this.rex = join.getCluster().getRexBuilder();
    }

    RelNode joined() {
        return switch (join.getJoinType()) {
            case INNER -> inner();
            case RIGHT -> turned(keepingRight(JoinRelType.LEFT));
            case FULL -> full();
            default -> keepingLeft(join.getJoinType());
        };
    }

    private RelNode inner() {
        List<RexNode> on = new ArrayList<>();
        List<RexNode> asking = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
            (SubQueries.contains(condition) ? asking : on).add(condition);
        }
        RelNode plain = Domain.join(join.getLeft(), join.getRight(), on, JoinRelType.INNER);
        return SubQueries.filtered(
                plain, RexUtil.composeConjunction(rex, asking), join.getVariablesSet());
    }

    private RelNode keepingLeft(JoinRelType type) {
        return dependent(join.getLeft(), 0, join.getRight(), width, type);
    }

    private RelNode keepingRight(JoinRelType type) {
        return dependent(join.getRight(), width, join.getLeft(), 0, type);
    }

    /** Right rows and left ones with their columns in the order of the join's. */
    private RelNode turned(RelNode rightFirst) {
        List<RexNode> columns = new ArrayList<>();
        int total = join.getRowType().getFieldCount();
        for (int i = 0; i < total; i++) {
            columns.add(rex.makeInputRef(rightFirst, i < width ? total - width + i : i - width));
        }
        return Decorrelation.project(rightFirst, columns, join.getRowType().getFieldNames());
    }

    private RelNode full() {
        RelNode alone = keepingRight(JoinRelType.ANTI);
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < join.getRowType().getFieldCount(); i++) {
            columns.add(
                    i < width
                            ? rex.makeNullLiteral(join.getRowType().getFieldList().get(i).getType())
                            : rex.makeInputRef(alone, i - width));
        }
        return LogicalUnion.create(
                List.of(
                        keepingLeft(JoinRelType.LEFT),
                        Decorrelation.project(alone, columns, join.getRowType().getFieldNames())),
                true);
    }

    /**
     * @param keptFrom the first of the kept side's columns among those of the join
     * @param otherFrom the first of the other side's
     */
    private RelNode dependent(
            RelNode kept, int keptFrom, RelNode other, int otherFrom, JoinRelType type) {
        CorrelationId keptId = join.getCluster().createCorrel();
        CorrelationId otherId = join.getCluster().createCorrel();
        RexNode keptRow = rex.makeCorrel(kept.getRowType(), keptId);
        RexNode otherRow = rex.makeCorrel(other.getRowType(), otherId);
        int keptTo = keptFrom + kept.getRowType().getFieldCount();
        RexNode condition =
                join.getCondition()
                        .accept(
                                new RexShuttle() {
                                    @Override
                                    public RexNode visitInputRef(RexInputRef ref) {
                                        int i = ref.getIndex();
                                        return i >= keptFrom && i < keptTo
                                                ? rex.makeFieldAccess(keptRow, i - keptFrom)
                                                : rex.makeInputRef(other, i - otherFrom);
                                    }

                                    @Override
                                    public RexNode visitFieldAccess(RexFieldAccess access) {
                                        if (!isOfJoin(access)) {
                                            return super.visitFieldAccess(access);
                                        }
                                        int i = access.getField().getIndex();
                                        return i >= keptFrom && i < keptTo
                                                ? rex.makeFieldAccess(keptRow, i - keptFrom)
                                                : rex.makeFieldAccess(otherRow, i - otherFrom);
                                    }

                                    @Override
                                    public RexNode visitSubQuery(RexSubQuery query) {
                                        RexSubQuery seen = (RexSubQuery) super.visitSubQuery(query);
                                        return seen.clone(inside(seen.rel, new Fields(this)));
                                    }
                                });
        RelNode filtered = SubQueries.filtered(other, condition, Set.of(otherId));
        return DependentJoin.of(kept, filtered, type, Set.of(keptId));
    }

    private boolean isOfJoin(RexFieldAccess access) {
        return access.getReferenceExpr() instanceof RexCorrelVariable variable
                && join.getVariablesSet().contains(variable.id);
    }

    /** Within a subquery only what refers to the join's rows changes. */
    private static final class Fields extends RexShuttle {
        private final RexShuttle outside;

        Fields(RexShuttle outside) {
            this.outside = outside;
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            return access.getReferenceExpr() instanceof RexCorrelVariable
                    ? access.accept(outside)
                    : super.visitFieldAccess(access);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            RexSubQuery seen = (RexSubQuery) super.visitSubQuery(query);
            return seen.clone(inside(seen.rel, this));
        }
    }

    private static RelNode inside(RelNode root, RexShuttle work) {
        return root.accept(
                new RelHomogeneousShuttle() {
                    @Override
                    public RelNode visit(RelNode other) {
                        return super.visit(other).accept(work);
                    }
                });
    }
}
