package org.skep.planner.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.model.plan.Stage;
import org.skep.planner.why.Amounts;
import org.skep.planner.why.Choice;

/** An explanation as one HTML page that needs nothing beside it: no script, no other file. */
public final class ExplanationHtml {
    private static final String STYLE =
            """
            :root { color-scheme: light dark; --back: #ffffff; --ink: #1d2430; --soft: #5b6675;
              --box: #f2f6fb; --edge: #8aa0bb; --mark: #fff3d6; --line: #d9e0e8; --head: #0b4a8f; }
            @media (prefers-color-scheme: dark) { :root { --back: #14181e; --ink: #e6eaf0;
              --soft: #9aa7b6; --box: #1d2530; --edge: #5f7896; --mark: #3a321b; --line: #313b47;
              --head: #8cc0ff; } }
            body { margin: 1.5rem; background: var(--back); color: var(--ink);
              font: 15px/1.5 system-ui, sans-serif; }
            h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin-top: 2rem; }
            pre, .picture { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
            pre { padding: .8rem; font: 12px/1.5 ui-monospace, monospace; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            .wide { overflow-x: auto; }
            th, td { padding: .25rem .7rem; border-bottom: 1px solid var(--line); text-align: left;
              white-space: nowrap; }
            td.number, th.number { text-align: right; }
            tr.taken { background: var(--mark); } td.words { white-space: normal; min-width: 16rem; }
            h3 { font-size: .95rem; margin: 1.2rem 0 .3rem; }
            svg text { font: 11px ui-monospace, "DejaVu Sans Mono", monospace; fill: var(--ink); }
            svg text.head { font-weight: bold; fill: var(--head); }
            svg text.sent { fill: var(--soft); paint-order: stroke; stroke: var(--back); stroke-width: 4px; }
            svg rect.stage { fill: var(--box); stroke: var(--edge); }
            svg rect.result { fill: var(--mark); }
            svg path.arrow { fill: none; stroke: var(--edge); stroke-width: 1.5; }
            svg path.broadcast { stroke-dasharray: 5 4; }
            svg path.tip { fill: var(--edge); }
            """;

    private final Explanation explanation;
    private final StringBuilder out = new StringBuilder();

    private ExplanationHtml(Explanation explanation) {
        this.explanation = explanation;
    }

    public static String of(Explanation explanation) {
        return new ExplanationHtml(explanation).page();
    }

    private String page() {
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.append("<title>Query plan</title>\n<style>\n").append(STYLE);
        out.append("</style>\n</head>\n<body>\n<h1>Query plan</h1>\n");
        if (explanation.run() != null) {
            line("p", ExplanationText.result(explanation));
        }
        out.append("<div class=\"picture\">\n").append(StagePicture.of(explanation));
        out.append("</div>\n");
        if (explanation.stages().stages().size() > 1) {
            line("p", "A full arrow is a shuffle, a dashed one a broadcast to every task.");
        }
        if (explanation.run() != null) {
            line("h2", "Stages");
            stages();
        }
        line("h2", explanation.changed() ? "Plan as it was run" : "Plan");
        pre(ExplanationText.plan(explanation));
        if (explanation.changed()) {
            line("h2", "Plan at first");
            pre(PlanText.of(explanation.planned()));
        }
        if (explanation.run() != null && !explanation.run().decisions().isEmpty()) {
            line("h2", "Changed between stages");
            explanation.run().decisions().forEach(decision -> line("p", decision));
        }
        if (explanation.choices() != null) {
            line("h2", "Why");
            explanation.choices().forEach(this::choice);
        }
        if (explanation.shows(Explanation.Detail.FUNCTIONS)) {
            line("h2", "As map and reduce functions");
            pre(ExplanationText.functions(explanation));
        }
        if (explanation.shows(Explanation.Detail.CODE)) {
            line("h2", "Generated code");
            pre(String.join("\n", GeneratedCode.lines(explanation)));
        }
        if (explanation.phases() != null) {
            line("h2", "Phases of planning");
            pre(explanation.phases());
        }
        return out.append("</body>\n</html>\n").toString();
    }

    private void line(String tag, String text) {
        out.append("<%s>%s</%s>\n".formatted(tag, HtmlText.of(text), tag));
    }

    private void pre(String text) {
        List<String> lines = text.lines().map(HtmlText::of).toList();
        out.append("<pre>").append(String.join("\n", lines)).append("</pre>\n");
    }

    private void stages() {
        out.append("<div class=\"wide\"><table>\n<tr><th>stage</th><th>output</th>");
        for (String heading :
                List.of(
                        "tasks",
                        "rows in, max",
                        "median",
                        "ratio",
                        "time, max",
                        "median",
                        "ratio",
                        "hottest",
                        "rows out",
                        "bytes out",
                        "spilled")) {
            out.append("<th class=\"number\">").append(heading).append("</th>");
        }
        out.append("<th>combiner</th></tr>\n");
        for (Stage stage : explanation.stages().stages()) {
            Optional<StageFigures> figures = explanation.figures(stage);
            figures.ifPresent(all -> row(stage, all));
        }
        out.append("</table></div>\n");
    }

    private void row(Stage stage, StageFigures figures) {
        out.append("<tr>");
        cell("", Integer.toString(stage.id()));
        cell("", PlanText.partitioning(stage));
        List<String> numbers = new ArrayList<>();
        numbers.add(Integer.toString(figures.tasks()));
        numbers.add(Long.toString(figures.maxRows()));
        numbers.add(ExplanationText.plain(figures.medianRows()));
        numbers.add(Amounts.times(figures.maxRows(), figures.medianRows()));
        numbers.add(Amounts.time(figures.maxNanos()));
        numbers.add(Amounts.time(figures.medianNanos()));
        numbers.add(Amounts.times(figures.maxNanos(), figures.medianNanos()));
        numbers.add(figures.tasks() > 1 ? "task " + figures.hottest() : "");
        numbers.add(Long.toString(figures.rowsOut()));
        numbers.add(stage.output() == null ? "" : Amounts.bytes(figures.bytesOut()));
        numbers.add(figures.spilledBytes() == 0 ? "" : Amounts.bytes(figures.spilledBytes()));
        numbers.forEach(number -> cell("number", number));
        cell("", figures.combiner() == null ? "" : figures.combiner().text());
        out.append("</tr>\n");
    }

    private void choice(Choice choice) {
        line("h3", choice.subject());
        out.append("<div class=\"wide\"><table>\n");
        for (int i = 0; i < choice.options().size(); i++) {
            Choice.Option option = choice.options().get(i);
            out.append(i == 0 ? "<tr class=\"taken\">" : "<tr>");
            cell("", i == 0 ? "taken" : "");
            cell("", option.name());
            cell("number", ChoiceText.cost(option));
            cell("words", option.reason());
            out.append("</tr>\n");
        }
        out.append("</table></div>\n");
    }

    private void cell(String kind, String text) {
        out.append(kind.isEmpty() ? "<td>" : "<td class=\"" + kind + "\">");
        out.append(HtmlText.of(text)).append("</td>");
    }
}
