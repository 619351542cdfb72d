package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Moves conditions that look at no element below the unnesting.
 *
 * <pre>
 * Filter(a > 1 AND element = 'x', Unnest(input)) → Filter(element = 'x', Unnest(Filter(a > 1, input)))
 * </pre>
 */
final class FilterUnnestTransposeRule extends RelOptRule {
    static final FilterUnnestTransposeRule INSTANCE = new FilterUnnestTransposeRule();

    private FilterUnnestTransposeRule() {
        super(operand(Filter.class, operand(UnnestRel.class, any())), "FilterUnnestTranspose");
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        Filter filter = call.rel(0);
        UnnestRel unnest = call.rel(1);
        int width = unnest.getInput().getRowType().getFieldCount();
        List<RexNode> below = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            ImmutableBitSet columns = RelOptUtil.InputFinder.bits(condition);
            boolean ofInput = columns.isEmpty() || columns.length() <= width;
            (ofInput && RexUtil.isDeterministic(condition) ? below : above).add(condition);
        }
        if (below.isEmpty()) {
            return;
        }
        var rex = filter.getCluster().getRexBuilder();
        RelNode input =
                LogicalFilter.create(unnest.getInput(), RexUtil.composeConjunction(rex, below));
        RelNode pushed = unnest.copy(unnest.getTraitSet(), List.of(input));
        call.transformTo(
                above.isEmpty()
                        ? pushed
                        : LogicalFilter.create(pushed, RexUtil.composeConjunction(rex, above)));
    }
}
