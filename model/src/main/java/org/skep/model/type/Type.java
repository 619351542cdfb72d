package org.skep.model.type;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A SQL type.
 *
 * @param kind which type
 * @param precision digits of a DECIMAL, else 0
 * @param scale digits after the point of a DECIMAL, else 0
 * @param children the element of an ARRAY, key and value of a MAP, the fields of a STRUCT
 */
public record Type(Kind kind, int precision, int scale, List<Field> children)
        implements Serializable {
    /** The most digits of a DECIMAL. */
    public static final int MAX_PRECISION = 38;

    /** The most digits of a DECIMAL whose unscaled value is held in a long. */
    public static final int MAX_LONG_PRECISION = 18;

    public static final Type NULL = new Type(Kind.NULL);
    public static final Type BOOLEAN = new Type(Kind.BOOLEAN);
    public static final Type TINYINT = new Type(Kind.TINYINT);
    public static final Type SMALLINT = new Type(Kind.SMALLINT);
    public static final Type INTEGER = new Type(Kind.INTEGER);
    public static final Type BIGINT = new Type(Kind.BIGINT);
    public static final Type FLOAT = new Type(Kind.FLOAT);
    public static final Type DOUBLE = new Type(Kind.DOUBLE);
    public static final Type DATE = new Type(Kind.DATE);
    public static final Type TIMESTAMP = new Type(Kind.TIMESTAMP);
    public static final Type STRING = new Type(Kind.STRING);
    public static final Type BINARY = new Type(Kind.BINARY);
    public static final Type INTERVAL_MONTH = new Type(Kind.INTERVAL_MONTH);
    public static final Type INTERVAL_DAY = new Type(Kind.INTERVAL_DAY);

    /** Every kind of type, with what its values mean. */
    public enum Kind {
        /** The type of a bare NULL; held as BOOLEAN, all rows null. */
        NULL,
        BOOLEAN,
        TINYINT,
        SMALLINT,
        INTEGER,
        BIGINT,
        /** 32-bit floating point; computed and held as doubles rounded to float. */
        FLOAT,
        DOUBLE,
        DECIMAL,
        /** Days since 1970-01-01. */
        DATE,
        /** Microseconds since 1970-01-01 00:00:00, without a time zone. */
        TIMESTAMP,
        /** UTF-8 text. */
        STRING,
        BINARY,
        /** A year-month interval, in months. */
        INTERVAL_MONTH,
        /** A day-time interval, in microseconds. */
        INTERVAL_DAY,
        ARRAY,
        MAP,
        STRUCT
    }

    /** How a column of a type is held in memory; one column class each. */
    public enum Layout {
        BOOLEAN,
        INT,
        LONG,
        DOUBLE,
        /** 128-bit two's complement, as high and low longs. */
        DECIMAL,
        BYTES,
        ARRAY,
        STRUCT
    }

    public Type {
        children = List.copyOf(children);
        boolean decimal = kind == Kind.DECIMAL;
        if (decimal && (precision < 1 || precision > MAX_PRECISION || scale < 0)
                || decimal && scale > precision
                || !decimal && (precision != 0 || scale != 0)) {
            throw new IllegalArgumentException("%s(%d,%d)".formatted(kind, precision, scale));
        }
        int expected =
                switch (kind) {
                    case ARRAY -> 1;
                    case MAP -> 2;
                    case STRUCT -> children.size();
                    default -> 0;
                };
        if (children.size() != expected) {
            throw new IllegalArgumentException(kind + " of " + children);
        }
    }

    private Type(Kind kind) {
        this(kind, 0, 0, List.of());
    }

    public static Type decimal(int precision, int scale) {
        return new Type(Kind.DECIMAL, precision, scale, List.of());
    }

    public static Type array(Type element) {
        return new Type(Kind.ARRAY, 0, 0, List.of(new Field("element", element, true)));
    }

    public static Type map(Type key, Type value) {
        return new Type(
                Kind.MAP,
                0,
                0,
                List.of(new Field("key", key, false), new Field("value", value, true)));
    }

    public static Type struct(List<Field> fields) {
        return new Type(Kind.STRUCT, 0, 0, fields);
    }

    /** The type that {@code text} spells, for example {@code DECIMAL(12,2)}. */
    public static Type parse(String text) {
        return new TypeText(text).type();
    }

    public Layout layout() {
        return switch (kind) {
            case NULL, BOOLEAN -> Layout.BOOLEAN;
            case TINYINT, SMALLINT, INTEGER, DATE, INTERVAL_MONTH -> Layout.INT;
            case BIGINT, TIMESTAMP, INTERVAL_DAY -> Layout.LONG;
            case FLOAT, DOUBLE -> Layout.DOUBLE;
            case DECIMAL -> precision <= MAX_LONG_PRECISION ? Layout.LONG : Layout.DECIMAL;
            case STRING, BINARY -> Layout.BYTES;
            case ARRAY, MAP -> Layout.ARRAY;
            case STRUCT -> Layout.STRUCT;
        };
    }

    /** The type of the elements of an ARRAY; a MAP's are STRUCTs of key and value. */
    public Type element() {
        return switch (kind) {
            case ARRAY -> children.get(0).type();
            case MAP -> struct(children);
            default -> throw new IllegalArgumentException(this + " has no elements");
        };
    }

    /** For messages: a DATE, an INTEGER. */
    public String withArticle() {
        String name = toString();
        return ("AEIO".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }

    public boolean isInteger() {
        return switch (kind) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> true;
            default -> false;
        };
    }

    public boolean isNumeric() {
        return isInteger() || isFloating() || kind == Kind.DECIMAL;
    }

    public boolean isFloating() {
        return kind == Kind.FLOAT || kind == Kind.DOUBLE;
    }

    public boolean isNested() {
        return kind == Kind.ARRAY || kind == Kind.MAP || kind == Kind.STRUCT;
    }

    /** The smallest and greatest value of an integer type. */
    public long minInteger() {
        return switch (kind) {
            case TINYINT -> Byte.MIN_VALUE;
            case SMALLINT -> Short.MIN_VALUE;
            case INTEGER -> Integer.MIN_VALUE;
            case BIGINT -> Long.MIN_VALUE;
            default -> throw new IllegalArgumentException(this + " is not an integer type");
        };
    }

    public long maxInteger() {
        return -(minInteger() + 1);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case DECIMAL -> "DECIMAL(" + precision + "," + scale + ")";
            case INTERVAL_MONTH -> "INTERVAL YEAR TO MONTH";
            case INTERVAL_DAY -> "INTERVAL DAY TO SECOND";
            case ARRAY -> "ARRAY<" + element() + ">";
            case MAP -> "MAP<" + children.get(0).type() + "," + children.get(1).type() + ">";
            case STRUCT ->
                    children.stream()
                            .map(field -> TypeText.quoted(field.name()) + ":" + field.type())
                            .collect(Collectors.joining(",", "STRUCT<", ">"));
            default -> kind.name();
        };
    }
}
