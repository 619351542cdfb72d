package org.skep.planner.stage;

import java.util.List;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Type;

/**
 * The output of another stage that a column comes from unchanged, by a way on which a row may be
 * left out if rows with its value are of no use at the end of it.
 *
 * @param node what reads that stage
 * @param column where the column is there
 */
record KeyOrigin(PlanNode.StageInput node, int column) {
    /** Where a column of a node comes from; null when that is not a stage's output. */
    static KeyOrigin of(PlanNode node, int column) {
        return switch (node.kind()) {
            case STAGE_INPUT -> new KeyOrigin((PlanNode.StageInput) node, column);
            case FILTER, PARTNER_FILTER, SORT -> of(node.inputs().get(0), column);
            case PROJECT -> {
                Expr expr = ((PlanNode.Project) node).expressions().get(column);
                yield expr instanceof Expr.Input input
                        ? of(node.inputs().get(0), input.column())
                        : null;
            }
            case AGGREGATE -> {
                List<Integer> keys = ((PlanNode.Aggregate) node).keys();
                yield column < keys.size() ? of(node.inputs().get(0), keys.get(column)) : null;
            }
            case WINDOW -> {
                boolean whole = ((PlanNode.Window) node).partitionKeys().contains(column);
                yield whole ? of(node.inputs().get(0), column) : null;
            }
            case GROUP_TOP_N -> {
                boolean whole = ((PlanNode.GroupTopN) node).groups().contains(column);
                yield whole ? of(node.inputs().get(0), column) : null;
            }
            case HASH_JOIN -> {
                PlanNode.HashJoin join = (PlanNode.HashJoin) node;
                yield join(join, join.type(), join.leftKeys(), join.rightKeys(), column);
            }
            case MERGE_JOIN -> {
                PlanNode.MergeJoin join = (PlanNode.MergeJoin) node;
                yield join(join, join.type(), join.leftKeys(), join.rightKeys(), column);
            }
            case SCAN, VALUES, EXPAND, UNNEST, LOOP_JOIN, TOP_N, LIMIT, UNION, EXCHANGE, WRITE ->
                    null;
        };
    }

    private static KeyOrigin join(
            PlanNode join,
            JoinType type,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            int column) {
        int width = join.inputs().get(0).schema().size();
        return switch (type) {
            case INNER -> inner(join, leftKeys, rightKeys, column, width);
            case LEFT, SEMI, ANTI -> column < width ? of(join.inputs().get(0), column) : null;
            case RIGHT, FULL -> null;
        };
    }

    /** A join's column, or the one of the other side that it is equal to. */
    private static KeyOrigin inner(
            PlanNode join, List<Integer> leftKeys, List<Integer> rightKeys, int column, int width) {
        boolean isLeft = column < width;
        int key = isLeft ? leftKeys.indexOf(column) : rightKeys.indexOf(column - width);
        int left = isLeft ? column : key < 0 ? -1 : leftKeys.get(key);
        int right = !isLeft ? column - width : key < 0 ? -1 : rightKeys.get(key);
        Type type = join.schema().type(column);
        KeyOrigin fromLeft = side(join.inputs().get(0), left, type);
        return fromLeft != null ? fromLeft : side(join.inputs().get(1), right, type);
    }

    private static KeyOrigin side(PlanNode side, int column, Type type) {
        return column >= 0 && side.schema().type(column).equals(type) ? of(side, column) : null;
    }
}
