package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.skep.planner.check.OnceMark;
import org.skep.planner.check.SharedRows;
import org.skep.planner.estimate.Estimator;

/**
 * Takes what all uses must see the same rows of out of the queries before any rule looks at them: a
 * scan has nothing inside that could be pruned or filtered for one use and not for the other.
 *
 * <pre>
 * Join(Filter($once('s'), Q), Filter($once('s'), Q)) → Join(S, S), S = Q
 * Filter($once('s'), Q), the only one              → Q, or S for a checkpoint
 * </pre>
 *
 * @param queries without marks
 * @param definitions of what they scan, and of what definitions scan
 */
public record ComputedOnce(List<RelNode> queries, List<SharedDefinition> definitions) {
    /**
     * @param queries as written; what is marked in several of them is shared by these too
     * @param refused hears the keys of queries that cannot be a checkpoint as a hint asks
     */
    public static ComputedOnce of(List<RelNode> queries, Consumer<String> refused) {
        List<RelNode> trees = new ArrayList<>(queries);
        List<SharedRows> shared = new ArrayList<>();
        for (Filter mark = first(trees); mark != null; mark = first(trees)) {
            String key = OnceMark.keyOf(mark.getCondition());
            RelNode input = mark.getInput();
            UnaryOperator<RelNode> unmarked = each -> ((Filter) each).getInput();
            boolean checkpoint = OnceMark.isCheckpoint(key);
            if (dependsOnOuter(input)) {
                refused.accept(key);
            } else if (checkpoint || uses(trees, key) > 1) {
                SharedRows rows =
                        new SharedRows(
                                input.getRowType(),
                                new Estimator().of(input).rows(),
                                checkpoint
                                        ? SharedRows.Kept.AS_CHECKPOINT
                                        : SharedRows.Kept.AS_OUTPUT);
                unmarked = each -> SharedDefinition.scan(each, rows, "$once " + key);
                shared.add(rows);
                trees.add(input);
            }
            UnaryOperator<RelNode> instead = unmarked;
            trees.replaceAll(tree -> replaced(tree, key, instead));
        }
        List<SharedDefinition> definitions = new ArrayList<>();
        for (int i = 0; i < shared.size(); i++) {
            definitions.add(new SharedDefinition(shared.get(i), trees.get(queries.size() + i)));
        }
        return new ComputedOnce(trees.subList(0, queries.size()), definitions);
    }

    /** A mark that is within no other one; null when none is left. */
    private static Filter first(List<RelNode> trees) {
        List<Filter> found = new ArrayList<>();
        for (RelNode tree : trees) {
            visit(tree, node -> add(node, found));
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
        return null;
    }

    private static void add(RelNode node, List<Filter> found) {
        if (node instanceof Filter filter && OnceMark.keyOf(filter.getCondition()) != null) {
            found.add(filter);
        }
    }

    private static int uses(List<RelNode> trees, String key) {
        List<Filter> found = new ArrayList<>();
        trees.forEach(tree -> visit(tree, node -> add(node, found)));
        return (int)
                found.stream()
                        .filter(each -> key.equals(OnceMark.keyOf(each.getCondition())))
                        .count();
    }

    /** Whether a query is computed for each row of a query that it stands in. */
    private static boolean dependsOnOuter(RelNode tree) {
        Set<CorrelationId> read = new HashSet<>();
        Set<CorrelationId> given = new HashSet<>();
        visit(
                tree,
                node -> {
                    given.addAll(node.getVariablesSet());
                    node.accept(
                            new RexShuttle() {
                                @Override
                                public RexNode visitCorrelVariable(RexCorrelVariable variable) {
                                    read.add(variable.id);
                                    return variable;
                                }
                            });
                });
        return !given.containsAll(read);
    }

    /** All nodes, also those of subqueries in expressions, each before what is below it. */
    private static void visit(RelNode tree, Consumer<RelNode> visitor) {
        visitor.accept(tree);
        tree.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitSubQuery(RexSubQuery query) {
                        visit(query.rel, visitor);
                        return super.visitSubQuery(query);
                    }
                });
        tree.getInputs().forEach(input -> visit(input, visitor));
    }

    private static RelNode replaced(RelNode tree, String key, UnaryOperator<RelNode> instead) {
        if (tree instanceof Filter filter && key.equals(OnceMark.keyOf(filter.getCondition()))) {
            return instead.apply(tree);
        }
        List<RelNode> inputs =
                tree.getInputs().stream().map(input -> replaced(input, key, instead)).toList();
        RelNode node =
                inputs.equals(tree.getInputs()) ? tree : tree.copy(tree.getTraitSet(), inputs);
        return node.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitSubQuery(RexSubQuery query) {
                        RelNode rel = replaced(query.rel, key, instead);
                        return super.visitSubQuery(rel == query.rel ? query : query.clone(rel));
                    }
                });
    }
}
