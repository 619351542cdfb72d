package org.skep.planner.stage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.plan.StageGraph;

/**
 * Cuts a plan into stages at its exchanges. Equal pieces of a plan become one stage that is read
 * several times, but for what rests on chance and was written twice; to broadcast what a stage has
 * put out already is to read all of it. Build sides come before probe sides, so that what is known
 * of them can be used.
 */
public final class StageCutter {
    private final List<Stage> stages = new ArrayList<>();
    private final Map<Piece, PlanNode.StageInput> cut = new HashMap<>();
    private int within; // the number of the rows that are computed, 0 outside of all

    /** A piece of the plan, and the rows of what number it is needed for. */
    private record Piece(PlanNode.Exchange exchange, int within) {}

    private StageCutter() {}

    public static StageGraph cut(PlanNode root) {
        StageCutter cutter = new StageCutter();
        PlanNode result = cutter.visit(root);
        cutter.stages.add(new Stage(cutter.stages.size(), result, null));
        return RuntimeFilters.in(new StageGraph(cutter.stages));
    }

    private PlanNode visit(PlanNode node) {
        if (!(node instanceof PlanNode.Exchange exchange)) {
            return withInputs(node);
        }
        int outside = within;
        int number = number(exchange.partitioning());
        within = number > 0 ? number : outside;
        Piece piece = new Piece(exchange, within);
        PlanNode.StageInput known = cut.get(piece);
        PlanNode below = known == null ? visit(exchange.input()) : null;
        within = outside;
        if (known != null) {
            return known;
        }
        if (exchange.partitioning() instanceof Partitioning.Broadcast
                && below instanceof PlanNode.StageInput read) {
            return new PlanNode.StageInput(read.stage(), exchange.partitioning(), read.schema());
        }
        Stage stage = new Stage(stages.size(), below, exchange.partitioning());
        stages.add(stage);
        PlanNode.StageInput input =
                new PlanNode.StageInput(stage.id(), exchange.partitioning(), exchange.schema());
        cut.put(piece, input);
        return input;
    }

    private static int number(Partitioning partitioning) {
        return partitioning instanceof Partitioning.Spread spread ? spread.number() : 0;
    }

    private PlanNode withInputs(PlanNode node) {
        List<PlanNode> inputs = node.inputs();
        if (inputs.isEmpty()) {
            return node;
        }
        PlanNode[] seen = new PlanNode[inputs.size()];
        for (int i = inputs.size() - 1; i >= 0; i--) {
            seen[i] = visit(inputs.get(i));
        }
        List<PlanNode> all = List.of(seen);
        return all.equals(inputs) ? node : node.withInputs(all);
    }
}
