package org.skep.planner.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinHint;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.spi.Backend.StageReport;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;

/** Exchanges the sides of shuffled joins, so that the table is built of the smaller one. */
final class Sides {
    /** A table of a side larger than this is not worth avoiding. */
    private static final double LOPSIDED = 2;

    private static final long LEAST_BYTES = 1 << 20;

    private Sides() {}

    /** The stage with the smaller input of each shuffled join as its build side. */
    static Stage apply(Stage stage, Map<Integer, StageReport> reports, List<String> decisions) {
        return new Stage(stage.id(), visit(stage.root(), reports, decisions), stage.output());
    }

    private static PlanNode visit(
            PlanNode node, Map<Integer, StageReport> reports, List<String> decisions) {
        if (node instanceof PlanNode.HashJoin join
                && isShuffled(join.left())
                && isShuffled(join.right())
                && join.type().givesRight()
                && !isAskedFor(join)) {
            StageReport left = reports.get(((PlanNode.StageInput) join.left()).stage());
            StageReport right = reports.get(((PlanNode.StageInput) join.right()).stage());
            long build = right.totalBytes();
            if (build > LEAST_BYTES && build > LOPSIDED * left.totalBytes()) {
                decisions.add(
                        "stage %d gave %d bytes, stage %d only %d: the table is built of the latter"
                                .formatted(right.stage(), build, left.stage(), left.totalBytes()));
                return exchanged(join, join.right(), join.left(), join.type().mirrored());
            }
            return node;
        }
        List<PlanNode> inputs =
                node.inputs().stream().map(input -> visit(input, reports, decisions)).toList();
        return inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
    }

    /** A broadcast that was asked for is shuffled only when it was too large to be built. */
    private static boolean isAskedFor(PlanNode.HashJoin join) {
        return join.hint() != null && join.hint().strategy() != JoinHint.Strategy.BROADCAST;
    }

    private static boolean isShuffled(PlanNode node) {
        return node instanceof PlanNode.StageInput input
                && input.partitioning() instanceof Partitioning.Hash;
    }

    /**
     * The join with its sides exchanged, and the columns back in their places.
     *
     * @param right what was on the right side, now the probe side
     * @param left what was on the left side, now the build side
     * @param type of the join as it is now
     */
    static PlanNode exchanged(
            PlanNode.HashJoin join, PlanNode right, PlanNode left, JoinType type) {
        int leftWidth = left.schema().size();
        int rightWidth = right.schema().size();
        int[] at = new int[leftWidth + rightWidth];
        for (int i = 0; i < at.length; i++) {
            at[i] = i < leftWidth ? rightWidth + i : i - leftWidth;
        }
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
