package org.skep.executor.operator;

import java.util.Arrays;
import java.util.List;
import org.skep.executor.format.Usefulness;
import org.skep.executor.kernel.PartnerKeys;
import org.skep.executor.task.Reservation;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.RuntimeFilter;
import org.skep.model.type.Type;

/**
 * Drops rows whose keys a finished stage does not have. Scans below are told first, so that most of
 * these rows are not even read; here is dropped what no scan could tell.
 */
final class PartnerFilterOperator implements Operator {
    private final PlanNode.PartnerFilter filter;
    private final Operator input;
    private final Operator partners;
    private final OperatorContext context;
    private final Column[] columns;
    private final Usefulness usefulness = new Usefulness();
    private PartnerKeys keys;
    private int[] selected = new int[0];

    PartnerFilterOperator(
            PlanNode.PartnerFilter filter,
            Operator input,
            Operator partners,
            OperatorContext context) {
        this.filter = filter;
        this.input = input;
        this.partners = partners;
        this.context = context;
        this.columns = new Column[filter.keys().size()];
    }

    @Override
    public Batch next() {
        if (keys == null) {
            keys = context.broadcasts().keysOf(filter, this::make);
            context.filters().tell(filter, keys);
        }
        for (Batch batch = input.next(); batch != null; batch = input.next()) {
            if (keys.isAny() || usefulness.pauses()) {
                return batch;
            }
            Batch kept = kept(batch);
            if (kept != null) {
                return kept;
            }
        }
        return null;
    }

    private Batch kept(Batch batch) {
        int rows = batch.rows();
        if (selected.length < rows) {
            selected = new int[rows];
        }
        Arrays.setAll(columns, i -> batch.column(filter.keys().get(i)));
        int kept = keys.select(columns, rows, selected);
        usefulness.learn(rows, kept);
        if (kept == rows) {
            return batch;
        }
        return kept == 0 ? null : batch.gather(selected, kept);
    }

    private PartnerKeys make(Reservation memory) {
        List<Type> types =
                filter.partnerKeys().stream().map(filter.partners().schema()::type).toList();
        int[] places = filter.partnerKeys().stream().mapToInt(Integer::intValue).toArray();
        boolean[] asked = new boolean[places.length];
        for (RuntimeFilter each : filter.filters()) {
            asked[each.place()] = true;
        }
        PartnerKeys.Maker maker = new PartnerKeys.Maker(types, places, asked, memory);
        Batch batch = partners.next();
        while (batch != null && maker.add(batch)) {
            batch = partners.next();
        }
        return maker.made();
    }
}
