package org.skep.executor.format.parquet;

import static org.skep.executor.format.parquet.ColumnRange.compare;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/**
 * Whether a condition can be true for any row of which only ranges are known. A condition is walked
 * with two questions, may it be true and may it be false, because NOT exchanges them; null is
 * neither.
 */
final class Pruner {
    private final IntFunction<ColumnRange> ranges;
    private final Membership membership;

    /** Whether a column may have a value that lies within its bounds: what Bloom filters know. */
    interface Membership {
        boolean mayContain(int column, Object value);
    }

    /**
     * @param ranges by column number; null for a column of which nothing is known
     */
    Pruner(IntFunction<ColumnRange> ranges, Membership membership) {
        this.ranges = ranges;
        this.membership = membership;
    }

    /** Whether some row may be one for which all conditions are true. */
    boolean mayMatch(List<Expr> conditions) {
        for (Expr condition : conditions) {
            if (!mayBeTrue(condition)) {
                return false;
            }
        }
        return true;
    }

    boolean mayBeTrue(Expr condition) {
        return switch (condition.kind()) {
            case AND -> all(condition, this::mayBeTrue);
            case OR -> any(condition, this::mayBeTrue);
            case NOT -> mayBeFalse(((Expr.Not) condition).input());
            case COMPARE -> compareMayBeTrue((Expr.Compare) condition);
            case IN -> inMayBeTrue((Expr.In) condition);
            case IS_NULL -> {
                ColumnRange range = range(((Expr.IsNull) condition).input());
                yield range == null || range.nulls() != 0;
            }
            case LIKE -> likeMayBeTrue((Expr.Like) condition);
            case LITERAL -> Boolean.TRUE.equals(((Expr.Literal) condition).value());
            case INPUT -> {
                ColumnRange range = range(condition);
                yield range == null || !range.isKnown() || Boolean.TRUE.equals(range.max());
            }
            case ARITHMETIC, CASE, CAST, CALL, MEMBER -> true;
        };
    }

    private boolean mayBeFalse(Expr condition) {
        return switch (condition.kind()) {
            case AND -> any(condition, this::mayBeFalse);
            case OR -> all(condition, this::mayBeFalse);
            case NOT -> mayBeTrue(((Expr.Not) condition).input());
            case COMPARE -> compareMayBeTrue(negated((Expr.Compare) condition));
            case IN -> inMayBeFalse((Expr.In) condition);
            case IS_NULL -> {
                ColumnRange range = range(((Expr.IsNull) condition).input());
                yield range == null || !range.hasNullsOnly();
            }
            case LITERAL -> Boolean.FALSE.equals(((Expr.Literal) condition).value());
            case INPUT -> {
                ColumnRange range = range(condition);
                yield range == null || !range.isKnown() || Boolean.FALSE.equals(range.min());
            }
            case LIKE, ARITHMETIC, CASE, CAST, CALL, MEMBER -> true;
        };
    }

    private static boolean all(Expr condition, Predicate<Expr> question) {
        return condition.inputs().stream().allMatch(question);
    }

    private static boolean any(Expr condition, Predicate<Expr> question) {
        return condition.inputs().stream().anyMatch(question);
    }

    private static Expr.Compare negated(Expr.Compare compare) {
        Expr.Comparison operator =
                switch (compare.operator()) {
                    case EQUAL -> Expr.Comparison.NOT_EQUAL;
                    case NOT_EQUAL -> Expr.Comparison.EQUAL;
                    case LESS -> Expr.Comparison.GREATER_OR_EQUAL;
                    case LESS_OR_EQUAL -> Expr.Comparison.GREATER;
                    case GREATER -> Expr.Comparison.LESS_OR_EQUAL;
                    case GREATER_OR_EQUAL -> Expr.Comparison.LESS;
                    case DISTINCT -> Expr.Comparison.NOT_DISTINCT;
                    case NOT_DISTINCT -> Expr.Comparison.DISTINCT;
                };
        return new Expr.Compare(operator, compare.left(), compare.right());
    }

    private boolean compareMayBeTrue(Expr.Compare compare) {
        if (compare.right() instanceof Expr.Literal literal) {
            return compareMayBeTrue(compare.operator(), compare.left(), literal);
        }
        if (compare.left() instanceof Expr.Literal literal) {
            return compareMayBeTrue(compare.operator().mirrored(), compare.right(), literal);
        }
        return true;
    }

    private boolean compareMayBeTrue(Expr.Comparison operator, Expr operand, Expr.Literal literal) {
        ColumnRange range = range(operand);
        boolean nullSafe =
                operator == Expr.Comparison.DISTINCT || operator == Expr.Comparison.NOT_DISTINCT;
        if (literal.value() == null) {
            return nullSafe
                    && (range == null
                            || (operator == Expr.Comparison.DISTINCT
                                    ? !range.hasNullsOnly()
                                    : range.nulls() != 0));
        }
        if (range == null) {
            return true;
        }
        if (range.hasNullsOnly()) {
            return operator == Expr.Comparison.DISTINCT;
        }
        Object value = bound(literal.value());
        if (!range.isKnown() || !range.isComparable(value)) {
            return true;
        }
        int low = compare(range.min(), value);
        int high = compare(range.max(), value);
        boolean floating = range.type().isFloating(); // bounds leave NaN out, which is the greatest
        boolean nan = value instanceof Double number && number.isNaN();
        return switch (operator) {
            case EQUAL, NOT_DISTINCT ->
                    nan || low <= 0 && high >= 0 && mayContain(operand, literal.value());
            case NOT_EQUAL -> !(range.isSingleValue() && low == 0);
            case DISTINCT -> !(range.isSingleValue() && low == 0 && range.nulls() == 0);
            case LESS -> low < 0 || zeros(range.min(), value);
            case LESS_OR_EQUAL -> low <= 0;
            case GREATER -> high > 0 || floating;
            case GREATER_OR_EQUAL -> high >= 0 || floating;
        };
    }

