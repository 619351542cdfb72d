package org.skep.executor.eval;

import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.Column;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/**
 * AND and OR in three-valued logic. With false as 0, null as 1 and true as 2, AND is the minimum
 * and OR the maximum. Operands that may fail or cost much see only rows that are still open.
 */
final class Logic implements Evaluator {
    static final byte FALSE = 0;
    static final byte UNKNOWN = 1;
    static final byte TRUE = 2;

    /** What decides: FALSE for AND, TRUE for OR. */
    private final byte deciding;

    private final Evaluator[] dense;
    private final Subset[] lazy;

    Logic(List<Expr> operands, byte deciding, ExpressionCompiler compiler) {
        this.deciding = deciding;
        dense = new Evaluator[operands.size()];
        lazy = new Subset[operands.size()];
        for (int i = 0; i < dense.length; i++) {
            if (i == 0 || Traits.harmless(operands.get(i))) {
                dense[i] = compiler.compile(operands.get(i));
            } else {
                lazy[i] = new Subset(operands.get(i), compiler);
            }
        }
    }

    @Override
    public Column evaluate(Batch batch) {
        int rows = batch.rows();
        byte[] result = codes(Constant.flat(dense[0], batch));
        for (int k = 1; k < dense.length; k++) {
            if (dense[k] != null) {
                combine(result, codes(Constant.flat(dense[k], batch)), rows);
            } else {
                int[] open = new int[rows];
                int count = open(result, open);
                if (count > 0) {
                    byte[] some = codes(lazy[k].evaluate(batch, open, count).flat());
                    for (int i = 0; i < count; i++) {
                        int row = open[i];
                        result[row] = combine(result[row], some[i]);
                    }
                }
            }
        }
        return column(result, rows);
    }

    private void combine(byte[] result, byte[] other, int rows) {
        if (deciding == FALSE) {
            for (int i = 0; i < rows; i++) {
                result[i] = (byte) Math.min(result[i], other[i]);
            }
        } else {
            for (int i = 0; i < rows; i++) {
                result[i] = (byte) Math.max(result[i], other[i]);
            }
        }
    }

    private byte combine(byte a, byte b) {
        return (byte) (deciding == FALSE ? Math.min(a, b) : Math.max(a, b));
    }

    private int open(byte[] result, int[] open) {
        int count = 0;
        for (int i = 0; i < open.length; i++) {
            open[count] = i;
            count += result[i] != deciding ? 1 : 0;
        }
        return count;
    }

    private static byte[] codes(Column column) {
        byte[] values = ((BooleanColumn) column).values();
        long[] validity = column.validity();
        int rows = column.rows();
        byte[] codes = new byte[rows];
        if (validity == null) {
            for (int i = 0; i < rows; i++) {
                codes[i] = (byte) (values[i] << 1);
            }
        } else {
            for (int i = 0; i < rows; i++) {
                codes[i] = Bits.get(validity, i) ? (byte) (values[i] << 1) : UNKNOWN;
            }
        }
        return codes;
    }

    private static Column column(byte[] codes, int rows) {
        byte[] values = new byte[rows];
        int unknown = 0;
        for (int i = 0; i < rows; i++) {
            values[i] = (byte) (codes[i] >> 1);
            unknown |= codes[i];
        }
        long[] validity = null;
        if ((unknown & UNKNOWN) != 0) {
            validity = new long[Bits.words(rows)];
            for (int i = 0; i < rows; i++) {
                validity[i >> 6] |= (long) (~codes[i] & 1) << i;
            }
        }
        return new BooleanColumn(Type.BOOLEAN, values, rows, validity);
    }

    static Evaluator not(Evaluator input) {
        return batch -> {
            BooleanColumn column = (BooleanColumn) Constant.flat(input, batch);
            byte[] values = column.values();
            byte[] out = new byte[batch.rows()];
            for (int i = 0; i < out.length; i++) {
                out[i] = (byte) (values[i] ^ 1);
            }
            return new BooleanColumn(Type.BOOLEAN, out, out.length, column.validity());
        };
    }

    static Evaluator isNull(Evaluator input) {
        return batch -> {
            long[] validity = input.evaluate(batch).validity();
            byte[] out = new byte[batch.rows()];
            if (validity != null) {
                for (int i = 0; i < out.length; i++) {
                    out[i] = (byte) (~(validity[i >> 6] >>> i) & 1);
                }
            }
            return new BooleanColumn(Type.BOOLEAN, out, out.length, null);
        };
    }
}
