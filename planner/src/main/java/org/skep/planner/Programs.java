package org.skep.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.calcite.rel.RelNode;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.model.spi.FileInspector;
import org.skep.model.spi.FunctionRegistry;
import org.skep.planner.logical.ComputedOnce;
import org.skep.planner.logical.Phases;
import org.skep.planner.logical.SharedDefinition;
import org.skep.planner.logical.SharedTree;
import org.skep.planner.physical.SharedInput;
import org.skep.planner.physical.ToPhysical;
import org.skep.planner.why.Choices;

/**
 * From algebra as written to programs, with what several places read computed once.
 *
 * @param refused hears of queries that cannot be the checkpoints that hints ask for
 */
record Programs(
        Phases phases,
        FunctionRegistry functions,
        FileInspector files,
        Settings settings,
        Choices choices,
        Consumer<String> refused) {

    /**
     * The programs of queries that run together.
     *
     * @param seen hears of what a query is after each phase
     */
    List<PlanNode> of(List<RelNode> written, BiConsumer<String, RelNode> seen) {
        SharedTree common = SharedTree.of(written).orElse(null);
        List<RelNode> roots = new ArrayList<>(common == null ? written : common.queries());
        if (common != null) {
            roots.add(common.input());
        }
        ComputedOnce once = ComputedOnce.of(roots, refused);
        List<SharedDefinition> definitions = new ArrayList<>(once.definitions());
        List<RelNode> queries = once.queries().subList(0, written.size());
        if (common != null) {
            RelNode input = once.queries().get(written.size());
            definitions.add(new SharedDefinition(common.rows(), input));
        }
        List<RelNode> optimised = queries.stream().map(query -> phases.run(query, seen)).toList();
        List<SharedInput.Wanted> inputs = wanted(definitions, optimised, seen);
        return ToPhysical.convert(optimised, inputs, functions, files, settings, choices);
    }

    /** What of each definition is read, before those that are made of it. */
    private List<SharedInput.Wanted> wanted(
            List<SharedDefinition> definitions,
            List<RelNode> queries,
            BiConsumer<String, RelNode> seen) {
        List<SharedDefinition> left = new ArrayList<>(definitions);
        List<RelNode> readers = new ArrayList<>(queries);
        List<SharedInput.Wanted> inputs = new ArrayList<>();
        while (!left.isEmpty()) {
            SharedDefinition next =
                    left.stream()
                            .filter(each -> left.stream().noneMatch(other -> other.reads(each)))
                            .findFirst()
                            .orElseThrow();
            left.remove(next);
            SharedInput input = new SharedInput(next.rows(), readers);
            if (input.isRead()) {
                RelNode rows = phases.run(input.wanted(next.input()), (phase, tree) -> {});
                seen.accept("computed once", rows);
                readers.add(rows);
                inputs.add(0, new SharedInput.Wanted(input, rows));
            }
        }
        return inputs;
    }
}
