package org.skep.planner.explain;

import java.util.List;
import java.util.stream.Collectors;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Schema;

/**
 * A join in words.
 *
 * @param leftKey the names of the left keys; null without an equality
 * @param rightKey the same of the right side
 * @param condition what must hold besides; null for nothing
 */
record JoinWords(JoinType type, String leftKey, String rightKey, String condition) {
    static JoinWords of(PlanNode node) {
        if (node instanceof PlanNode.HashJoin join) {
            return keyed(join, join.type(), join.leftKeys(), join.rightKeys(), join.residual());
        }
        if (node instanceof PlanNode.MergeJoin join) {
            return keyed(join, join.type(), join.leftKeys(), join.rightKeys(), join.residual());
        }
        PlanNode.LoopJoin join = (PlanNode.LoopJoin) node;
        return new JoinWords(join.type(), null, null, text(join, join.condition()));
    }

    private static JoinWords keyed(
            PlanNode join,
            JoinType type,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            Expr residual) {
        return new JoinWords(
                type,
                names(join.inputs().get(0).schema(), leftKeys),
                names(join.inputs().get(1).schema(), rightKeys),
                text(join, residual));
    }

    private static String text(PlanNode join, Expr condition) {
        return condition == null
                ? null
                : NodeText.over(join.inputs().get(0), join.inputs().get(1)).text(condition);
    }

    private static String names(Schema schema, List<Integer> columns) {
        return columns.stream()
                .map(column -> schema.field(column).name())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** What is done with the rows of both sides that have one key. */
    String pairs() {
        return switch (type) {
            case INNER -> "emit each pair of a left and a right row";
            case LEFT -> "emit each pair of rows; a left row without a partner with nulls";
            case RIGHT -> "emit each pair of rows; a right row without a partner with nulls";
            case FULL ->
                    "emit each pair of rows; a row of either side without a partner with nulls";
            case SEMI -> "emit the left rows if there is a right one";
            case ANTI -> "emit the left rows if there is no right one";
        };
    }

    /** What is done with a row of the left side, the right one being in memory. */
    String matches() {
        String which = leftKey == null && condition != null ? "where " + condition : "";
        String match = which.isEmpty() ? "match" : "row in memory " + which;
        return switch (type) {
            case INNER ->
                    "make a row with each "
                            + (leftKey == null && which.isEmpty() ? "row in memory" : match);
            case LEFT ->
                    "make a row with each %s, or one with nulls if there is none".formatted(match);
            case RIGHT ->
                    "make a row with each %s; at the end one for each row in memory without a match"
                            .formatted(match);
            case FULL ->
                    "make a row with each %s, or one with nulls; at the end one for each row in memory without a match"
                            .formatted(match);
            case SEMI -> "keep the row if there is a " + match;
            case ANTI -> "keep the row if there is no " + match;
        };
    }
}
