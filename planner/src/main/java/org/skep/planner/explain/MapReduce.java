package org.skep.planner.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.plan.StageGraph;

/**
 * A stage as the functions that one would write for it by hand in a MapReduce program (Dean and
 * Ghemawat, OSDI 2004). A job is what one shuffle needs: its map stages and the stage that reduces.
 *
 * @param heading which part of which job the stage is
 * @param steps in the order in which they run
 */
record MapReduce(String heading, List<Step> steps) {
    MapReduce {
        steps = List.copyOf(steps);
    }

    /**
     * A function.
     *
     * @param name map, combine, reduce, shuffle or set up
     * @param lines what it does, in words
     */
    record Step(String name, List<String> lines) {}

    /** All stages, in order. */
    static List<MapReduce> of(StageGraph graph) {
        List<Integer> reducing =
                graph.stages().stream().filter(MapReduce::reduces).map(Stage::id).toList();
        List<MapReduce> all = new ArrayList<>();
        for (Stage stage : graph.stages()) {
            List<Step> steps = new StageFunctions(stage, graph).steps();
            all.add(new MapReduce(heading(stage, graph, reducing), steps));
        }
        return all;
    }

    /** Whether rows that were shuffled come together in a stage. */
    private static boolean reduces(Stage stage) {
        return Stage.inputs(stage.root()).stream().anyMatch(MapReduce::isShuffled);
    }

    static boolean isShuffled(PlanNode.StageInput input) {
        return isKeyed(input)
                || input.partitioning() instanceof Partitioning.Slices
                || input.partitioning() instanceof Partitioning.Single;
    }

    /** Whether rows with equal keys come together in a task. */
    static boolean isKeyed(PlanNode.StageInput input) {
        return input.partitioning() instanceof Partitioning.Hash
                || input.partitioning() instanceof Partitioning.Groups;
    }

    private static String heading(Stage stage, StageGraph graph, List<Integer> reducing) {
        List<String> parts = new ArrayList<>();
        if (reducing.contains(stage.id())) {
            parts.add("reduce of job " + (reducing.indexOf(stage.id()) + 1));
        }
        String jobs =
                graph.stages().stream()
                        .filter(reader -> shuffles(stage, reader))
                        .map(reader -> "job " + (reducing.indexOf(reader.id()) + 1))
                        .collect(Collectors.joining(" and "));
        if (!jobs.isEmpty()) {
            parts.add("map of " + jobs);
        } else if (parts.isEmpty()) {
            parts.add("map only");
        }
        if (stage.output() == null) {
            parts.add("gives the result");
        }
        return "stage " + stage.id() + ": " + String.join(", ", parts);
    }

    private static boolean shuffles(Stage stage, Stage reader) {
        return Stage.inputs(reader.root()).stream()
                .anyMatch(input -> input.stage() == stage.id() && isShuffled(input));
    }
}
