package org.skep.planner.explain;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;

/**
 * The columns of a node as a reader knows them: by their names, or by what they are when the
 * planner has made up the name, such as {@code $f1}.
 */
final class ColumnWords {
    private ColumnWords() {}

    static ExprText over(PlanNode input) {
        return new ExprText(of(input));
    }

    static List<String> of(PlanNode node) {
        List<String> names = new ArrayList<>(node.schema().names());
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).contains("$")) {
                names.set(i, meaning(node, i));
            }
        }
        return names;
    }

    private static String meaning(PlanNode node, int column) {
        return switch (node.kind()) {
            case PROJECT -> {
                PlanNode.Project project = (PlanNode.Project) node;
                Expr expression = project.expressions().get(column);
                yield over(project.input()).text(expression);
            }
            case AGGREGATE -> {
                PlanNode.Aggregate aggregate = (PlanNode.Aggregate) node;
                int call = column - aggregate.keys().size();
                boolean states =
                        aggregate.calls().stream().anyMatch(each -> each.step().writesStates());
                yield call < 0
                        ? of(aggregate.input()).get(aggregate.keys().get(column))
                        : states
                                ? node.schema().field(column).name()
                                : aggregate.calls().get(call).function();
            }
            case UNNEST -> {
                PlanNode input = node.inputs().get(0);
                boolean own = column >= input.schema().size();
                yield own ? "element" : of(input).get(column);
            }
            case FILTER, PARTNER_FILTER, GROUP_TOP_N, SORT, TOP_N, LIMIT, EXCHANGE ->
                    of(node.inputs().get(0)).get(column);
            case SCAN,
                    VALUES,
                    EXPAND,
                    HASH_JOIN,
                    MERGE_JOIN,
                    LOOP_JOIN,
                    WINDOW,
                    UNION,
                    STAGE_INPUT,
                    WRITE ->
                    node.schema().field(column).name();
        };
    }
}