    /** Whether both are zeros, of whatever sign. */
    private static boolean zeros(Object a, Object b) {
        return a instanceof Double x && b instanceof Double y && x == 0 && y == 0;
    }

    private boolean mayContain(Expr operand, Object value) {
        return !(operand instanceof Expr.Input input)
                || membership.mayContain(input.column(), value);
    }

    private boolean inMayBeTrue(Expr.In in) {
        ColumnRange range = range(in.input());
        if (range == null) {
            return true;
        }
        for (Object value : in.values()) {
            Expr.Literal literal = new Expr.Literal(value, in.input().type());
            if (compareMayBeTrue(Expr.Comparison.EQUAL, in.input(), literal)) {
                return true;
            }
        }
        return false;
    }

    private boolean inMayBeFalse(Expr.In in) {
        ColumnRange range = range(in.input());
        if (range == null || !range.isSingleValue()) {
            return range == null || !range.hasNullsOnly();
        }
        return in.values().stream()
                .map(Pruner::bound)
                .noneMatch(value -> range.isComparable(value) && compare(range.min(), value) == 0);
    }

    private boolean likeMayBeTrue(Expr.Like like) {
        ColumnRange range = range(like.input());
        if (range == null) {
            return true;
        }
        if (range.hasNullsOnly()) {
            return false;
        }
        byte[] prefix = like.caseSensitive() ? prefix(like) : new byte[0];
        if (!range.isKnown() || prefix.length == 0 || !range.isComparable(prefix)) {
            return true;
        }
        return compare(head(range.min(), prefix.length), prefix) <= 0
                && compare(head(range.max(), prefix.length), prefix) >= 0;
    }

    private static byte[] head(Object bound, int length) {
        byte[] bytes = (byte[]) bound;
        return bytes.length <= length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** What every text that matches begins with. */
    private static byte[] prefix(Expr.Like like) {
        String pattern = like.pattern();
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (like.escape() != null && c == like.escape() && i + 1 < pattern.length()) {
                prefix.append(pattern.charAt(++i));
            } else if (c == '%' || c == '_') {
                break;
            } else {
                prefix.append(c);
            }
        }
        return prefix.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The range of an operand; null when nothing is known of it. */
    private ColumnRange range(Expr operand) {
        if (operand instanceof Expr.Input input) {
            return ranges.apply(input.column());
        }
        if (operand instanceof Expr.Cast cast && cast.input() instanceof Expr.Input input) {
            ColumnRange range = ranges.apply(input.column());
            return range == null ? null : cast(range, cast.type());
        }
        return null;
    }

    /** The range after a cast that keeps order and cannot fail; null for others. */
    private static ColumnRange cast(ColumnRange range, Type to) {
        Type from = range.type();
        boolean keeps =
                from.isInteger() && to.isInteger() && to.maxInteger() >= from.maxInteger()
                        || from.isInteger() && to.kind() == Type.Kind.DOUBLE
                        || from.isInteger()
                                && to.kind() == Type.Kind.DECIMAL
                                && to.precision() - to.scale() >= 19
                        || from.kind() == Type.Kind.FLOAT && to.kind() == Type.Kind.DOUBLE
                        || from.kind() == Type.Kind.DATE && to.kind() == Type.Kind.TIMESTAMP
                        || from.kind() == Type.Kind.DECIMAL
                                && to.kind() == Type.Kind.DECIMAL
                                && to.scale() >= from.scale()
                                && to.precision() - to.scale() >= from.precision() - from.scale();
        if (!keeps) {
            return null;
        }
        boolean inexact = from.kind() == Type.Kind.BIGINT && to.kind() == Type.Kind.DOUBLE;
        return new ColumnRange(
                to,
                cast(range.min(), from, to),
                cast(range.max(), from, to),
                range.tight() && !inexact,
                range.nulls(),
                range.rows());
    }

    private static Object cast(Object bound, Type from, Type to) {
        if (bound == null || bound instanceof BigDecimal) {
            return bound;
        }
        return switch (to.kind()) {
            case DOUBLE -> ((Number) bound).doubleValue();
            case DECIMAL -> BigDecimal.valueOf(((Number) bound).longValue());
            case TIMESTAMP ->
                    from.kind() == Type.Kind.DATE
                            ? (Object) (((Number) bound).longValue() * 86_400_000_000L)
                            : bound;
            default -> bound;
        };
    }

    private static Object bound(Object value) {
        return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : value;
    }
}
