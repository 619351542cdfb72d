package org.skep.executor.eval;

import java.util.Arrays;
import org.skep.executor.value.ValueOrder;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.plan.Expr.Compare;
import org.skep.model.plan.Expr.Comparison;
import org.skep.model.type.Type;

/**
 * Comparisons of two columns. Three questions – equal, less, less or equal – asked of the operands
 * in one order or the other answer all of them: {@code a > b} is {@code b < a}, {@code a <> b} is
 * the negation of {@code a = b}.
 */
final class Comparisons {
    private Comparisons() {}

    private enum Question {
        EQUAL,
        LESS,
        LESS_OR_EQUAL
    }

    static Evaluator evaluator(Compare expr, ExpressionCompiler compiler) {
        RangeFilter range = RangeFilter.of(expr, compiler);
        if (range != null) {
            return range;
        }
        Evaluator left = compiler.compile(expr.left());
        Evaluator right = compiler.compile(expr.right());
        return batch ->
                compare(
                        expr.operator(),
                        Constant.flat(left, batch),
                        Constant.flat(right, batch),
                        batch.rows());
    }

    static Column compare(Comparison operator, Column a, Column b, int rows) {
        byte[] out = new byte[rows];
        switch (operator) {
            case EQUAL, NOT_DISTINCT -> ask(Question.EQUAL, a, b, out, 0);
            case NOT_EQUAL, DISTINCT -> ask(Question.EQUAL, a, b, out, 1);
            case LESS -> ask(Question.LESS, a, b, out, 0);
            case LESS_OR_EQUAL -> ask(Question.LESS_OR_EQUAL, a, b, out, 0);
            case GREATER -> ask(Question.LESS, b, a, out, 0);
            case GREATER_OR_EQUAL -> ask(Question.LESS_OR_EQUAL, b, a, out, 0);
        }
        boolean nullable = a.hasNulls() || b.hasNulls();
        if (operator == Comparison.DISTINCT || operator == Comparison.NOT_DISTINCT) {
            byte distinct = (byte) (operator == Comparison.DISTINCT ? 1 : 0);
            for (int i = 0; nullable && i < rows; i++) {
                if (a.isNull(i) || b.isNull(i)) {
                    out[i] = (byte) (a.isNull(i) != b.isNull(i) ? distinct : 1 - distinct);
                }
            }
            return new BooleanColumn(Type.BOOLEAN, out, rows, null);
        }
        return new BooleanColumn(Type.BOOLEAN, out, rows, Bits.and(a.validity(), b.validity()));
    }

    private static void ask(Question question, Column a, Column b, byte[] out, int flip) {
        switch (a.type().layout()) {
            case INT -> ints(question, ((IntColumn) a).values(), ((IntColumn) b).values(), out);
            case LONG -> longs(question, ((LongColumn) a).values(), ((LongColumn) b).values(), out);
            case DOUBLE ->
                    doubles(
                            question,
                            ((DoubleColumn) a).values(),
                            ((DoubleColumn) b).values(),
                            out);
            case BYTES -> {
                if (question == Question.EQUAL) {
                    equalBytes((BytesColumn) a, (BytesColumn) b, out);
                } else {
                    others(question, a, b, out);
                }
            }
            case DECIMAL -> {
                DecimalColumn x = (DecimalColumn) a;
                DecimalColumn y = (DecimalColumn) b;
                if (x.isNarrow() && y.isNarrow()) {
                    longs(question, x.lows(), y.lows(), out);
                } else {
                    others(question, a, b, out);
                }
            }
            case BOOLEAN, ARRAY, STRUCT -> others(question, a, b, out);
        }
        if (flip != 0) {
            for (int i = 0; i < out.length; i++) {
                out[i] ^= 1;
            }
        }
    }

    private static void ints(Question question, int[] a, int[] b, byte[] out) {
        int rows = out.length;
        switch (question) {
            case EQUAL -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = (byte) (a[i] == b[i] ? 1 : 0);
                }
            }
            case LESS -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = (byte) (a[i] < b[i] ? 1 : 0);
                }
            }
            case LESS_OR_EQUAL -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = (byte) (a[i] <= b[i] ? 1 : 0);
                }
            }
        }
    }

    private static void longs(Question question, long[] a, long[] b, byte[] out) {
        int rows = out.length;
        switch (question) {
            case EQUAL -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = (byte) (a[i] == b[i] ? 1 : 0);
                }
            }
            case LESS -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = (byte) (a[i] < b[i] ? 1 : 0);
                }
            }
            case LESS_OR_EQUAL -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = (byte) (a[i] <= b[i] ? 1 : 0);
                }
            }
        }
    }

    private static void doubles(Question question, double[] a, double[] b, byte[] out) {
        int rows = out.length;
        switch (question) {
            case EQUAL -> {
                for (int i = 0; i < rows; i++) {
                    out[i] =
                            (byte) (a[i] == b[i] | Double.isNaN(a[i]) & Double.isNaN(b[i]) ? 1 : 0);
                }
            }
            case LESS -> {
                for (int i = 0; i < rows; i++) {
                    out[i] =
                            (byte) (a[i] < b[i] | !Double.isNaN(a[i]) & Double.isNaN(b[i]) ? 1 : 0);
                }
            }
            case LESS_OR_EQUAL -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = (byte) (a[i] <= b[i] | Double.isNaN(b[i]) ? 1 : 0);
                }
            }
        }
    }

    private static void equalBytes(BytesColumn a, BytesColumn b, byte[] out) {
        byte[] x = a.data();
        byte[] y = b.data();
        int[] from = a.starts();
        int[] to = b.starts();
        int[] n = a.lengths();
        int[] m = b.lengths();
        for (int i = 0; i < out.length; i++) {
            boolean equal =
                    n[i] == m[i]
                            && Arrays.equals(x, from[i], from[i] + n[i], y, to[i], to[i] + n[i]);
            out[i] = (byte) (equal ? 1 : 0);
        }
    }

    private static void others(Question question, Column a, Column b, byte[] out) {
        for (int i = 0; i < out.length; i++) {
            if (a.isNull(i) || b.isNull(i)) {
                continue;
            }
            int order = ValueOrder.compare(a, i, b, i);
            boolean yes =
                    switch (question) {
                        case EQUAL -> order == 0;
                        case LESS -> order < 0;
                        case LESS_OR_EQUAL -> order <= 0;
                    };
            out[i] = (byte) (yes ? 1 : 0);
        }
    }
}
