package org.skep.planner.expr;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.skep.model.plan.Expr;
import org.skep.model.type.Field;
import org.skep.model.type.Type;

/** Where types differ and what they have in common. */
public final class Casts {
    private Casts() {}

    /** {@code expr} as {@code type}; itself when it already is. Constants are cast here and now. */
    public static Expr to(Expr expr, Type type) {
        if (expr.type().equals(type)) {
            return expr;
        }
        if (expr instanceof Expr.Literal literal) {
            if (literal.value() == null) {
                return new Expr.Literal(null, type);
            }
            Expr exact = exact(literal, type);
            if (exact != null) {
                return exact;
            }
        }
        return new Expr.Cast(expr, type, false);
    }

    /** A number as a wider kind of number, when nothing is lost; null otherwise. */
    private static Expr exact(Expr.Literal literal, Type type) {
        Object value = literal.value();
        boolean whole = value instanceof Integer || value instanceof Long;
        if (!literal.type().isNumeric()) {
            return null;
        }
        if (whole && type.kind() == Type.Kind.BIGINT) {
            return new Expr.Literal(((Number) value).longValue(), type);
        }
        if (whole && type.kind() == Type.Kind.DOUBLE) {
            return new Expr.Literal((double) ((Number) value).longValue(), type);
        }
        if (value instanceof BigDecimal decimal && type.kind() == Type.Kind.DOUBLE) {
            return new Expr.Literal(decimal.doubleValue(), type);
        }
        if (type.kind() == Type.Kind.DECIMAL && (whole || value instanceof BigDecimal)) {
            BigDecimal number =
                    whole ? BigDecimal.valueOf(((Number) value).longValue()) : (BigDecimal) value;
            if (number.stripTrailingZeros().scale() > type.scale()) {
                return null;
            }
            BigDecimal scaled = number.setScale(type.scale(), RoundingMode.UNNECESSARY);
            return scaled.precision() <= type.precision() ? new Expr.Literal(scaled, type) : null;
        }
        return null;
    }

    /** The type in which two values are compared or brought together. */
    public static Type common(Type a, Type b) {
        if (a.equals(b) || b.kind() == Type.Kind.NULL) {
            return a;
        }
        if (a.kind() == Type.Kind.NULL) {
            return b;
        }
        if (a.isNumeric() && b.isNumeric()) {
            return commonNumber(a, b);
        }
        if (a.kind() == b.kind() && a.isNested()) {
            return commonNested(a, b);
        }
        if (isDateLike(a) && isDateLike(b)) {
            return Type.TIMESTAMP;
        }
        if (a.kind() == Type.Kind.STRING) {
            return b;
        }
        if (b.kind() == Type.Kind.STRING) {
            return a;
        }
        return Type.STRING;
    }

    private static boolean isDateLike(Type type) {
        return type.kind() == Type.Kind.DATE || type.kind() == Type.Kind.TIMESTAMP;
    }

    private static Type commonNumber(Type a, Type b) {
        if (a.isFloating() || b.isFloating()) {
            return a.kind() == Type.Kind.FLOAT && b.kind() == Type.Kind.FLOAT
                    ? Type.FLOAT
                    : Type.DOUBLE;
        }
        if (a.isInteger() && b.isInteger()) {
            return a.kind().compareTo(b.kind()) > 0 ? a : b;
        }
        Type left = asDecimal(a);
        Type right = asDecimal(b);
        int scale = Math.max(left.scale(), right.scale());
        int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
        return Type.decimal(Math.min(Type.MAX_PRECISION, whole + scale), scale);
    }

    /** The DECIMAL that holds all values of an exact number type. */
    static Type asDecimal(Type type) {
        return switch (type.kind()) {
            case DECIMAL -> type;
            case TINYINT -> Type.decimal(3, 0);
            case SMALLINT -> Type.decimal(5, 0);
            case INTEGER -> Type.decimal(10, 0);
            case BIGINT -> Type.decimal(19, 0);
            default -> throw new IllegalArgumentException(type + " is not exact");
        };
    }

    private static Type commonNested(Type a, Type b) {
        return switch (a.kind()) {
            case ARRAY -> Type.array(common(a.element(), b.element()));
            case MAP ->
                    Type.map(
                            common(a.children().get(0).type(), b.children().get(0).type()),
                            common(a.children().get(1).type(), b.children().get(1).type()));
            default -> commonStruct(a, b);
        };
    }

    private static Type commonStruct(Type a, Type b) {
        if (a.children().size() != b.children().size()) {
            return a;
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < a.children().size(); i++) {
            Field field = a.children().get(i);
            fields.add(new Field(field.name(), common(field.type(), b.children().get(i).type())));
        }
        return Type.struct(fields);
    }
}
