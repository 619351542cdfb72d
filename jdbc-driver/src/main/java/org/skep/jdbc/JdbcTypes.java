package org.skep.jdbc;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.Struct;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Period;
import java.util.Map;
import org.skep.model.type.Type;

/** The engine's types as JDBC describes them. */
final class JdbcTypes {
    private JdbcTypes() {}

    /** One of {@link Types}. */
    static int code(Type type) {
        return switch (type.kind()) {
            case NULL -> Types.NULL;
            case BOOLEAN -> Types.BOOLEAN;
            case TINYINT -> Types.TINYINT;
            case SMALLINT -> Types.SMALLINT;
            case INTEGER -> Types.INTEGER;
            case BIGINT -> Types.BIGINT;
            case FLOAT -> Types.REAL;
            case DOUBLE -> Types.DOUBLE;
            case DECIMAL -> Types.DECIMAL;
            case DATE -> Types.DATE;
            case TIMESTAMP -> Types.TIMESTAMP;
            case STRING -> Types.VARCHAR;
            case BINARY -> Types.VARBINARY;
            case INTERVAL_MONTH, INTERVAL_DAY -> Types.OTHER;
            case ARRAY -> Types.ARRAY;
            case MAP -> Types.JAVA_OBJECT;
            case STRUCT -> Types.STRUCT;
        };
    }

    /** What {@code getObject} gives. */
    static Class<?> objectClass(Type type) {
        return switch (type.kind()) {
            case NULL -> Object.class;
            case BOOLEAN -> Boolean.class;
            case TINYINT, SMALLINT, INTEGER -> Integer.class;
            case BIGINT -> Long.class;
            case FLOAT -> Float.class;
            case DOUBLE -> Double.class;
            case DECIMAL -> BigDecimal.class;
            case DATE -> Date.class;
            case TIMESTAMP -> Timestamp.class;
            case STRING -> String.class;
            case BINARY -> byte[].class;
            case INTERVAL_MONTH -> Period.class;
            case INTERVAL_DAY -> Duration.class;
            case ARRAY -> Array.class;
            case MAP -> Map.class;
            case STRUCT -> Struct.class;
        };
    }

    /** Decimal digits of numbers, characters of the others; 0 when there is no limit. */
    static int precision(Type type) {
        return switch (type.kind()) {
            case NULL, STRING, BINARY, INTERVAL_MONTH, INTERVAL_DAY, ARRAY, MAP, STRUCT -> 0;
            case BOOLEAN -> 1;
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INTEGER -> 10;
            case BIGINT -> 19;
            case FLOAT -> 7;
            case DOUBLE -> 15;
            case DECIMAL -> type.precision();
            case DATE -> 10;
            case TIMESTAMP -> 26;
        };
    }

    /** The most characters of a value as text; a guess where there is no limit. */
    static int displaySize(Type type) {
        return switch (type.kind()) {
            case NULL -> 4;
            case BOOLEAN -> 5;
            case TINYINT, SMALLINT, INTEGER, BIGINT -> precision(type) + 1;
            case FLOAT -> 15;
            case DOUBLE -> 24;
            case DECIMAL -> type.precision() + 3;
            case DATE, TIMESTAMP -> precision(type);
            case STRING, BINARY, INTERVAL_MONTH, INTERVAL_DAY, ARRAY, MAP, STRUCT -> 256;
        };
    }
}
