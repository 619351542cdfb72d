package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.format.MovingEdge;
import org.skep.executor.kernel.BatchAppender;
import org.skep.executor.kernel.Concat;
import org.skep.executor.kernel.Ordering;
import org.skep.executor.kernel.SortPrefix;
import org.skep.executor.kernel.Sorting;
import org.skep.executor.task.Reservation;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Type;

/**
 * The first rows in an order. Rows are gathered up and now and then cut down to the wanted number;
 * from the first cut on, rows behind the last one kept are turned away at the door.
 */
final class TopNOperator implements Operator {
    /** More rows than this are sorted, which can spill. */
    private static final long MOST = 1 << 18;

    private static final int LEAST_ROOM = 4096;

    private final Operator input;
    private final List<Type> types;
    private final SortKey[] keys;
    private final int wanted;
    private final OperatorContext context;
    private final Reservation memory;
    private final MovingEdge told; // null when no scan listens
    private Batch kept; // sorted, at most the wanted number
    private BatchAppender fresh; // rows since then
    private Column[] edge; // key columns of kept, when it is full
    private long edgePrefix;
    private int done;
    private boolean read;

    private TopNOperator(PlanNode.TopN top, Operator input, OperatorContext context) {
        this.input = input;
        this.types = top.schema().types();
        this.keys = top.keys().toArray(SortKey[]::new);
        this.wanted = (int) top.rows();
        this.context = context;
        this.memory = Reservation.of(context.task());
        this.told = top.filter() == null ? null : context.filters().edge(top.filter());
        this.kept = Concat.batches(types, List.of());
        this.fresh = new BatchAppender(types, context.batchRows());
    }

    static Operator of(PlanNode.TopN top, Operator input, OperatorContext context) {
        if (top.rows() <= 0) {
            return () -> null;
        }
        if (top.rows() > MOST) {
            Operator sort = new SortOperator(input, top.schema(), top.keys(), context);
            return new LimitOperator(sort, 0, top.rows());
        }
        return new TopNOperator(top, input, context);
    }

    @Override
    public Batch next() {
        if (!read) {
            readAll();
            read = true;
        }
        int count = Math.min(context.batchRows(), kept.rows() - done);
        if (count == 0) {
            memory.close();
            return null;
        }
        Batch batch = kept.slice(done, count);
        done += count;
        return batch;
    }

    private void readAll() {
        int room = Math.max(LEAST_ROOM, wanted);
        int[] rows = new int[0];
        for (Batch batch = input.next(); batch != null; batch = input.next()) {
            context.task().stopIfCancelled();
            if (rows.length < batch.rows()) {
                rows = new int[batch.rows()];
            }
            int count = admitted(batch, rows);
            if (count > 0) {
                fresh.append(batch, rows, 0, count);
                if (fresh.rows() >= room) {
                    cut();
                }
            }
        }
        cut();
    }

    /** Rows that come before the last one kept. */
    private int admitted(Batch batch, int[] rows) {
        int count = 0;
        if (edge == null) {
            for (; count < batch.rows(); count++) {
                rows[count] = count;
            }
            return count;
        }
        Column[] columns = SortOperator.keyColumns(batch, keys);
        long[] prefixes = new long[batch.rows()];
        if (keys.length > 0) {
            SortPrefix.encode(columns[0].flat(), keys[0], prefixes);
        }
        Ordering ordering = new Ordering(keys, columns, edge);
        int last = wanted - 1;
        for (int i = 0; i < batch.rows(); i++) {
            boolean before =
                    prefixes[i] != edgePrefix
                            ? prefixes[i] < edgePrefix
                            : ordering.compare(i, last) < 0;
            rows[count] = i;
            count += before ? 1 : 0;
        }
        return count;
    }

    /**
     * Scans need not give rows whose first key is behind that of the last row kept. Rows of an
     * equal one may still come before it by another key.
     */
    private void tell(Column firstKey) {
        Object last = firstKey.value(wanted - 1);
        if (told == null || last == null) {
            return;
        }
        Type type = firstKey.type();
        Expr column = new Expr.Input(0, type);
        Expr.Comparison operator =
                keys[0].ascending()
                        ? Expr.Comparison.LESS_OR_EQUAL
                        : Expr.Comparison.GREATER_OR_EQUAL;
        Expr near = new Expr.Compare(operator, column, new Expr.Literal(last, type));
        told.move(
                keys[0].nullsFirst() ? new Expr.Or(List.of(new Expr.IsNull(column), near)) : near);
    }

    private void cut() {
        if (fresh.rows() == 0) {
            return;
        }
        List<Batch> parts = new ArrayList<>();
        if (kept.rows() > 0) {
            parts.add(kept); // first: of equal rows the earlier ones stay
        }
        parts.add(fresh.take());
        Batch all = Concat.batches(types, parts);
        int[] order = Sorting.order(keys, SortOperator.keyColumns(all, keys), all.rows());
        int count = Math.min(wanted, order.length);
        BatchAppender copy = new BatchAppender(types, count);
        copy.append(all, order, 0, count);
        memory.resize(2 * copy.bytes());
        kept = copy.take();
        if (count == wanted) {
            edge = SortOperator.keyColumns(kept, keys);
            long[] prefixes = new long[count];
            if (keys.length > 0) {
                SortPrefix.encode(edge[0].flat(), keys[0], prefixes);
            }
            edgePrefix = prefixes[wanted - 1];
            tell(edge[0]);
        }
    }
}
