package org.skep.executor.operator;

import java.util.List;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.data.StructColumn;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Type;

/** Unrolls arrays and maps: one row per element, beside the columns of the row they came from. */
final class UnnestOperator implements Operator {
    private final Operator input;
    private final PlanNode.Unnest unnest;
    private final Projection collections;
    private final int batchRows;
    private Batch batch;
    private ArrayColumn[] arrays;
    private int row; // the next one
    private int element; // its next element

    private int[] rows; // of the output being made
    private int[] numbers; // of elements, from 0; -1 for a row without any
    private int count;

    UnnestOperator(Operator input, PlanNode.Unnest unnest, OperatorContext context) {
        this.input = input;
        this.unnest = unnest;
        this.collections = Projection.of(context.services(), unnest.collections());
        this.batchRows = context.batchRows();
    }

    @Override
    public Batch next() {
        while (true) {
            if (batch == null || row == batch.rows()) {
                batch = input.next();
                if (batch == null) {
                    return null;
                }
                unroll();
            }
            collect();
            if (count > 0) {
                return output();
            }
        }
    }

    private void unroll() {
        List<Column> columns = collections.apply(batch).columns();
        arrays = new ArrayColumn[columns.size()];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = (ArrayColumn) columns.get(i).flat();
        }
        row = 0;
        element = 0;
    }

    private void collect() {
        rows = new int[batchRows];
        numbers = new int[batchRows];
        count = 0;
        while (row < batch.rows() && count < batchRows) {
            int elements = 0;
            for (ArrayColumn array : arrays) {
                elements = Math.max(elements, array.isNull(row) ? 0 : array.lengths()[row]);
            }
            if (elements == 0 && unnest.outer()) {
                rows[count] = row;
                numbers[count++] = -1;
            }
            while (element < elements && count < batchRows) {
                rows[count] = row;
                numbers[count++] = element++;
            }
            if (element == elements) {
                row++;
                element = 0;
            }
        }
    }

    private Batch output() {
        Column[] out = new Column[unnest.schema().size()];
        int at = 0;
        for (; at < batch.width(); at++) {
            out[at] = batch.column(at).gather(rows, count);
        }
        int[] positions = new int[count];
        for (ArrayColumn array : arrays) {
            for (int i = 0; i < count; i++) {
                int from = rows[i];
                boolean has =
                        numbers[i] >= 0
                                && !array.isNull(from)
                                && numbers[i] < array.lengths()[from];
                positions[i] = has ? array.starts()[from] + numbers[i] : -1;
            }
            Column elements = array.elements();
            if (array.type().kind() == Type.Kind.MAP) {
                StructColumn entries = (StructColumn) elements.flat();
                out[at++] = gather(entries.member(0), positions);
                out[at++] = gather(entries.member(1), positions);
            } else {
                out[at++] = gather(elements, positions);
            }
        }
        if (unnest.ordinality()) {
            out[at] = ordinals(unnest.schema().type(at));
        }
        return new Batch(count, out);
    }

    /** Also from a column without rows, whose arrays have nothing at place 0. */
    private Column gather(Column elements, int[] positions) {
        return elements.rows() == 0
                ? Column.nulls(elements.type(), count)
                : elements.gather(positions, count);
    }

    private Column ordinals(Type type) {
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            places[i] = numbers[i] < 0 ? -1 : i;
        }
        if (type.layout() == Type.Layout.INT) {
            int[] ordinals = new int[count];
            for (int i = 0; i < count; i++) {
                ordinals[i] = numbers[i] + 1;
            }
            return new IntColumn(type, ordinals, count, null).gather(places, count);
        }
        long[] ordinals = new long[count];
        for (int i = 0; i < count; i++) {
            ordinals[i] = numbers[i] + 1L;
        }
        return new LongColumn(type, ordinals, count, null).gather(places, count);
    }
}
