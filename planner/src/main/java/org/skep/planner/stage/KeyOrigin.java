package org.skep.planner.stage;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Type;

/**
 * The output of another stage that columns come from unchanged, by a way on which a row may be left
 * out if rows with its values are of no use at the end of it.
 *
 * @param node what reads that stage
 * @param columns where the columns are there
 */
record KeyOrigin(PlanNode.StageInput node, List<Integer> columns) {
    /** Where columns of a node come from; null when that is not one stage. */
    static KeyOrigin of(PlanNode node, List<Integer> columns) {
        return switch (node.kind()) {
            case STAGE_INPUT -> new KeyOrigin((PlanNode.StageInput) node, columns);
            case FILTER, PARTNER_FILTER, SORT -> of(node.inputs().get(0), columns);
            case PROJECT -> {
                List<Integer> below = new ArrayList<>();
                for (int column : columns) {
                    Expr expr = ((PlanNode.Project) node).expressions().get(column);
                    below.add(expr instanceof Expr.Input input ? input.column() : -1);
                }
                yield below(node, 0, below);
            }
            case AGGREGATE -> {
                List<Integer> keys = ((PlanNode.Aggregate) node).keys();
                yield below(
                        node,
                        0,
                        columns.stream().map(at -> at < keys.size() ? keys.get(at) : -1).toList());
            }
            case WINDOW -> {
                boolean whole = ((PlanNode.Window) node).partitionKeys().containsAll(columns);
                yield whole ? below(node, 0, columns) : null;
            }
            case HASH_JOIN -> {
                PlanNode.HashJoin join = (PlanNode.HashJoin) node;
                yield switch (join.type()) {
                    case INNER -> inner(join, join.leftKeys(), join.rightKeys(), columns);
                    case LEFT, SEMI, ANTI -> left(join, columns);
                    case RIGHT, FULL -> null;
                };
            }
            case MERGE_JOIN -> {
                PlanNode.MergeJoin join = (PlanNode.MergeJoin) node;
                yield switch (join.type()) {
                    case INNER -> inner(join, join.leftKeys(), join.rightKeys(), columns);
                    case LEFT, SEMI, ANTI -> left(join, columns);
                    case RIGHT, FULL -> null;
                };
            }
            case SCAN,
                    VALUES,
                    EXPAND,
                    UNNEST,
                    LOOP_JOIN,
                    TOP_N,
                    GROUP_TOP_N,
                    LIMIT,
                    UNION,
                    EXCHANGE,
                    WRITE ->
                    null;
        };
    }

    private static KeyOrigin below(PlanNode node, int input, List<Integer> columns) {
        return columns.contains(-1) ? null : of(node.inputs().get(input), columns);
    }

    private static KeyOrigin left(PlanNode join, List<Integer> columns) {
        int width = join.inputs().get(0).schema().size();
        return below(join, 0, columns.stream().map(at -> at < width ? at : -1).toList());
    }

    /** Columns of the right side are those of the left that they are equal to, if there are any. */
    private static KeyOrigin inner(
            PlanNode join, List<Integer> leftKeys, List<Integer> rightKeys, List<Integer> columns) {
        int width = join.inputs().get(0).schema().size();
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        for (int column : columns) {
            int key = rightKeys.indexOf(column - width);
            int partner = key < 0 ? -1 : leftKeys.get(key);
            left.add(column < width ? column : isSame(join, partner, column) ? partner : -1);
            right.add(column < width ? -1 : column - width);
        }
        return left.contains(-1) ? below(join, 1, right) : below(join, 0, left);
    }

    private static boolean isSame(PlanNode join, int left, int column) {
        Type type = join.schema().type(column);
        return left >= 0 && join.inputs().get(0).schema().type(left).equals(type);
    }
}
