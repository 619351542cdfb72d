package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.executor.function.Accumulator;
import org.skep.model.data.Column;
import org.skep.model.plan.WindowCall;

/**
 * Aggregates over frames. States of rows 2k and 2k+1, of four rows, of eight … are made once; every
 * frame is put together of at most two of each size, from left to right (a segment tree: Leis and
 * others, "Efficient processing of window functions in analytical SQL queries", VLDB 2015). All
 * frames are worked on at once, size by size.
 */
final class WindowAggregate {
    private final WindowCall call;
    private final OperatorServices services;
    private final Column[] arguments;
    private final Accumulator result;
    private final int frames;

    private WindowAggregate(
            WindowCall call, Column[] arguments, int frames, OperatorServices services) {
        this.call = call;
        this.services = services;
        this.arguments = arguments;
        this.frames = frames;
        this.result = accumulator();
    }

    private Accumulator accumulator() {
        return services.accumulator(call.function(), call.types());
    }

    static Column evaluate(WindowCall call, WindowRows rows, OperatorServices services) {
        Column[] arguments = new Column[call.arguments().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = rows.rows().column(call.arguments().get(i));
        }
        int count = rows.count();
        if (WindowFrames.isWhole(call.frame())) {
            if (rows.totals() != null) {
                return rows.totals().result(call, count);
            }
            int partitions = rows.partitions().length - 1;
            Accumulator whole = services.accumulator(call.function(), call.types());
            whole.add(arguments, rows.partitionOf(), count, partitions);
            return whole.results(0, partitions).gather(rows.partitionOf(), count);
        }
        WindowFrames all = WindowFrames.of(call.frame(), rows);
        int[] frameOf = new int[count]; // neighbours often share a frame
        int[] from = new int[count];
        int[] to = new int[count];
        int frames = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || all.from()[i] != all.from()[i - 1] || all.to()[i] != all.to()[i - 1]) {
                from[frames] = all.from()[i];
                to[frames++] = all.to()[i];
            }
            frameOf[i] = frames - 1;
        }
        WindowAggregate aggregate = new WindowAggregate(call, arguments, frames, services);
        if (rows.before(call) != null) {
            aggregate.begin(rows.before(call), from);
        }
        Column results = aggregate.compute(from, to, count);
        return frames == count ? results : results.gather(frameOf, count);
    }

    /** Frames that begin with the first row have begun before it: with this state. */
    private void begin(Column[] state, int[] from) {
        int begun = 0;
        while (begun < frames && from[begun] == 0) {
            begun++;
        }
        int[] groups = new int[begun];
        Arrays.setAll(groups, i -> i);
        Column[] states = new Column[state.length];
        int count = begun;
        Arrays.setAll(states, i -> state[i].gather(new int[count], count));
        result.merge(states, groups, count, frames);
    }

    /** Some nodes of one size, and the frames that they are parts of. */
    private record Parts(Column[] nodes, int[] places, int[] frames, int count) {}

    private Column compute(int[] from, int[] to, int rows) {
        List<Parts> rights = new ArrayList<>();
        Column[] nodes = arguments;
        int size = rows;
        boolean more = true;
        for (int level = 0; more; level++) {
            more = false;
            int[] leftPlaces = new int[frames];
            int[] leftFrames = new int[frames];
            int[] rightPlaces = new int[frames];
            int[] rightFrames = new int[frames];
            int lefts = 0;
            int right = 0;
            for (int f = 0; f < frames; f++) {
                if (from[f] < to[f]) {
                    if ((from[f] & 1) != 0) {
                        leftPlaces[lefts] = from[f]++;
                        leftFrames[lefts++] = f;
                    }
                    if (from[f] < to[f] && (to[f] & 1) != 0) {
                        rightPlaces[right] = --to[f];
                        rightFrames[right++] = f;
                    }
                    more |= from[f] < to[f];
                }
                from[f] >>= 1;
                to[f] >>= 1;
            }
            take(new Parts(nodes, leftPlaces, leftFrames, lefts), level == 0);
            rights.add(new Parts(nodes, rightPlaces, rightFrames, right));
            if (more) {
                nodes = pairs(nodes, size, level == 0);
                size >>= 1;
            }
        }
        for (int level = rights.size() - 1; level >= 0; level--) {
            take(rights.get(level), level == 0);
        }
        Column[] none = new Column[arguments.length];
        Arrays.setAll(none, i -> arguments[i].slice(0, 0));
        result.add(none, new int[0], 0, frames);
        return result.results(0, frames);
    }

    /** States of neighbouring nodes together. */
    private Column[] pairs(Column[] nodes, int size, boolean raw) {
        int half = size >> 1;
        int[] groups = new int[2 * half];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = i >> 1;
        }
        Column[] even = new Column[nodes.length];
        Arrays.setAll(even, i -> nodes[i].slice(0, 2 * half));
        Accumulator states = accumulator();
        if (raw) {
            states.add(even, groups, groups.length, half);
        } else {
            states.merge(even, groups, groups.length, half);
        }
        return states.states(0, half);
    }

    private void take(Parts parts, boolean raw) {
        if (parts.count() == 0) {
            return;
        }
        Column[] some = new Column[parts.nodes().length];
        Arrays.setAll(some, i -> parts.nodes()[i].gather(parts.places(), parts.count()));
        if (raw) {
            result.add(some, parts.frames(), parts.count(), frames);
        } else {
            result.merge(some, parts.frames(), parts.count(), frames);
        }
    }
}
