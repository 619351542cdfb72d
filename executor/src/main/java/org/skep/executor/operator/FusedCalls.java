package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.eval.Evaluator;
import org.skep.executor.eval.FusedSums;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
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
        List<Expr> terms = new ArrayList<>();
        List<Boolean> summed = new ArrayList<>();
        List<AggregateCall> calls = plan.node().calls();
        int[] termOf = new int[calls.size()];
        int together = 0;
        for (int i = 0; i < termOf.length; i++) {
            if (!plan.simple()[i]) {
                continue;
            }
            together++;
            Expr argument = plan.argument(calls.get(i));
            termOf[i] = argument == null ? -1 : terms.indexOf(argument);
            if (argument != null && termOf[i] < 0) {
                termOf[i] = terms.size();
                terms.add(argument);
                summed.add(false);
            }
            if (argument != null && !calls.get(i).function().equals("count")) {
                summed.set(termOf[i], true);
            }
        }
        boolean computes = terms.stream().anyMatch(term -> !(term instanceof Expr.Input));
        Evaluator[] deferred =
                plan.expressions().stream().map(services::evaluator).toArray(Evaluator[]::new);
        FusedSums sums = together > 1 || computes ? FusedSums.of(terms, summed) : null;
        return new FusedCalls(plan, deferred, termOf, sums);
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
        Type type = Type.decimal(Type.MAX_PRECISION, call.types().get(0).scale());
        long[] validity = Bits.orNull(some, counts.length);
        Column sum = DecimalColumn.ofLongs(type, sums.sums(term), counts.length, validity);
        return call.function().equals("sum") ? new Column[] {sum} : new Column[] {sum, count};
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
