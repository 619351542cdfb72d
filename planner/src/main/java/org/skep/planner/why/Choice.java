package org.skep.planner.why;

import java.util.List;

/**
 * A decision of the planner, as EXPLAIN WHY shows it.
 *
 * @param subject what was decided, as the user knows it: a join by its keys, the order of some
 *     tables
 * @param options the ways there were; the first one was taken
 */
public record Choice(String subject, List<Option> options) {
    public Choice {
        options = List.copyOf(options);
        if (options.isEmpty()) {
            throw new IllegalArgumentException("a choice of nothing: " + subject);
        }
    }

    /**
     * One way.
     *
     * @param name of the strategy or order
     * @param cost what it was estimated to cost, NaN when it was not possible
     * @param unit of the cost, such as "bytes moved" or "rows in between"
     * @param reason why it was taken, passed over or impossible; may be empty when the cost says it
     */
    public record Option(String name, double cost, String unit, String reason) {}
}
