package org.skep.planner.explain;

import java.util.ArrayList;
import java.util.List;
import org.skep.planner.why.Amounts;
import org.skep.planner.why.Choice;

/** Decisions in words: what was taken behind a plus, what was not behind a minus. */
final class ChoiceText {
    private ChoiceText() {}

    static List<String> lines(List<Choice> choices) {
        List<String> lines = new ArrayList<>();
        for (Choice choice : choices) {
            lines.add(choice.subject());
            for (int i = 0; i < choice.options().size(); i++) {
                lines.add((i == 0 ? "  + " : "  - ") + line(choice.options().get(i)));
            }
        }
        if (choices.isEmpty()) {
            lines.add("there was nothing to decide");
        }
        return lines;
    }

    private static String line(Choice.Option option) {
        String cost = Double.isNaN(option.cost()) ? "" : ": " + cost(option);
        String reason =
                option.reason().isEmpty() ? "" : (cost.isEmpty() ? ": " : "; ") + option.reason();
        return option.name() + cost + reason;
    }

    /** Such as {@code 1.2 MB moved} of the unit "bytes moved"; empty when it is not known. */
    static String cost(Choice.Option option) {
        if (Double.isNaN(option.cost())) {
            return "";
        }
        String unit = option.unit();
        return unit.startsWith("bytes")
                ? (Amounts.bytes(option.cost()) + unit.substring("bytes".length()))
                : (Amounts.about(option.cost()) + " " + unit).strip();
    }
}
