package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.skep.executor.eval.Evaluator;
import org.skep.executor.eval.FusedSums;
import org.skep.executor.eval.FusedTerm;
import org.skep.executor.eval.FusedTerm.Fold;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/**
 * The simple calls of an aggregate, done together where that can be: their sums are kept in one
 * place, equal arguments once, and go to the calls' accumulators as partial states now and then.
 */
final class FusedCalls {
    private final FusedSums sums; // null when there is nothing to do together
    private final List<AggregateCall> calls; // all of the node's
    private final Evaluator[] deferred;
    private final int[] termOf; // by call; -1 for count(*)
    private final boolean[] simple;

    private FusedCalls(FusedPlan plan, Evaluator[] deferred, int[] termOf, FusedSums sums) {
        this.calls = plan.node().calls();
        this.deferred = deferred;
        this.simple = plan.simple();
        this.termOf = termOf;
        this.sums = sums;
    }

    static FusedCalls of(FusedPlan plan, OperatorServices services) {
        List<FusedTerm> terms = new ArrayList<>();
        List<AggregateCall> calls = plan.node().calls();
        int[] termOf = new int[calls.size()];
        int together = 0;
        for (int i = 0; i < termOf.length; i++) {
            if (plan.simple()[i]) {
                together++;
                FusedTerm term = plan.term(calls.get(i));
                termOf[i] = term.value() == null && term.filter() == null ? -1 : place(terms, term);
            }
        }
        boolean computes = terms.stream().anyMatch(FusedCalls::computes);
        Evaluator[] deferred =
                plan.expressions().stream().map(services::evaluator).toArray(Evaluator[]::new);
        FusedSums sums = together > 1 || computes ? FusedSums.of(terms) : null;
        return new FusedCalls(plan, deferred, termOf, sums);
    }

    /** Where a term is among others; every fold of the same values counts them as well. */
    private static int place(List<FusedTerm> terms, FusedTerm term) {
        for (int i = 0; i < terms.size(); i++) {
            FusedTerm other = terms.get(i);
            boolean same =
                    Objects.equals(other.value(), term.value())
                            && Objects.equals(other.filter(), term.filter());
            if (same && (term.fold() == Fold.COUNT || term.fold() == other.fold())) {
                return i;
            }
            if (same && other.fold() == Fold.COUNT) {
                terms.set(i, term);
                return i;
            }
        }
        terms.add(term);
        return terms.size() - 1;
    }

    private static boolean computes(FusedTerm term) {
        return term.filter() != null || !(term.value() instanceof Expr.Input);
    }

    /** The batch with the deferred expressions as further columns. */
    Batch whole(Batch batch) {
        if (deferred.length == 0) {
            return batch;
        }
        int width = batch.width();
        Column[] columns = batch.columns().toArray(new Column[width + deferred.length]);
        for (int i = 0; i < deferred.length; i++) {
            columns[width + i] = deferred[i].evaluate(batch);
        }
        return new Batch(batch.rows(), columns);
    }

    /**
     * Takes a batch in.
     *
     * @param groups the group of each row
     * @param keyless whether there is one group only
     * @param feeds of all calls
     */
    void add(
            Batch batch, int[] groups, int groupCount, boolean keyless, List<AggregateFeed> feeds) {
        if (sums != null && !sums.hasRoom(groupCount)) {
            settle(feeds, groupCount);
        }
        boolean done = sums != null && sums.add(batch, keyless ? null : groups, groupCount);
        Batch whole = done ? batch : whole(batch);
        for (int i = 0; i < simple.length; i++) {
            if (!done || !simple[i]) {
                feeds.get(i).add(whole, groups, groupCount);
            }
        }
    }

    /** Hands what was added so far to the calls' own accumulators. */
    void settle(List<AggregateFeed> feeds, int groupCount) {
        int count = sums == null ? 0 : sums.groups();
        if (count == 0) {
            return;
        }
        int[] groups = new int[count];
        for (int i = 0; i < count; i++) {
            groups[i] = i;
        }
        for (int i = 0; i < termOf.length; i++) {
            if (simple[i]) {
                feeds.get(i).replay(states(calls.get(i), termOf[i]), groups, count, groupCount);
            }
        }
        sums.clear();
    }

    /** State columns as the aggregates of these names give them themselves. */
    private Column[] states(AggregateCall call, int term) {
        long[] counts = term < 0 ? sums.rows() : sums.counts(term);
        Column count = new LongColumn(Type.BIGINT, counts, counts.length, null);
        if (call.function().equals("count")) {
            return new Column[] {count};
        }
        long[] some = new long[Bits.words(counts.length)];
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                Bits.set(some, i);
            }
        }
        long[] validity = Bits.orNull(some, counts.length);
        Type type = call.types().get(0);
        boolean averages = call.function().equals("avg");
        if (!averages && !call.function().equals("sum")) {
            return new Column[] {extremes(type, term, validity)};
        }
        if (type.isFloating()) {
            double[] totals = sums.doubles(term);
            Column sum = new DoubleColumn(Type.DOUBLE, totals, totals.length, validity);
            double[] rests = sums.lost(term);
            Column lost = new DoubleColumn(Type.DOUBLE, rests, rests.length, null);
            return averages ? new Column[] {sum, lost, count} : new Column[] {sum, lost};
        }
        Type wide = Type.decimal(Type.MAX_PRECISION, type.scale());
        Column sum = DecimalColumn.ofLongs(wide, sums.longs(term), counts.length, validity);
        return averages ? new Column[] {sum, count} : new Column[] {sum};
    }

    private Column extremes(Type type, int term, long[] validity) {
        if (type.isFloating()) {
            double[] values = sums.doubles(term);
            return new DoubleColumn(type, values, values.length, validity);
        }
        long[] values = sums.longs(term);
        return switch (type.layout()) {
            case LONG -> new LongColumn(type, values, values.length, validity);
            case DECIMAL -> DecimalColumn.ofLongs(type, values, values.length, validity);
            case INT -> {
                int[] ints = new int[values.length];
                for (int i = 0; i < ints.length; i++) {
                    ints[i] = (int) values[i];
                }
                yield new IntColumn(type, ints, ints.length, validity);
            }
            case BOOLEAN, DOUBLE, BYTES, ARRAY, STRUCT ->
                    throw new IllegalArgumentException("extremes of " + type);
        };
    }

    /** Forgets everything. */
    void clear() {
        if (sums != null) {
            sums.clear();
        }
    }

    long bytes() {
        return sums == null ? 0 : sums.bytes();
    }
}
