package org.skep.planner.explain;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.skep.model.plan.Expr;
import org.skep.model.plan.WindowCall;
import org.skep.model.plan.WindowCall.Edge;
import org.skep.model.plan.WindowCall.Frame;

/** The frame of a window function as SQL writes it. */
final class FrameText {
    /** Functions that look at the whole partition whatever the frame. */
    private static final Set<String> WITHOUT_FRAME =
            Set.of(
                    "row_number",
                    "rank",
                    "dense_rank",
                    "percent_rank",
                    "cume_dist",
                    "ntile",
                    "lag",
                    "lead");

    private FrameText() {}

    /** Empty where the frame changes nothing. */
    static String of(WindowCall call) {
        Frame frame = call.frame();
        boolean whole =
                frame.from() == Edge.UNBOUNDED_PRECEDING && frame.to() == Edge.UNBOUNDED_FOLLOWING;
        if (whole || WITHOUT_FRAME.contains(call.function())) {
            return "";
        }
        return " %s %s to %s"
                .formatted(
                        frame.unit().name().toLowerCase(Locale.ROOT),
                        edge(frame.from(), frame.fromOffset(), frame),
                        edge(frame.to(), frame.toOffset(), frame));
    }

    private static String edge(Edge edge, Object offset, Frame frame) {
        String name = edge.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (offset == null) {
            return name;
        }
        String distance =
                frame.offsetType() == null
                        ? offset.toString()
                        : new ExprText(List.of())
                                .text(new Expr.Literal(offset, frame.offsetType()));
        return distance + " " + name;
    }
}
