package org.skep.planner.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.planner.explain.StageLayout.Item;
import org.skep.planner.why.Amounts;

/** The graph of stages as an SVG picture; its colours come from the page's style sheet. */
final class StagePicture {
    private static final int MOST_LETTERS = 52;
    private static final int MOST_LINES = 10;
    private static final double LETTER = 6.7; // of a monospaced font of 11 pixels
    private static final double LINE = 15;
    private static final double HEAD = 24;
    private static final double PADDING = 10;

    /** Arrows leave a box so far from its left, and go straight so far, past their label. */
    private static final double LEAVING = 18;

    private static final double STRAIGHT = 20;

    private final Explanation explanation;
    private final Map<Integer, List<String>> lines = new HashMap<>();
    private final StringBuilder out = new StringBuilder();
    private StageLayout layout;

    private StagePicture(Explanation explanation) {
        this.explanation = explanation;
    }

    static String of(Explanation explanation) {
        return new StagePicture(explanation).draw();
    }

    private String draw() {
        Map<Integer, StageLayout.Size> sizes = new HashMap<>();
        for (Stage stage : explanation.stages().stages()) {
            List<String> all = new ArrayList<>();
            operators(stage.root(), 0, all);
            if (all.size() > MOST_LINES) {
                int more = all.size() - MOST_LINES + 1;
                all = new ArrayList<>(all.subList(0, MOST_LINES - 1));
                all.add("… " + more + " more");
            }
            lines.put(stage.id(), all);
            sizes.put(stage.id(), size(stage, all));
        }
        layout = new StageLayout(explanation.stages(), sizes);
        print(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"stages of the query\""
                        + " width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\">%n",
                layout.width(), layout.height(), layout.width(), layout.height());
        print(
                "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\""
                        + " markerHeight=\"8\" orient=\"auto\"><path class=\"tip\" d=\"M0 0L8 4L0 8z\"/>"
                        + "</marker></defs>%n");
        layout.arrows().forEach(this::arrow);
        explanation.stages().stages().forEach(this::box);
        return out.append("</svg>\n").toString();
    }

    private void print(String form, Object... values) {
        out.append(String.format(Locale.ROOT, form, values));
    }

    private StageLayout.Size size(Stage stage, List<String> all) {
        int leaving = (int) Math.ceil(LEAVING / LETTER);
        int letters = Math.max(heading(stage).length(), sent(stage).length() + leaving);
        for (String line : all) {
            letters = Math.max(letters, line.length());
        }
        return new StageLayout.Size(
                letters * LETTER + 2 * PADDING, HEAD + all.size() * LINE + PADDING);
    }

    private static void operators(PlanNode node, int depth, List<String> all) {
        String indent = " ".repeat(Math.min(2 * depth, MOST_LETTERS / 2));
        all.add(HtmlText.shortened(indent + NodeText.of(node), MOST_LETTERS));
        node.inputs().forEach(input -> operators(input, depth + 1, all));
    }

    private String heading(Stage stage) {
        Optional<StageFigures> figures = explanation.figures(stage);
        return "stage "
                + stage.id()
                + figures.map(
                                all ->
                                        " · %s · %s"
                                                .formatted(
                                                        NodeText.count(all.tasks(), "task"),
                                                        Amounts.time(all.maxNanos())))
                        .orElse("");
    }

    /** What goes along a stage's arrows; empty for the result. */
    private String sent(Stage stage) {
        if (stage.output() == null) {
            return "";
        }
        String how = HtmlText.shortened(PlanText.partitioning(stage), MOST_LETTERS - 14);
        return explanation
                .figures(stage)
                .map(all -> how + " · " + Amounts.bytes(all.bytesOut()))
                .orElse(how);
    }

    private void box(Stage stage) {
        Item box = layout.box(stage);
        print(
                "<g><title>stage %d</title><rect class=\"stage%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\""
                        + " height=\"%.1f\" rx=\"6\"/>%n",
                stage.id(),
                stage.output() == null ? " result" : "",
                box.left(),
                box.top(),
                box.size().width(),
                box.size().height());
        text("head", box.left() + PADDING, box.top() + 16, heading(stage));
        double y = box.top() + HEAD + 12;
        for (String line : lines.get(stage.id())) {
            text("line", box.left() + PADDING, y, line);
            y += LINE;
        }
        if (stage.output() != null) {
            text("sent", box.left() + LEAVING + 8, box.bottom() + 15, sent(stage));
        }
        print("</g>%n");
    }

    private void text(String kind, double x, double y, String text) {
        print(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" xml:space=\"preserve\">%s</text>%n",
                kind, x, y, HtmlText.of(text));
    }

    private void arrow(StageLayout.Arrow arrow) {
        StringBuilder path = new StringBuilder();
        List<Item> way = arrow.way();
        double x = way.get(0).left() + LEAVING;
        double y = way.get(0).bottom() + STRAIGHT;
        path.append(String.format(Locale.ROOT, "M%.1f %.1fV%.1f", x, way.get(0).bottom(), y));
        for (int i = 1; i < way.size(); i++) {
            boolean last = i == way.size() - 1;
            double toX = last ? arrival(arrow) : way.get(i).middle();
            double toY = way.get(i).top();
            double half = (y + toY) / 2;
            path.append(
                    String.format(
                            Locale.ROOT,
                            "C%.1f %.1f %.1f %.1f %.1f %.1f",
                            x,
                            half,
                            toX,
                            half,
                            toX,
                            toY));
            x = toX;
            y = last ? toY : way.get(i).bottom();
            path.append(last ? "" : String.format(Locale.ROOT, "V%.1f", y));
        }
        boolean broadcast =
                Stage.inputs(arrow.to().root()).stream()
                        .filter(input -> input.stage() == arrow.from().id())
                        .allMatch(input -> input.partitioning() instanceof Partitioning.Broadcast);
        print(
                "<path class=\"arrow%s\" d=\"%s\" marker-end=\"url(#tip)\"/>%n",
                broadcast ? " broadcast" : "", path);
    }

    /** Arrows into one box end side by side, in the order of where they come from. */
    private double arrival(StageLayout.Arrow arrow) {
        List<Double> from =
                layout.arrows().stream()
                        .filter(other -> other.to().id() == arrow.to().id())
                        .map(other -> other.way().get(other.way().size() - 2).middle())
                        .sorted()
                        .toList();
        int place = from.indexOf(arrow.way().get(arrow.way().size() - 2).middle());
        Item box = layout.box(arrow.to());
        return box.left() + box.size().width() * (place + 1) / (from.size() + 1);
    }
}
