package org.skep.executor.function.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.function.AggregateFunction;
import org.skep.executor.function.AggregateLibrary;

/** The aggregates that come with the engine: one line per file. */
public final class StandardAggregates implements AggregateLibrary.Provider {
    @Override
    public List<AggregateFunction> functions() {
        List<AggregateFunction> all = new ArrayList<>();
        all.addAll(Count.FUNCTIONS);
        all.addAll(Sum.FUNCTIONS);
        all.addAll(Avg.FUNCTIONS);
        all.addAll(MinMax.FUNCTIONS);
        all.addAll(AnyValue.FUNCTIONS);
        all.addAll(MaxBy.FUNCTIONS);
        all.addAll(LongFold.FUNCTIONS);
        all.addAll(Moments.FUNCTIONS);
        all.addAll(Covariance.FUNCTIONS);
        all.addAll(Product.FUNCTIONS);
        all.addAll(Collect.FUNCTIONS);
        all.addAll(Percentile.FUNCTIONS);
        all.addAll(Mode.FUNCTIONS);
        all.addAll(Entropy.FUNCTIONS);
        all.addAll(ApproxCountDistinct.FUNCTIONS);
        all.addAll(ColumnSketches.FUNCTIONS);
        return all;
    }
}
