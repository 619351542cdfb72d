package org.skep.executor.format.parquet;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skep.executor.eval.Predicate;
import org.skep.model.data.Batch;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/**
 * Evaluates conditions row by row on boxed values: slow, and as plain as the meaning of SQL allows.
 */
final class InterpretedPredicate implements Predicate {
    private final Expr condition;

    InterpretedPredicate(Expr condition) {
        this.condition = condition;
    }

    @Override
    public int select(Batch batch, int[] selected) {
        int count = 0;
        for (int row = 0; row < batch.rows(); row++) {
            if (Boolean.TRUE.equals(value(condition, batch, row))) {
                selected[count++] = row;
            }
        }
        return count;
    }

    private static Object value(Expr expr, Batch batch, int row) {
        if (expr instanceof Expr.Input input) {
            return batch.column(input.column()).value(row);
        } else if (expr instanceof Expr.Literal literal) {
            return literal.value();
        } else if (expr instanceof Expr.And and) {
            return all(and.inputs().stream().map(i -> value(i, batch, row)).toArray(), true);
        } else if (expr instanceof Expr.Or or) {
            return all(or.inputs().stream().map(i -> value(i, batch, row)).toArray(), false);
        } else if (expr instanceof Expr.Not not) {
            Object of = value(not.input(), batch, row);
            return of == null ? null : !(Boolean) of;
        } else if (expr instanceof Expr.IsNull isNull) {
            return value(isNull.input(), batch, row) == null;
        } else if (expr instanceof Expr.Compare compare) {
            return compare(
                    compare.operator(),
                    value(compare.left(), batch, row),
                    value(compare.right(), batch, row));
        } else if (expr instanceof Expr.In in) {
            Object of = value(in.input(), batch, row);
            return of == null ? null : in.values().stream().anyMatch(v -> order(of, v) == 0);
        } else if (expr instanceof Expr.Like like) {
            Object of = value(like.input(), batch, row);
            String pattern = like.pattern().replace("%", ".*").replace("_", ".");
            return of == null ? null : of.toString().matches(pattern);
        } else if (expr instanceof Expr.Cast cast) {
            Object of = value(cast.input(), batch, row);
            boolean wide = cast.type().equals(Type.BIGINT);
            return of == null || !wide ? of : (Object) ((Number) of).longValue();
        } else if (expr instanceof Expr.Arithmetic arithmetic) {
            Object left = value(arithmetic.left(), batch, row);
            Object right = value(arithmetic.right(), batch, row);
            return left == null || right == null
                    ? null
                    : (Object) (((Number) left).longValue() / ((Number) right).longValue());
        }
        throw new IllegalArgumentException("not interpreted: " + expr);
    }

    /** The conjunction when {@code neutral} is true, else the disjunction. */
    private static Object all(Object[] values, boolean neutral) {
        boolean unknown = false;
        for (Object value : values) {
            if (value == null) {
                unknown = true;
            } else if ((Boolean) value != neutral) {
                return !neutral;
            }
        }
        return unknown ? null : neutral;
    }

    private static Boolean compare(Expr.Comparison operator, Object a, Object b) {
        if (operator == Expr.Comparison.DISTINCT || operator == Expr.Comparison.NOT_DISTINCT) {
            boolean same = a == null || b == null ? a == b : order(a, b) == 0;
            return same == (operator == Expr.Comparison.NOT_DISTINCT);
        }
        if (a == null || b == null) {
            return null;
        }
        int order = order(a, b);
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case DISTINCT, NOT_DISTINCT -> throw new AssertionError();
        };
    }

    static int order(Object a, Object b) {
        if (a instanceof String text) {
            return Arrays.compareUnsigned(
                    text.getBytes(StandardCharsets.UTF_8),
                    ((String) b).getBytes(StandardCharsets.UTF_8));
        } else if (a instanceof byte[] bytes) {
            return Arrays.compareUnsigned(bytes, (byte[]) b);
        } else if (a instanceof BigDecimal decimal) {
            return decimal.compareTo((BigDecimal) b);
        } else if (a instanceof Double number) {
            double other = (Double) b;
            return number == other ? 0 : number.compareTo(other);
        } else if (a instanceof Boolean flag) {
            return flag.compareTo((Boolean) b);
        }
        return Long.compare(((Number) a).longValue(), ((Number) b).longValue());
    }
}
