package org.skep.planner.logical;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Does not group by constants. Calcite's decorrelator leaves such keys out too, but when no key
 * remains it gives a row even for no rows, and it fails when it left out several.
 *
 * <pre>
 * Aggregate({0, 1}, sum, Project(1, k, x)) → Project(1, k, sum, Aggregate({1}, sum, …))
 * Aggregate({0}, Project(true))            → Sort(Project(true), limit 1)
 * Aggregate({0}, sum, Project(1, x))       → Project(1, sum, Filter(n > 0, Aggregate({}, sum, count n, …)))
 * </pre>
 *
 * Where all keys are constants and the rows correlated, the first key stays: the decorrelator adds
 * others to it.
 */
final class ConstantKeys {
    private ConstantKeys() {}

    static RelNode apply(RelNode node) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode seen =
                inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        return seen instanceof Aggregate aggregate
                        && aggregate.getGroupType() == Aggregate.Group.SIMPLE
                        && aggregate.getInput() instanceof Project input
                ? without(aggregate, input)
                : seen;
    }

    private static RelNode without(Aggregate aggregate, Project input) {
        IntPredicate constant = key -> input.getProjects().get(key) instanceof RexLiteral;
        ImmutableBitSet keys = aggregate.getGroupSet();
        ImmutableBitSet kept =
                ImmutableBitSet.of(
                        keys.asList().stream().filter(key -> !constant.test(key)).toList());
        if (kept.isEmpty() && !RelOptUtil.getVariablesUsed(aggregate).isEmpty()) {
            kept = keys.isEmpty() ? keys : ImmutableBitSet.of(keys.nth(0));
        }
        if (kept.equals(keys)) {
            return aggregate;
        }
        RelBuilder builder = Phases.builder(aggregate).push(input);
        if (kept.isEmpty() && aggregate.getAggCallList().isEmpty()) {
            RexNode one = builder.getRexBuilder().makeExactLiteral(BigDecimal.ONE);
            RelNode first = LogicalSort.create(input, RelCollations.EMPTY, null, one);
            return RelOptUtil.createProject(first, keys.asList());
        }
        List<RelBuilder.AggCall> calls = new ArrayList<>();
        aggregate.getAggCallList().forEach(call -> calls.add(builder.aggregateCall(call)));
        if (kept.isEmpty()) {
            calls.add(builder.countStar("$rows"));
        }
        builder.aggregate(builder.groupKey(kept), calls);
        if (kept.isEmpty()) {
            builder.filter(
                    builder.call(
                            SqlStdOperatorTable.GREATER_THAN,
                            builder.field(calls.size() - 1),
                            builder.literal(0)));
        }
        return restored(builder, aggregate, input, kept);
    }

    /** The columns of {@code aggregate}, from those of the one without constant keys. */
    private static RelNode restored(
            RelBuilder builder, Aggregate aggregate, Project input, ImmutableBitSet kept) {
        List<RexNode> columns = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            columns.add(
                    kept.get(key)
                            ? builder.field(kept.indexOf(key))
                            : input.getProjects().get(key));
        }
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            RexNode result = builder.field(kept.cardinality() + i);
            columns.add(
                    builder.getRexBuilder()
                            .ensureType(aggregate.getAggCallList().get(i).getType(), result, true));
        }
        return builder.project(columns, aggregate.getRowType().getFieldNames(), true).build();
    }
}
