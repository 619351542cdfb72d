package org.skep.executor.function.scalar;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.type.Field;
import org.skep.model.type.Type;

/** Which types an argument is cast to without being asked, and at what cost. */
public final class Coercion {
    private Coercion() {}

    /** The cost of the implicit cast, 0 for none, -1 when there is no such cast. */
    public static int cost(Type from, Type to) {
        if (from.equals(to)) {
            return 0;
        }
        if (from.kind() == Type.Kind.NULL) {
            return 1;
        }
        return switch (to.kind()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> integerCost(from, to);
            case DECIMAL -> from.isInteger() ? 20 : from.kind() == Type.Kind.DECIMAL ? 5 : -1;
            case FLOAT -> from.isNumeric() ? 40 : -1;
            case DOUBLE ->
                    from.kind() == Type.Kind.FLOAT
                            ? 1
                            : from.isInteger() ? 30 : from.isNumeric() ? 25 : -1;
            case TIMESTAMP ->
                    from.kind() == Type.Kind.DATE ? 10 : from.kind() == Type.Kind.STRING ? 51 : -1;
            // a string is a date sooner than a timestamp; a timestamp loses its time only at need
            case DATE ->
                    from.kind() == Type.Kind.STRING
                            ? 50
                            : from.kind() == Type.Kind.TIMESTAMP ? 60 : -1;
            case STRING -> from.isNested() || from.kind() == Type.Kind.BINARY ? -1 : 70;
            case BINARY -> from.kind() == Type.Kind.STRING ? 45 : -1;
            case NULL, BOOLEAN, INTERVAL_MONTH, INTERVAL_DAY, ARRAY, MAP, STRUCT -> -1;
        };
    }

    /** Widening is cheap; narrowing is checked when it runs and is the last resort. */
    private static int integerCost(Type from, Type to) {
        if (!from.isInteger()) {
            return -1;
        }
        int steps = to.kind().ordinal() - from.kind().ordinal();
        return steps >= 0 ? steps : 35 - steps;
    }

    /** The DECIMAL that holds every value of an integer type. */
    public static Type decimalOf(Type integer) {
        return switch (integer.kind()) {
            case TINYINT -> Type.decimal(3, 0);
            case SMALLINT -> Type.decimal(5, 0);
            case INTEGER -> Type.decimal(10, 0);
            default -> Type.decimal(19, 0);
        };
    }

    /** The type that values of both become without loss of meaning; null when there is none. */
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
        if (a.isNested() && a.kind() == b.kind() && a.children().size() == b.children().size()) {
            return commonNested(a, b);
        }
        boolean times = isTime(a) && isTime(b) && a.kind() != b.kind();
        if (times) {
            return a.kind() == Type.Kind.STRING
                    ? b
                    : b.kind() == Type.Kind.STRING ? a : Type.TIMESTAMP;
        }
        return null;
    }

    private static boolean isTime(Type type) {
        return type.kind() == Type.Kind.DATE
                || type.kind() == Type.Kind.TIMESTAMP
                || type.kind() == Type.Kind.STRING;
    }

    private static Type commonNumber(Type a, Type b) {
        if (a.isFloating() || b.isFloating()) {
            return Type.DOUBLE;
        }
        if (a.isInteger() && b.isInteger()) {
            return a.kind().ordinal() > b.kind().ordinal() ? a : b;
        }
        Type x = a.isInteger() ? decimalOf(a) : a;
        Type y = b.isInteger() ? decimalOf(b) : b;
        int scale = Math.max(x.scale(), y.scale());
        int whole = Math.max(x.precision() - x.scale(), y.precision() - y.scale());
        int precision = Math.min(Type.MAX_PRECISION, whole + scale);
        return Type.decimal(precision, Math.max(0, Math.min(scale, precision)));
    }

    private static Type commonNested(Type a, Type b) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < a.children().size(); i++) {
            Field field = a.children().get(i);
            Type inner = common(field.type(), b.children().get(i).type());
            if (inner == null) {
                return null;
            }
            fields.add(new Field(field.name(), inner, field.nullable()));
        }
        return new Type(a.kind(), 0, 0, fields);
    }
}
