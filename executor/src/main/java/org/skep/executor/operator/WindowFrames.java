package org.skep.executor.operator;

import org.skep.model.plan.WindowCall.Edge;
import org.skep.model.plan.WindowCall.Frame;
import org.skep.model.plan.WindowCall.Unit;

/**
 * The frame of every row: rows {@code from} to before {@code to} of its partition, maybe none.
 *
 * @param from never after {@code to}
 */
record WindowFrames(int[] from, int[] to) {
    static WindowFrames of(Frame frame, WindowRows rows) {
        int[] from = edges(frame, rows, true);
        int[] to = edges(frame, rows, false);
        for (int i = 0; i < from.length; i++) {
            to[i] = Math.max(from[i], to[i]);
        }
        return new WindowFrames(from, to);
    }

    /** Whether every frame is its whole partition. */
    static boolean isWhole(Frame frame) {
        return frame.from() == Edge.UNBOUNDED_PRECEDING && frame.to() == Edge.UNBOUNDED_FOLLOWING;
    }

    private static int[] edges(Frame frame, WindowRows rows, boolean begin) {
        Edge edge = begin ? frame.from() : frame.to();
        Object offset = begin ? frame.fromOffset() : frame.toOffset();
        int[] out = new int[rows.count()];
        switch (edge) {
            case UNBOUNDED_PRECEDING -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = rows.partitionStart(i);
                }
            }
            case UNBOUNDED_FOLLOWING -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = rows.partitionEnd(i);
                }
            }
            case CURRENT_ROW -> {
                boolean single = frame.unit() == Unit.ROWS;
                for (int i = 0; i < out.length; i++) {
                    int start = single ? i : rows.peerStart(i);
                    int end = single ? i + 1 : rows.peerEnd(i);
                    out[i] = begin ? start : end;
                }
            }
            case PRECEDING, FOLLOWING -> {
                int sign = edge == Edge.PRECEDING ? -1 : 1;
                switch (frame.unit()) {
                    case ROWS -> shiftRows(out, rows, sign, (Long) offset, begin);
                    case GROUPS -> shiftGroups(out, rows, sign, (Long) offset, begin);
                    case RANGE ->
                            RangeEdges.fill(out, rows, sign, offset, frame.offsetType(), begin);
                }
            }
        }
        return out;
    }

    private static void shiftRows(
            int[] out, WindowRows rows, int sign, long offset, boolean begin) {
        long by = sign * Math.min(offset, Integer.MAX_VALUE) + (begin ? 0 : 1);
        for (int i = 0; i < out.length; i++) {
            long place = i + by;
            out[i] = (int) Math.max(rows.partitionStart(i), Math.min(rows.partitionEnd(i), place));
        }
    }

    private static void shiftGroups(
            int[] out, WindowRows rows, int sign, long offset, boolean begin) {
        long by = sign * Math.min(offset, Integer.MAX_VALUE);
        for (int i = 0; i < out.length; i++) {
            int first = rows.peerOf()[rows.partitionStart(i)];
            int last = rows.peerOf()[rows.partitionEnd(i) - 1];
            long group = rows.peerOf()[i] + by + (begin ? 0 : 1);
            out[i] =
                    group > last
                            ? rows.partitionEnd(i)
                            : rows.peers()[(int) Math.max(first, group)];
        }
    }
}
