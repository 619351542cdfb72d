package org.skep.executor.eval;

import java.util.Arrays;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/** An expression without inputs: computed at the first row that needs it, then repeated. */
final class Constant implements Evaluator {
    private final Evaluator once;
    private Column entry;
    private int[] zeros = {};
    private Column flat;

    Constant(Evaluator once) {
        this.once = once;
    }

    static Constant of(Type type, Object value) {
        Constant constant = new Constant(null);
        constant.entry = Column.constant(type, value, 1);
        return constant;
    }

    /** The value as a flat column of one row. */
    Column entry() {
        if (entry == null) {
            entry = once.evaluate(new Batch(1)).flat();
        }
        return entry;
    }

    @Override
    public Column evaluate(Batch batch) {
        int rows = batch.rows();
        Column value = entry();
        if (zeros.length < rows) {
            zeros = new int[rows];
        }
        return new DictionaryColumn(
                zeros, value, rows, value.isNull(0) ? new long[Bits.words(rows)] : null);
    }

    /** The value {@code rows} times; kept, since kernels ask for it with every batch. */
    Column flat(int rows) {
        if (flat == null || flat.rows() < rows) {
            flat = entry().gather(new int[rows], rows);
        }
        return flat.rows() == rows ? flat : prefix(flat, rows);
    }

    /** The first rows; of numbers without a copy, as columns may have longer arrays than rows. */
    private static Column prefix(Column column, int rows) {
        long[] validity = column.validity();
        if (column instanceof LongColumn longs) {
            return new LongColumn(column.type(), longs.values(), rows, validity);
        }
        if (column instanceof IntColumn ints) {
            return new IntColumn(column.type(), ints.values(), rows, validity);
        }
        if (column instanceof DoubleColumn doubles) {
            return new DoubleColumn(column.type(), doubles.values(), rows, validity);
        }
        return column.slice(0, rows);
    }

    /** The column without a dictionary; a constant's comes from its cache. */
    static Column flat(Evaluator evaluator, Batch batch) {
        return evaluator instanceof Constant constant
                ? constant.flat(batch.rows())
                : evaluator.evaluate(batch).flat();
    }

    static Column[] flat(Evaluator[] evaluators, Batch batch) {
        Column[] columns = new Column[evaluators.length];
        Arrays.setAll(columns, i -> flat(evaluators[i], batch));
        return columns;
    }
}
