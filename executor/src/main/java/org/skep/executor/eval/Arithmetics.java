package org.skep.executor.eval;

import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr.Arithmetic;
import org.skep.model.plan.Expr.Operator;
import org.skep.model.type.Type;

/**
 * Arithmetic over dense arrays. A loop notes whether any row went wrong, without branching; only
 * then is the first non-null row that did looked for.
 */
final class Arithmetics {
    private Arithmetics() {}

    /** Combines two flat columns of as many rows. */
    interface Kernel {
        Column apply(Column left, Column right, int rows, long[] validity);
    }

    static Evaluator evaluator(Arithmetic expr, ExpressionCompiler compiler) {
        Evaluator left = compiler.compile(expr.left());
        Evaluator right = compiler.compile(expr.right());
        Kernel kernel = kernel(expr.operator(), expr.type());
        return batch -> {
            Column a = Constant.flat(left, batch);
            Column b = Constant.flat(right, batch);
            long[] validity = Bits.and(a.validity(), b.validity());
            return kernel.apply(a, b, batch.rows(), validity);
        };
    }

    private static Kernel kernel(Operator operator, Type type) {
        if (type.kind() == Type.Kind.DECIMAL) {
            return DecimalArithmetic.kernel(operator, type);
        }
        return switch (type.layout()) {
            case INT -> (a, b, rows, validity) -> ints(operator, type, a, b, rows, validity);
            case LONG -> (a, b, rows, validity) -> longs(operator, type, a, b, rows, validity);
            case DOUBLE -> (a, b, rows, validity) -> doubles(operator, type, a, b, rows, validity);
            case BOOLEAN, DECIMAL, BYTES, ARRAY, STRUCT ->
                    throw new QueryException(
                            ErrorCode.TYPE_MISMATCH,
                            "no arithmetic on %s".formatted(type),
                            "cast the operands to a number");
        };
    }

    /** Results are exact in a long; those outside of the type's range have a sign bit in bad. */
    private static Column ints(
            Operator operator, Type type, Column left, Column right, int rows, long[] validity) {
        int[] a = ((IntColumn) left).values();
        int[] b = ((IntColumn) right).values();
        int[] out = new int[rows];
        long min = type.isInteger() ? type.minInteger() : Integer.MIN_VALUE;
        long max = -(min + 1);
        long bad = 0;
        switch (operator) {
            case ADD -> {
                for (int i = 0; i < rows; i++) {
                    long r = (long) a[i] + b[i];
                    out[i] = (int) r;
                    bad |= r - min | max - r;
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < rows; i++) {
                    long r = (long) a[i] - b[i];
                    out[i] = (int) r;
                    bad |= r - min | max - r;
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < rows; i++) {
                    long r = (long) a[i] * b[i];
                    out[i] = (int) r;
                    bad |= r - min | max - r;
                }
            }
            case DIVIDE, INTEGER_DIVIDE, REMAINDER -> {
                boolean remainder = operator == Operator.REMAINDER;
                for (int i = 0; i < rows; i++) {
                    long d = b[i];
                    long divisor = d == 0 ? 1 : d;
                    long r = remainder ? a[i] % divisor : a[i] / divisor;
                    out[i] = (int) r;
                    bad |= r - min | max - r | (d == 0 ? -1L : 0L);
                }
            }
        }
        if (bad < 0) {
            for (int i = 0; i < rows; i++) {
                if (validity == null || Bits.get(validity, i)) {
                    check(operator, type, a[i], b[i], min, max);
                }
            }
        }
        return new IntColumn(type, out, rows, validity);
    }

