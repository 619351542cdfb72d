package org.skep.model.plan;

import java.io.Serializable;
import java.util.List;
import org.skep.model.type.Type;

/**
 * One window function of a {@link PlanNode.Window}.
 *
 * @param function a ranking or value function ({@code row_number}, {@code lag} …) or an aggregate
 * @param types the types of the arguments
 * @param arguments columns of the input
 * @param ignoreNulls whether nulls are passed over by value functions
 * @param frame the rows an aggregate or value function sees
 * @param distance how many rows back {@code lag}, or forward {@code lead}, takes its value from, if
 *     that is the same for all rows and known when the query is planned; else null
 */
public record WindowCall(
        String function,
        List<Type> types,
        List<Integer> arguments,
        boolean ignoreNulls,
        Frame frame,
        Type type,
        Long distance)
        implements Serializable {
    public WindowCall {
        types = List.copyOf(types);
        arguments = List.copyOf(arguments);
    }

    public WindowCall(
            String function,
            List<Type> types,
            List<Integer> arguments,
            boolean ignoreNulls,
            Frame frame,
            Type type) {
        this(function, types, arguments, ignoreNulls, frame, type, null);
    }

    /** In which unit a frame's bounds count. */
    public enum Unit {
        ROWS,
        RANGE,
        GROUPS
    }

    /** Where a frame begins or ends. */
    public enum Edge {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    /**
     * A window frame. The offsets of PRECEDING and FOLLOWING are constants: a Long for ROWS and
     * GROUPS; for RANGE a value to add to the one ORDER BY column (Long, Double, BigDecimal; months
     * as Integer; microseconds as Long for an INTERVAL_DAY); null elsewhere.
     *
     * @param offsetType the type of the offsets of a RANGE frame, else null
     */
    public record Frame(
            Unit unit, Edge from, Object fromOffset, Edge to, Object toOffset, Type offsetType)
            implements Serializable {
        public static final Frame WHOLE_PARTITION =
                new Frame(
                        Unit.ROWS,
                        Edge.UNBOUNDED_PRECEDING,
                        null,
                        Edge.UNBOUNDED_FOLLOWING,
                        null,
                        null);
    }
}
