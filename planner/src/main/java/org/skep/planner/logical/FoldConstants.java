package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSimplify;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeName;

/** Works out what does not depend on rows, and simplifies what is left. */
final class FoldConstants extends RelHomogeneousShuttle {
    private final RelDataTypeFactory types;
    private final RexShuttle folding;

    private FoldConstants(RexBuilder rex, RexExecutor executor) {
        this.types = rex.getTypeFactory();
        this.folding = new Folding(rex, executor);
    }

    static RelNode apply(RelNode root, RexExecutor executor) {
        return root.accept(new FoldConstants(root.getCluster().getRexBuilder(), executor));
    }

    @Override
    public RelNode visit(RelNode node) {
        RelNode seen = super.visit(node);
        if (seen instanceof Filter filter) {
            RexNode condition = condition(filter.getCondition());
            return filter.copy(filter.getTraitSet(), filter.getInput(), condition);
        }
        if (seen instanceof Join join) {
            return join.copy(
                    join.getTraitSet(),
                    condition(join.getCondition()),
                    join.getLeft(),
                    join.getRight(),
                    join.getJoinType(),
                    join.isSemiJoinDone());
        }
        return seen.accept(folding);
    }

    /**
     * Whether a condition that is never null is called nullable does not matter, but to Calcite.
     */
    private RexNode condition(RexNode condition) {
        return RexUtil.removeNullabilityCast(types, folding.apply(condition));
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
            return subQuery;
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
            // Calcite takes the unknown of an IN for false where a CASE becomes ANDs and ORs.
            return call.getType().getSqlTypeName() == SqlTypeName.BOOLEAN
                            && RexUtil.SubQueryFinder.find(seen) == null
                    ? simplify.simplifyPreservingType(seen)
                    : seen;
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
