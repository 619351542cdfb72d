package org.skep.planner.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.plan.StageGraph;
import org.skep.planner.why.Choice;

/**
 * An explanation as JSON. The README lists the members; more may be added, none is renamed as long
 * as {@code version} stays. What is not known is null; what was not asked for is left out.
 */
public final class ExplanationJson {
    private static final int VERSION = 1;

    private final Explanation explanation;
    private int place;

    private ExplanationJson(Explanation explanation) {
        this.explanation = explanation;
    }

    public static String of(Explanation explanation) {
        return JsonWriter.write(new ExplanationJson(explanation).all());
    }

    private Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("version", VERSION);
        if (explanation.phases() != null) {
            all.put("phases", explanation.phases());
        }
        all.put("stages", stages(explanation));
        Explanation.Run run = explanation.run();
        if (run != null) {
            if (explanation.changed()) {
                Explanation first = Explanation.of(explanation.planned());
                all.put("plannedStages", new ExplanationJson(first).stages(first));
            }
            all.put("decisions", run.decisions());
            all.put("rows", run.rows());
            all.put("milliseconds", run.nanos() / 1e6);
        }
        if (explanation.choices() != null) {
            all.put(
                    "choices",
                    explanation.choices().stream().map(ExplanationJson::choice).toList());
        }
        return all;
    }

    private List<Object> stages(Explanation shown) {
        StageGraph graph = shown.stages();
        RowEstimates estimates = new RowEstimates(graph);
        boolean functions = shown.shows(Explanation.Detail.FUNCTIONS);
        List<MapReduce> told = functions ? MapReduce.of(graph) : List.of();
        List<Object> stages = new ArrayList<>();
        for (Stage stage : graph.stages()) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("id", stage.id());
            members.put("reads", stage.reads());
            members.put("readers", PlanText.readers(stage, graph));
            members.put("output", output(stage));
            shown.figures(stage).ifPresent(figures -> members.put("run", figures(figures)));
            place = 0;
            members.put("operator", operator(stage, stage.root(), estimates));
            if (functions) {
                MapReduce words = told.get(stages.size());
                members.put("job", words.heading());
                members.put(
                        "functions", words.steps().stream().map(ExplanationJson::step).toList());
            }
            stages.add(members);
        }
        return stages;
    }

    private static Map<String, Object> output(Stage stage) {
        Map<String, Object> output = new LinkedHashMap<>();
        Partitioning partitioning = stage.output();
        if (partitioning == null) {
            output.put("kind", "result");
        } else if (partitioning instanceof Partitioning.Hash hash) {
            output.put("kind", "hash");
            output.put("keys", PlanText.keys(stage, hash));
            output.put("partitions", hash.partitions());
        } else if (partitioning instanceof Partitioning.Spread spread) {
            output.put("kind", "spread");
            output.put("partitions", spread.partitions());
            if (spread.checkpoint()) {
                output.put("checkpoint", true);
            }
        } else {
            boolean single = partitioning instanceof Partitioning.Single;
            output.put("kind", single ? "single" : "broadcast");
        }
        return output;
    }

    private static Map<String, Object> figures(StageFigures figures) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tasks", figures.tasks());
        run.put("medianRowsIn", figures.medianRows());
        run.put("maxRowsIn", figures.maxRows());
        run.put("medianMilliseconds", figures.medianNanos() / 1e6);
        run.put("maxMilliseconds", figures.maxNanos() / 1e6);
        run.put("hottestTask", figures.hottest());
        run.put("rowsOut", figures.rowsOut());
        run.put("bytesOut", figures.bytesOut());
        run.put("spilledBytes", figures.spilledBytes());
        if (figures.combiner() != null) {
            Map<String, Object> combiner = new LinkedHashMap<>();
            combiner.put("rowsIn", figures.combiner().rowsIn());
            combiner.put("rowsOut", figures.combiner().rowsOut());
            run.put("combiner", combiner);
        }
        return run;
    }

    private Map<String, Object> operator(Stage stage, PlanNode node, RowEstimates estimates) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kind", node.kind().name());
        members.put("text", NodeText.of(node));
        members.put("columns", node.schema().names());
        double expected = estimates.of(node);
        members.put("estimatedRows", Double.isNaN(expected) ? null : (Object) expected);
        explanation
                .operator(stage, place++)
                .ifPresent(
                        report -> {
                            members.put("rows", report.rows());
                            members.put("milliseconds", report.nanos() / 1e6);
                            if (explanation.shows(Explanation.Detail.CODE)) {
                                members.put("code", GeneratedCode.indented(report.code()));
                            }
                        });
        List<Object> inputs = new ArrayList<>();
        node.inputs().forEach(input -> inputs.add(operator(stage, input, estimates)));
        members.put("inputs", inputs);
        return members;
    }

    private static Map<String, Object> step(MapReduce.Step step) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", step.name());
        members.put("lines", step.lines());
        return members;
    }

    private static Map<String, Object> choice(Choice choice) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("subject", choice.subject());
        List<Object> options = new ArrayList<>();
        for (Choice.Option option : choice.options()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("name", option.name());
            each.put("taken", options.isEmpty());
            each.put("cost", option.cost());
            each.put("unit", option.unit());
            each.put("reason", option.reason());
            options.add(each);
        }
        members.put("options", options);
        return members;
    }
}
