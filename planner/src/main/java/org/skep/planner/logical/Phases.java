package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.FilterAggregateTransposeRule;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.tools.RelBuilder;
import org.skep.planner.order.JoinOrder;
import org.skep.planner.order.OuterJoins;
import org.skep.planner.order.UnusedJoins;
import org.skep.planner.why.Choices;

/** The phases of optimisation, in order. To add a rule, put it into the phase where it belongs. */
public final class Phases {
    /**
     * Calcite's rule for conditions on columns only: without rows there may still be a group, which
     * a constant condition below the aggregate would not remove.
     */
    private static final RelOptRule FILTER_AGGREGATE_TRANSPOSE =
            FilterAggregateTransposeRule.Config.DEFAULT
                    .withOperandSupplier(
                            filter ->
                                    filter.operand(Filter.class)
                                            .predicate(Phases::isOfColumns)
                                            .oneInput(
                                                    aggregate ->
                                                            aggregate
                                                                    .operand(Aggregate.class)
                                                                    .anyInputs()))
                    .as(FilterAggregateTransposeRule.Config.class)
                    .toRule();

    private static final List<RelOptRule> PUSHDOWN =
            List.of(
                    CoreRules.FILTER_INTO_JOIN,
                    CoreRules.JOIN_CONDITION_PUSH,
                    CoreRules.FILTER_MERGE,
                    CoreRules.FILTER_PROJECT_TRANSPOSE,
                    FILTER_AGGREGATE_TRANSPOSE,
                    CoreRules.FILTER_SET_OP_TRANSPOSE,
                    CoreRules.FILTER_WINDOW_TRANSPOSE,
                    FilterUnnestTransposeRule.INSTANCE,
                    CoreRules.PROJECT_MERGE,
                    CoreRules.PROJECT_REMOVE);

    private static final List<RelOptRule> CLEANUP =
            List.of(
                    CoreRules.PROJECT_MERGE,
                    CoreRules.PROJECT_REMOVE,
                    CoreRules.FILTER_MERGE,
                    CoreRules.UNION_MERGE,
                    CoreRules.SORT_REMOVE_CONSTANT_KEYS);

    private final RexExecutor executor;
    private final Choices choices;

    /**
     * @param choices hears what was decided
     */
    public Phases(RexExecutor executor, Choices choices) {
        this.executor = executor;
        this.choices = choices;
    }

    private record Phase(String name, UnaryOperator<RelNode> work) {}

    /**
     * Runs all phases.
     *
     * @param seen hears of each phase's name and outcome, for EXPLAIN VERBOSE
     */
    public RelNode run(RelNode root, BiConsumer<String, RelNode> seen) {
        RelNode now = root;
        for (Phase phase : phases()) {
            now = phase.work.apply(now);
            seen.accept(phase.name, now);
        }
        return now;
    }

    private List<Phase> phases() {
        return List.of(
                new Phase("unnest", Unnesting::apply),
                new Phase("fold constants", node -> FoldConstants.apply(node, executor)),
                new Phase("subqueries to joins", SubQueries::apply),
                new Phase("fold constants again", node -> FoldConstants.apply(node, executor)),
                new Phase("simplify outer joins", OuterJoins::apply),
                new Phase("push predicates down", node -> hep(node, PUSHDOWN)),
                new Phase("prune columns", Phases::prune),
                new Phase("leave out joins", UnusedJoins::apply),
                new Phase("order joins", node -> JoinOrder.apply(node, choices)),
                new Phase("reduce aggregates", ReduceAggregates::apply),
                new Phase("push predicates down again", node -> hep(node, PUSHDOWN)),
                new Phase("prune columns again", Phases::prune),
                new Phase("windows", Phases::windows),
                new Phase("clean up", node -> hep(node, CLEANUP)));
    }

    private static boolean isOfColumns(Filter filter) {
        return RelOptUtil.conjunctions(filter.getCondition()).stream()
                .noneMatch(condition -> RelOptUtil.InputFinder.bits(condition).isEmpty());
    }

    private static boolean contains(RelNode node, java.util.function.Predicate<RelNode> wanted) {
        return wanted.test(node)
                || node.getInputs().stream().anyMatch(input -> contains(input, wanted));
    }

    private static RelNode prune(RelNode root) {
        RelNode pruned;
        try {
            pruned = ColumnPruning.apply(root, pruning(root, true));
        } catch (AssertionError refused) { // a comparison with NULL that simplifying has inferred
            pruned = ColumnPruning.apply(root, pruning(root, false));
        }
        return RelOptUtil.createRename(pruned, root.getRowType().getFieldNames());
    }

    /**
     * Merged with what is below, a projection with windows would hide that it needs few columns.
     */
    private static RelBuilder pruning(RelNode root, boolean simplify) {
        RelBuilder.Config config = RelBuilder.Config.DEFAULT.withBloat(-1).withSimplify(simplify);
        return RelBuilder.proto(Contexts.of(config)).create(root.getCluster(), null);
    }

    private static RelNode windows(RelNode root) {
        boolean any =
                contains(
                        root,
                        node ->
                                node instanceof Project project
                                        && RexOver.containsOver(project.getProjects(), null));
        return any
                ? hep(hep(root, List.of(CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW)), PUSHDOWN)
                : root;
    }

    private static RelNode hep(RelNode root, List<RelOptRule> rules) {
        HepProgram program =
                HepProgram.builder()
                        .addMatchOrder(HepMatchOrder.TOP_DOWN)
                        .addRuleCollection(new ArrayList<>(rules))
                        .build();
        HepPlanner planner = new HepPlanner(program);
        planner.setExecutor(root.getCluster().getPlanner().getExecutor());
        planner.setRoot(root);
        return planner.findBestExp();
    }
}
