package org.skep.executor.operator;

import org.skep.model.plan.PlanNode;
import org.skep.model.plan.WindowCall;
import org.skep.model.plan.WindowCall.Edge;
import org.skep.model.plan.WindowCall.Frame;
import org.skep.model.plan.WindowCall.Unit;

/**
 * Which rows of its partition must be at hand to compute a row's window functions, apart from what
 * {@link WindowPast} knows of all rows before.
 *
 * @param before how many rows before it
 * @param after how many rows after it
 * @param peers whether all rows that are equal in the window's order
 * @param totals whether {@link WindowTotals} of the whole partition
 */
record WindowReach(int before, int after, boolean peers, boolean totals) {
    private static final WindowReach ITSELF = new WindowReach(0, 0, false, false);
    private static final WindowReach PEERS = new WindowReach(0, 0, true, false);
    private static final WindowReach TOTALS = new WindowReach(0, 0, false, true);

    /** Functions that look further hold whole partitions, so that short ones are not held up. */
    private static final int FARTHEST = 1 << 16;

    /** Null if a function may look at any row of its partition. */
    static WindowReach of(PlanNode.Window window) {
        WindowReach all = ITSELF;
        for (WindowCall call : window.calls()) {
            all = and(all, of(call));
        }
        return all;
    }

    private static WindowReach and(WindowReach a, WindowReach b) {
        if (a == null || b == null) {
            return null;
        }
        return new WindowReach(
                Math.max(a.before, b.before),
                Math.max(a.after, b.after),
                a.peers || b.peers,
                a.totals || b.totals);
    }

    private static WindowReach of(WindowCall call) {
        Frame frame = call.frame();
        return switch (call.function()) {
            case "row_number", "rank", "dense_rank" -> ITSELF;
            case "percent_rank", "ntile" -> TOTALS;
            case "cume_dist" -> and(PEERS, TOTALS);
            case "lag" -> shifted(call, -1);
            case "lead" -> shifted(call, 1);
            case "first_value" ->
                    frame.to() == Edge.UNBOUNDED_FOLLOWING
                                    && frame.from() == Edge.UNBOUNDED_PRECEDING
                                    && !call.ignoreNulls()
                            ? ITSELF
                            : of(frame);
            case "nth_value" -> frame.from() == Edge.UNBOUNDED_PRECEDING ? null : of(frame);
            default -> of(frame); // last_value and aggregates
        };
    }

    private static WindowReach shifted(WindowCall call, int direction) {
        if (call.distance() == null || call.ignoreNulls()) {
            return null;
        }
        boolean behind = call.distance() < 0 == direction > 0;
        return rows(Math.abs(call.distance()), behind);
    }

    private static WindowReach of(Frame frame) {
        if (WindowFrames.isWhole(frame)) {
            return TOTALS;
        }
        return and(
                frame.from() == Edge.UNBOUNDED_PRECEDING
                        ? ITSELF
                        : of(frame.unit(), frame.from(), frame.fromOffset()),
                of(frame.unit(), frame.to(), frame.toOffset()));
    }

    private static WindowReach of(Unit unit, Edge edge, Object offset) {
        return switch (edge) {
            case UNBOUNDED_PRECEDING, UNBOUNDED_FOLLOWING -> null;
            case CURRENT_ROW -> unit == Unit.ROWS ? ITSELF : PEERS;
            case PRECEDING -> unit == Unit.ROWS ? rows((Long) offset, true) : null;
            case FOLLOWING -> unit == Unit.ROWS ? rows((Long) offset, false) : null;
        };
    }

    private static WindowReach rows(long count, boolean before) {
        if (count < 0 || count > FARTHEST) {
            return null;
        }
        return before
                ? new WindowReach((int) count, 0, false, false)
                : new WindowReach(0, (int) count, false, false);
    }

    /** How many of the first rows have all at hand that they need, when more rows may come. */
    int complete(WindowRows rows) {
        int last = rows.count() - 1;
        int end = rows.count();
        if (after > 0) { // partitions before the last one are whole
            end = Math.max(rows.partitionStart(last), rows.count() - after);
        }
        return peers ? rows.peerStart(Math.min(end, last)) : end;
    }

    /** How many of the first rows are not needed for those from {@code next} on. */
    int unneeded(WindowRows rows, int next) {
        if (before == 0) {
            return next;
        }
        int last = Math.min(next, rows.count() - 1);
        return Math.max(next - before, rows.partitionStart(last));
    }
}
