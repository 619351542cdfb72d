package org.skep.planner.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;

/**
 * The join of the rows of hot keys: one side spread over many tasks, the other one's rows of these
 * keys in all of them. That a row of the other side has no partner cannot be seen by one of these
 * tasks. It need not be, as long as the keys alone decide: a hot key is there, so every row of the
 * other side with that key has a partner.
 */
final class HotBranch {
    private HotBranch() {}

    /** Those keys that rows of the other side can match. */
    static List<List<Object>> partners(List<List<Object>> keys, boolean nullsEqual) {
        return nullsEqual
                ? keys
                : keys.stream().filter(key -> key.stream().allMatch(Objects::nonNull)).toList();
    }

    /** Whether left rows of hot keys may be spread. */
    static boolean canSpreadLeft(PlanNode.HashJoin join) {
        if (join.type().keepsRight()) {
            return join.residual() == null && isBare(join.left());
        }
        for (PlanNode node = join.left(); !node.inputs().isEmpty(); node = node.inputs().get(0)) {
            if (node instanceof PlanNode.HashJoin below && !canSpreadLeft(below)) {
                return false;
            }
        }
        return true;
    }

    /** Whether right rows of hot keys may be spread, those of the left side being in all tasks. */
    static boolean canSpreadRight(PlanNode.HashJoin join) {
        boolean leftNeedsPartner = join.type().keepsLeft() || join.type() == JoinType.SEMI;
        boolean simple = isBareOrFiltered(join.left()) && isBareOrFiltered(join.right());
        return simple && (!leftNeedsPartner || join.residual() == null && isBare(join.right()));
    }

    /** Whether all rows of the input come through. */
    private static boolean isBare(PlanNode node) {
        return node.kind() == PlanNode.Kind.STAGE_INPUT
                || node.kind() == PlanNode.Kind.PROJECT && isBare(node.inputs().get(0));
    }

    private static boolean isBareOrFiltered(PlanNode node) {
        return node.kind() == PlanNode.Kind.FILTER
                ? isBareOrFiltered(node.inputs().get(0))
                : isBare(node)
                        || node.kind() == PlanNode.Kind.PROJECT
                                && isBareOrFiltered(node.inputs().get(0));
    }

    /** Hot rows of the left side spread. */
    static PlanNode left(PlanNode node, Skew skew) {
        if (node instanceof PlanNode.StageInput input) {
            return HotRows.spread(input, skew);
        }
        if (node instanceof PlanNode.HashJoin join) {
            List<List<Object>> partners = partners(skew.keys(), join.nullsEqual());
            PlanNode right =
                    HotRows.with(
                            join.right(),
                            input -> HotRows.everywhere(input, partners, skew.partitions()));
            return joined(join, left(join.left(), skew), right, withoutRight(join.type()));
        }
        return node.withInputs(List.of(left(node.inputs().get(0), skew)));
    }

    /** All right rows have a partner. */
    private static JoinType withoutRight(JoinType type) {
        return switch (type) {
            case RIGHT -> JoinType.INNER;
            case FULL -> JoinType.LEFT;
            case INNER, LEFT, SEMI, ANTI -> type;
        };
    }

    private static PlanNode joined(
            PlanNode.HashJoin join, PlanNode left, PlanNode right, JoinType type) {
        return new PlanNode.HashJoin(
                left,
                right,
                type,
                join.leftKeys(),
                join.rightKeys(),
                join.nullsEqual(),
                join.residual(),
                join.schema());
    }

    /**
     * Hot rows of the right side spread. Of a semi-join that is all left rows of these keys, of an
     * anti-join none.
     */
    static Optional<PlanNode> right(PlanNode.HashJoin join, Skew skew) {
        if (join.type() == JoinType.ANTI) {
            return Optional.empty();
        }
        List<List<Object>> partners = partners(skew.keys(), join.nullsEqual());
        if (join.type() == JoinType.SEMI) {
            Skew matched =
                    new Skew(partners, skew.partitions(), skew.rows(), Math.max(1, skew.tasks()));
            return partners.isEmpty() ? Optional.empty() : Optional.of(left(join.left(), matched));
        }
        PlanNode spread = left(join.right(), skew);
        PlanNode everywhere =
                HotRows.with(
                        join.left(),
                        input -> HotRows.everywhere(input, partners, skew.partitions()));
        return Optional.of(mirrored(join, spread, everywhere));
    }

    /** The join with its sides exchanged, and the columns back in their places. */
    private static PlanNode mirrored(PlanNode.HashJoin join, PlanNode right, PlanNode left) {
        int leftWidth = left.schema().size();
        int rightWidth = right.schema().size();
        int[] at = new int[leftWidth + rightWidth];
        for (int i = 0; i < at.length; i++) {
            at[i] = i < leftWidth ? rightWidth + i : i - leftWidth;
        }
        JoinType type = join.type().keepsRight() ? JoinType.LEFT : JoinType.INNER;
        Schema turned = nullable(right.schema().concat(left.schema()), join.schema(), at);
        PlanNode turnedJoin =
                new PlanNode.HashJoin(
                        right,
                        left,
                        type,
                        join.rightKeys(),
                        join.leftKeys(),
                        join.nullsEqual(),
                        join.residual() == null ? null : join.residual().remap(at),
                        turned);
        List<Expr> back = new ArrayList<>();
        for (int place : at) {
            back.add(new Expr.Input(place, turned.type(place)));
        }
        return new PlanNode.Project(turnedJoin, back, join.schema());
    }

    /** A column may be null where it may in the join's own schema. */
    private static Schema nullable(Schema turned, Schema schema, int[] at) {
        Field[] fields = turned.fields().toArray(Field[]::new);
        for (int i = 0; i < at.length; i++) {
            Field field = fields[at[i]];
            fields[at[i]] = new Field(field.name(), field.type(), schema.field(i).nullable());
        }
        return new Schema(List.of(fields));
    }
}
