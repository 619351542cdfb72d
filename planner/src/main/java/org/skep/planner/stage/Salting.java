package org.skep.planner.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend.StageReport;
import org.skep.model.type.Type;

/**
 * Joins the rows of hot keys in tasks of their own. Of the side that has many of them, each task
 * gets a share; the other side's rows of those keys go to all of these tasks. All other rows stay
 * where they are (partial redistribution and partial duplication; Xu, Kostamaa, Zhou and Chen,
 * "Handling Data Skew in Parallel Joins in Shared-Nothing Systems", SIGMOD 2008).
 *
 * <pre>
 * Join(L, R) → Union(Join(L without hot keys, R without hot keys),
 *                    Join(hot rows of L, spread; hot rows of R, broadcast))
 * </pre>
 *
 * What stands above the join and needs equal keys in one task gets them by an exchange of its own,
 * behind a combiner where it is an aggregate.
 */
final class Salting {
    private final Settings settings;
    private final Map<Integer, StageReport> reports;
    private final Regrouping regrouping;
    private final List<String> decisions;

    /**
     * @param decisions takes what was decided, in words
     */
    Salting(
            Settings settings,
            Map<Integer, StageReport> reports,
            Regrouping regrouping,
            List<String> decisions) {
        this.settings = settings;
        this.reports = reports;
        this.regrouping = regrouping;
        this.decisions = decisions;
    }

    /**
     * The stages to run in place of one whose inputs have ended.
     *
     * @param ids gives numbers for new stages
     * @return nothing when no key is hot, or nothing can be done about it
     */
    Optional<List<Stage>> apply(Stage stage, IntSupplier ids) {
        List<PlanNode> above = new ArrayList<>();
        PlanNode node = stage.root();
        while (!isShuffledJoin(node)) {
            if (node.inputs().isEmpty() || node.kind() == PlanNode.Kind.UNION) {
                return Optional.empty();
            }
            above.add(node);
            node = node.inputs().get(0);
        }
        int told = decisions.size();
        PlanNode join = node;
        Optional<List<Stage>> stages =
                branches(join).flatMap(union -> regrouping.place(stage, above, join, union, ids));
        if (stages.isEmpty()) {
            decisions.subList(told, decisions.size()).clear();
        }
        return stages;
    }

    private static boolean isShuffledJoin(PlanNode node) {
        PlanNode.HashJoin join = HotRows.asHashJoin(node);
        return join != null
                && HotRows.leaf(join.left()) != null
                && !HotRows.inputs(join.right()).isEmpty();
    }

    private Optional<PlanNode> branches(PlanNode node) {
        PlanNode.HashJoin join = HotRows.asHashJoin(node);
        List<PlanNode.StageInput> inputs = HotRows.inputs(join);
        PlanNode.StageInput left = HotRows.leaf(join.left());
        boolean alike =
                inputs.stream()
                        .allMatch(input -> HotRows.keyTypes(input).equals(HotRows.keyTypes(left)));
        if (!alike || !HotRows.keyTypes(left).stream().allMatch(Salting::isExact)) {
            return Optional.empty();
        }
        Skew ofLeft = skew(left, inputs);
        PlanNode.StageInput right = HotRows.leaf(join.right());
        boolean two = inputs.size() == 2 && right != null;
        Skew ofRight = two ? skew(right, inputs) : Skew.NONE;
        List<PlanNode> branches = new ArrayList<>();
        if (!ofLeft.isEmpty() && HotBranch.canSpreadLeft(join)) {
            branches.add(HotBranch.left(join, ofLeft));
            tell(left, ofLeft);
        } else {
            ofLeft = Skew.NONE;
        }
        ofRight = ofRight.without(ofLeft);
        if (!ofRight.isEmpty() && HotBranch.canSpreadRight(join)) {
            HotBranch.right(join, ofRight).ifPresent(branches::add);
            tell(right, ofRight);
        } else {
            ofRight = Skew.NONE;
        }
        if (ofLeft.isEmpty() && ofRight.isEmpty()) {
            return Optional.empty();
        }
        branches.add(0, cold(node, ofLeft, ofRight, join.nullsEqual()));
        return Optional.of(
                branches.size() == 1
                        ? branches.get(0)
                        : new PlanNode.Union(branches, node.schema()));
    }

    private Skew skew(PlanNode.StageInput side, List<PlanNode.StageInput> inputs) {
        List<StageReport> others =
                inputs.stream()
                        .filter(input -> input.stage() != side.stage())
                        .map(input -> reports.get(input.stage()))
                        .toList();
        return Skew.of(reports.get(side.stage()), others, settings);
    }

    /**
     * The join of all other rows. A row with a null in its key has no partner, so it is kept out of
     * the hot keys of the other side.
     */
    private static PlanNode cold(PlanNode node, Skew ofLeft, Skew ofRight, boolean nullsEqual) {
        if (node instanceof PlanNode.StageInput input) {
            return HotRows.without(input, both(ofLeft, ofRight, nullsEqual));
        }
        List<PlanNode> inputs = new ArrayList<>();
        PlanNode.HashJoin join = HotRows.asHashJoin(node);
        boolean equal = join == null ? nullsEqual : join.nullsEqual();
        inputs.add(cold(node.inputs().get(0), ofLeft, ofRight, equal));
        if (node.inputs().size() > 1) {
            List<List<Object>> fromRight = both(ofRight, ofLeft, equal);
            inputs.add(
                    HotRows.with(node.inputs().get(1), input -> HotRows.without(input, fromRight)));
        }
        return node.withInputs(inputs);
    }

    private static List<List<Object>> both(Skew own, Skew others, boolean nullsEqual) {
        List<List<Object>> keys = new ArrayList<>(own.keys());
        keys.addAll(HotBranch.partners(others.keys(), nullsEqual));
        return keys;
    }

    /** Whether equal values of the type are written alike. */
    private static boolean isExact(Type type) {
        return switch (type.layout()) {
            case BOOLEAN, INT, LONG, DECIMAL, BYTES -> true;
            case DOUBLE, ARRAY, STRUCT -> false;
        };
    }

    private void tell(PlanNode.StageInput input, Skew skew) {
        long total = reports.get(input.stage()).totalRows();
        List<Integer> columns = HotRows.keys(input);
        List<Object> first = skew.keys().get(0);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = input.schema().field(columns.get(i)).name();
            names.add(name + " = " + first.get(i));
        }
        int others = skew.keys().size() - 1;
        decisions.add(
                "stage %d gave %d rows, about %d %% of them with %s%s: skew split applied, these rows are spread over %d tasks"
                        .formatted(
                                input.stage(),
                                total,
                                Math.min(100, Math.round(100.0 * skew.rows() / Math.max(1, total))),
                                String.join(" and ", names),
                                others > 0 ? " or of " + others + " more hot keys" : "",
                                skew.tasks()));
    }
}
