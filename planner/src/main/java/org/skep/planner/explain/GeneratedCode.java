package org.skep.planner.explain;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;

/** The source of the loops that were generated for a query's operators, fit for reading. */
final class GeneratedCode {
    private static final String INDENT = "    ";

    private final Explanation explanation;
    private final List<String> lines = new ArrayList<>();
    private int place; // of a node in its stage, in pre-order

    private GeneratedCode(Explanation explanation) {
        this.explanation = explanation;
    }

    /** By stage and operator, those that have any. */
    static List<String> lines(Explanation explanation) {
        GeneratedCode code = new GeneratedCode(explanation);
        for (Stage stage : explanation.stages().stages()) {
            code.place = 0;
            code.add(stage, stage.root());
        }
        if (code.lines.isEmpty()) {
            code.lines.add("no loops were generated");
        }
        return code.lines;
    }

    private void add(Stage stage, PlanNode node) {
        explanation
                .operator(stage, place++)
                .filter(report -> !report.code().isEmpty())
                .ifPresent(
                        report -> {
                            lines.add("stage %d, %s".formatted(stage.id(), NodeText.of(node)));
                            for (String source : indented(report.code())) {
                                source.lines().forEach(line -> lines.add(INDENT + line));
                            }
                        });
        node.inputs().forEach(input -> add(stage, input));
    }

    /** Sources with their lines moved in by the braces around them. */
    static List<String> indented(List<String> sources) {
        return sources.stream().map(GeneratedCode::indented).toList();
    }

    private static String indented(String source) {
        StringBuilder out = new StringBuilder();
        int depth = 0;
        for (String line : source.lines().map(String::strip).toList()) {
            long opened = line.chars().filter(c -> c == '{').count();
            long closed = line.chars().filter(c -> c == '}').count();
            boolean begins = line.startsWith("}");
            out.append(INDENT.repeat(Math.max(0, begins ? depth - 1 : depth)));
            out.append(line).append('\n');
            depth += (int) (opened - closed);
        }
        return out.toString();
    }
}
