package org.skep.planner.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.spi.Backend.OperatorReport;
import org.skep.planner.explain.Explanation.Detail;
import org.skep.planner.why.Amounts;

/** An explanation as lines of text, section by section. */
public final class ExplanationText {
    private final Explanation explanation;
    private final StringBuilder out = new StringBuilder();

    private ExplanationText(Explanation explanation) {
        this.explanation = explanation;
    }

    public static String of(Explanation explanation) {
        return new ExplanationText(explanation).write();
    }

    private String write() {
        boolean onlyFunctions =
                explanation.shows(Detail.FUNCTIONS)
                        && explanation.run() == null
                        && explanation.choices() == null;
        if (explanation.phases() != null) {
            out.append(explanation.phases()).append("-- stages\n");
        }
        if (explanation.run() != null) {
            run();
        } else if (!onlyFunctions) {
            out.append(plan(explanation));
        }
        if (explanation.shows(Detail.FUNCTIONS)) {
            out.append(onlyFunctions ? "" : "-- as map and reduce functions\n");
            out.append(functions(explanation));
        }
        if (explanation.shows(Detail.CODE)) {
            out.append("-- generated code\n");
            GeneratedCode.lines(explanation).forEach(this::line);
        }
        if (explanation.choices() != null) {
            out.append("-- why\n");
            ChoiceText.lines(explanation.choices()).forEach(this::line);
        }
        if (explanation.run() != null) {
            line(result(explanation));
        }
        return out.toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private void run() {
        if (explanation.changed()) {
            out.append("-- the plan at first\n").append(PlanText.of(explanation.planned()));
            out.append("-- the plan as it was run\n");
        }
        out.append(plan(explanation));
        explanation.run().decisions().forEach(decision -> line("-- " + decision));
    }

    /** The stages, with what is known of them beside what they are. */
    static String plan(Explanation explanation) {
        boolean beside = explanation.run() != null || explanation.shows(Detail.ESTIMATES);
        return PlanText.of(
                explanation.stages(), beside ? new Beside(explanation) : PlanText.Remarks.NONE);
    }

    static String functions(Explanation explanation) {
        StringBuilder out = new StringBuilder();
        for (MapReduce stage : MapReduce.of(explanation.stages())) {
            out.append(stage.heading()).append('\n');
            for (MapReduce.Step step : stage.steps()) {
                out.append("  ").append(step.name()).append(":\n");
                step.lines().forEach(line -> out.append("    ").append(line).append('\n'));
            }
        }
        return out.toString();
    }

    static String result(Explanation explanation) {
        Explanation.Run run = explanation.run();
        return "result: %s, %s in all, %s between stages"
                .formatted(
                        Amounts.rows(run.rows()),
                        Amounts.time(run.nanos()),
                        Amounts.bytes(explanation.bytesOut()));
    }

    /** What is known of stages and operators beside what they are. */
    private static final class Beside implements PlanText.Remarks {
        private final Explanation explanation;
        private final RowEstimates estimates;

        Beside(Explanation explanation) {
            this.explanation = explanation;
            this.estimates = new RowEstimates(explanation.stages());
        }

        @Override
        public List<String> of(Stage stage) {
            return explanation.figures(stage).map(all -> lines(all, stage)).orElse(List.of());
        }

        @Override
        public String of(Stage stage, PlanNode node, int place) {
            List<String> parts = new ArrayList<>();
            double expected = estimates.of(node);
            Optional<OperatorReport> report = explanation.operator(stage, place);
            if (!Double.isNaN(expected)) {
                boolean alone = report.isEmpty();
                parts.add("est " + (alone ? Amounts.aboutRows(expected) : Amounts.about(expected)));
            }
            report.ifPresent(
                    did -> {
                        parts.add("actual " + Amounts.rows(did.rows()));
                        parts.add(Amounts.time(did.nanos()));
                    });
            return String.join(", ", parts);
        }
    }

    /** A stage's figures in words. */
    static List<String> lines(StageFigures figures, Stage stage) {
        List<String> lines = new ArrayList<>();
        String tasks = NodeText.count(figures.tasks(), "task");
        if (figures.tasks() == 1) {
            lines.add(
                    "%s: %s, %s in"
                            .formatted(
                                    tasks,
                                    Amounts.time(figures.maxNanos()),
                                    Amounts.rows(figures.maxRows())));
        } else {
            lines.add(
                    "%s: time max %s, median %s%s; rows in max %d, median %s%s"
                            .formatted(
                                    tasks,
                                    Amounts.time(figures.maxNanos()),
                                    Amounts.time(figures.medianNanos()),
                                    ratio(figures.maxNanos(), figures.medianNanos()),
                                    figures.maxRows(),
                                    plain(figures.medianRows()),
                                    ratio(figures.maxRows(), figures.medianRows())));
        }
        lines.add(output(figures, stage));
        return lines;
    }

    private static String ratio(double max, double median) {
        return median > 0 ? " (" + Amounts.times(max, median) + ")" : "";
    }

    static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String output(StageFigures figures, Stage stage) {
        StringBuilder line = new StringBuilder();
        if (figures.combiner() != null) {
            line.append(stage.output() == null ? "aggregate " : "combiner ");
            line.append(figures.combiner().text()).append("; ");
        }
        line.append(Amounts.rows(figures.rowsOut()));
        if (stage.output() == null) {
            line.append(figures.combiner() == null ? " out" : " out, nothing shuffled");
        } else {
            line.append(", ").append(Amounts.bytes(figures.bytesOut()));
            line.append(
                    stage.output() instanceof Partitioning.Broadcast ? " broadcast" : " shuffled");
        }
        line.append(
                figures.spilledBytes() == 0
                        ? ", nothing spilled"
                        : ", " + Amounts.bytes(figures.spilledBytes()) + " spilled");
        return line.toString();
    }
}