    private static Column longs(
            Operator operator, Type type, Column left, Column right, int rows, long[] validity) {
        long[] a = ((LongColumn) left).values();
        long[] b = ((LongColumn) right).values();
        long[] out = new long[rows];
        long bad = 0;
        switch (operator) {
            case ADD -> {
                for (int i = 0; i < rows; i++) {
                    long r = a[i] + b[i];
                    out[i] = r;
                    bad |= (a[i] ^ r) & (b[i] ^ r);
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < rows; i++) {
                    long r = a[i] - b[i];
                    out[i] = r;
                    bad |= (a[i] ^ b[i]) & (a[i] ^ r);
                }
            }
            case MULTIPLY -> {
                long high = 0;
                for (int i = 0; i < rows; i++) {
                    long r = a[i] * b[i];
                    out[i] = r;
                    high |= Math.multiplyHigh(a[i], b[i]) ^ r >> 63;
                }
                bad = high == 0 ? 0 : -1;
            }
            case DIVIDE, INTEGER_DIVIDE, REMAINDER -> {
                boolean remainder = operator == Operator.REMAINDER;
                for (int i = 0; i < rows; i++) {
                    long d = b[i];
                    long divisor = d == 0 ? 1 : d;
                    out[i] = remainder ? a[i] % divisor : a[i] / divisor;
                    bad |= d == 0 || d == -1 && a[i] == Long.MIN_VALUE && !remainder ? -1L : 0L;
                }
            }
        }
        if (bad < 0) {
            for (int i = 0; i < rows; i++) {
                if (validity == null || Bits.get(validity, i)) {
                    check(operator, type, a[i], b[i], Long.MIN_VALUE, Long.MAX_VALUE);
                }
            }
        }
        return new LongColumn(type, out, rows, validity);
    }

    private static void check(Operator operator, Type type, long a, long b, long min, long max) {
        try {
            long r =
                    switch (operator) {
                        case ADD -> Math.addExact(a, b);
                        case SUBTRACT -> Math.subtractExact(a, b);
                        case MULTIPLY -> Math.multiplyExact(a, b);
                        case DIVIDE, INTEGER_DIVIDE -> {
                            if (b == -1) {
                                yield Math.negateExact(a);
                            }
                            yield a / divisor(operator, a, b);
                        }
                        case REMAINDER -> a % divisor(operator, a, b);
                    };
            if (r >= min && r <= max) {
                return;
            }
        } catch (ArithmeticException overflow) {
            throw overflow(operator, type, a, b, overflow);
        }
        throw overflow(operator, type, a, b, null);
    }

    private static long divisor(Operator operator, long a, long b) {
        if (b == 0) {
            throw byZero(operator, a);
        }
        return b;
    }

    static QueryException byZero(Operator operator, Object dividend) {
        // "/" divides doubles, but who wrote 1 / 0 should read that
        boolean whole = dividend instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15;
        Object written = whole ? (Object) ((Double) dividend).longValue() : dividend;
        return new QueryException(
                ErrorCode.DIVISION_BY_ZERO,
                "division by zero: %s %s 0".formatted(written, operator.symbol()),
                "divide by nullif(x, 0) to get NULL instead");
    }

    static QueryException overflow(
            Operator operator, Type type, Object a, Object b, Throwable cause) {
        QueryException error =
                new QueryException(
                        ErrorCode.NUMERIC_OVERFLOW,
                        "%s %s %s does not fit %s".formatted(a, operator.symbol(), b, type),
                        "cast an operand to a wider type, such as BIGINT, DECIMAL or DOUBLE");
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }

    private static Column doubles(
            Operator operator, Type type, Column left, Column right, int rows, long[] validity) {
        double[] a = ((DoubleColumn) left).values();
        double[] b = ((DoubleColumn) right).values();
        double[] out = new double[rows];
        boolean zero = false;
        switch (operator) {
            case ADD -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = a[i] + b[i];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = a[i] - b[i];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = a[i] * b[i];
                }
            }
            case DIVIDE, INTEGER_DIVIDE -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = a[i] / b[i];
                    zero |= b[i] == 0;
                }
            }
            case REMAINDER -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = a[i] % b[i];
                    zero |= b[i] == 0;
                }
            }
        }
        if (zero) {
            for (int i = 0; i < rows; i++) {
                if (b[i] == 0 && (validity == null || Bits.get(validity, i))) {
                    throw byZero(operator, a[i]);
                }
            }
        }
        if (type.kind() == Type.Kind.FLOAT) {
            for (int i = 0; i < rows; i++) {
                out[i] = (float) out[i];
            }
        }
        return new DoubleColumn(type, out, rows, validity);
    }
}
