package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSimplify;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** Works out what does not depend on rows, and simplifies what is left. */
final class FoldConstants extends RelHomogeneousShuttle {
    private final RexShuttle folding;

    private FoldConstants(RexBuilder rex, RexExecutor executor) {
        this.folding = new Folding(rex, executor);
    }

    static RelNode apply(RelNode root, RexExecutor executor) {
        return root.accept(new FoldConstants(root.getCluster().getRexBuilder(), executor));
    }

    @Override
    public RelNode visit(RelNode node) {
        RelNode seen = super.visit(node);
        return seen instanceof Filter filter ? filter(filter) : seen.accept(folding);
    }

    /** A condition must be flat, and no cast that only says that it may be null. */
    private RelNode filter(Filter filter) {
        RexNode folded = filter.getCondition().accept(folding);
        if (folded.equals(filter.getCondition())) {
            return filter;
        }
        RexBuilder rex = filter.getCluster().getRexBuilder();
        RexNode condition =
                RexUtil.flatten(
                        rex,
                        RexUtil.removeNullabilityCast(
                                filter.getCluster().getTypeFactory(), folded));
        return filter.copy(filter.getTraitSet(), filter.getInput(), condition);
    }

    private static final class Folding extends RexShuttle {
        private final RexBuilder rex;
        private final RexExecutor executor;
        private final RexSimplify simplify;

        Folding(RexBuilder rex, RexExecutor executor) {
            this.rex = rex;
            this.executor = executor;
            this.simplify = new RexSimplify(rex, RelOptPredicateList.EMPTY, executor);
        }

        @Override
        public RexNode visitOver(RexOver over) {
            return over;
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            RelNode folded = subQuery.rel.accept(new FoldConstants(rex, executor));
            return folded == subQuery.rel ? subQuery : subQuery.clone(folded);
        }

        @Override
        public RexNode visitCall(RexCall call) {
            RexNode seen = super.visitCall(call);
            if (seen instanceof RexCall inner && isConstant(inner)) {
                List<RexNode> reduced = new ArrayList<>();
                executor.reduce(rex, List.of(inner), reduced);
                RexNode value = reduced.get(0);
                if (value != inner && value.getType().equals(call.getType())) {
                    return value;
                }
                if (value != inner) {
                    return rex.makeAbstractCast(call.getType(), value, false);
                }
            }
            if (call.getType().getSqlTypeName() != SqlTypeName.BOOLEAN) {
                return seen;
            }
            return asksForRows(seen) ? shortened(seen) : simplify.simplifyPreservingType(seen);
        }

        /** Without what constants decide. */
        private RexNode shortened(RexNode expression) {
            RexNode shorter =
                    switch (expression.getKind()) {
                        case AND ->
                                RexUtil.composeConjunction(
                                        rex, ((RexCall) expression).getOperands());
                        case OR ->
                                RexUtil.composeDisjunction(
                                        rex, ((RexCall) expression).getOperands());
                        case CASE -> withoutConstants((RexCall) expression);
                        default -> expression;
                    };
            return rex.ensureType(expression.getType(), shorter, true);
        }

        private RexNode withoutConstants(RexCall choice) {
            List<RexNode> kept = new ArrayList<>();
            List<RexNode> operands = choice.getOperands();
            int last = operands.size() - 1;
            for (int i = 0; i < last; i += 2) {
                RexNode condition = operands.get(i);
                if (condition.isAlwaysTrue()) {
                    last = i + 1; // what follows is never reached
                } else if (!condition.isAlwaysFalse() && !RexUtil.isNullLiteral(condition, true)) {
                    kept.add(condition);
                    kept.add(operands.get(i + 1));
                }
            }
            kept.add(operands.get(last));
            return kept.size() == 1 ? kept.get(0) : rex.makeCall(choice.getType(), choice.op, kept);
        }

        /**
         * Whether there is an IN, or the like, with a query. Calcite's simplification holds it to
         * be null only when its operand is, and forgets nulls among the rows.
         */
        private static boolean asksForRows(RexNode expression) {
            boolean[] found = new boolean[1];
            expression.accept(
                    new RexShuttle() {
                        @Override
                        public RexNode visitSubQuery(RexSubQuery query) {
                            found[0] |=
                                    query.getKind() == SqlKind.IN
                                            || query.getKind() == SqlKind.SOME;
                            return query;
                        }
                    });
            return found[0];
        }

        private static boolean isConstant(RexCall call) {
            return call.getOperator().isDeterministic()
                    && call.getOperands().stream()
                            .allMatch(operand -> RexUtil.isLiteral(operand, true))
                    && call.getOperands().stream()
                            .noneMatch(
                                    operand ->
                                            operand.getType().getSqlTypeName()
                                                    == SqlTypeName.SYMBOL);
        }
    }
}
