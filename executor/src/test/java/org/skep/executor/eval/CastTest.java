package org.skep.executor.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

class CastTest {
    /** text | type it is read as | type it is cast to | text of the result, or the error. */
    private static final String GOLDEN =
            """
            12 | INT | BIGINT | 12
            300 | INT | TINYINT | NUMERIC_OVERFLOW
            -128 | INT | TINYINT | -128
            9223372036854775807 | BIGINT | INT | NUMERIC_OVERFLOW
            7 | INT | DOUBLE | 7.0
            7 | INT | DECIMAL(5,2) | 7.00
            1000 | INT | DECIMAL(5,2) | NUMERIC_OVERFLOW
            7 | INT | DECIMAL(38,30) | 7.000000000000000000000000000000
            0 | INT | BOOLEAN | false
            5 | BIGINT | TIMESTAMP | 1970-01-01 00:00:05
            1.9 | DOUBLE | INT | 1
            -1.9 | DOUBLE | BIGINT | -1
            1e30 | DOUBLE | BIGINT | NUMERIC_OVERFLOW
            NaN | DOUBLE | INT | NUMERIC_OVERFLOW
            9.223372036854775807e18 | DOUBLE | BIGINT | NUMERIC_OVERFLOW
            0.1 | DOUBLE | DECIMAL(10,2) | 0.10
            0.125 | DOUBLE | DECIMAL(10,2) | 0.13
            -0.125 | DOUBLE | DECIMAL(10,2) | -0.13
            1e300 | DOUBLE | FLOAT | NUMERIC_OVERFLOW
            0.1 | DOUBLE | FLOAT | 0.1
            0.1 | FLOAT | DECIMAL(10,4) | 0.1000
            12.345 | DECIMAL(10,3) | DECIMAL(10,2) | 12.35
            -12.345 | DECIMAL(10,3) | DECIMAL(10,2) | -12.35
            99.95 | DECIMAL(4,2) | DECIMAL(3,1) | NUMERIC_OVERFLOW
            12.9 | DECIMAL(10,3) | INT | 12
            99999999999999999999 | DECIMAL(20,0) | BIGINT | NUMERIC_OVERFLOW
            99999999999999999999 | DECIMAL(20,0) | DOUBLE | 1.0e20
            12345678901234567.89 | DECIMAL(20,2) | DOUBLE | 1.2345678901234568e16
            true | BOOLEAN | INT | 1
            false | BOOLEAN | STRING | false
            2024-02-29 | DATE | TIMESTAMP | 2024-02-29 00:00:00
            2024-02-29 23:59:59.999 | TIMESTAMP | DATE | 2024-02-29
            1969-12-31 23:59:59 | TIMESTAMP | DATE | 1969-12-31
            1969-12-31 23:59:59.5 | TIMESTAMP | BIGINT | -1
            2024-02-29 | DATE | INT | TYPE_MISMATCH
            2023-02-29 | STRING | DATE | INVALID_VALUE
            2024-2-9 | STRING | DATE | 2024-02-09
            2024-02-29 10:30 | STRING | DATE | 2024-02-29
            2024-02-29x | STRING | DATE | INVALID_VALUE
            2024-02-29T10:30:00.123456789Z | STRING | TIMESTAMP | 2024-02-29 10:30:00.123456
            2024-02-29 10:30:00+02:00 | STRING | TIMESTAMP | 2024-02-29 08:30:00
            2024-02-29 24:00:00 | STRING | TIMESTAMP | INVALID_VALUE
            -0044-03-15 | STRING | DATE | -0044-03-15
             12  | STRING | INT | 12
            12.0 | STRING | INT | INVALID_VALUE
            +5 | STRING | SMALLINT | 5
            40000 | STRING | SMALLINT | INVALID_VALUE
            -9223372036854775808 | STRING | BIGINT | -9223372036854775808
            9223372036854775808 | STRING | BIGINT | INVALID_VALUE
            1_000 | STRING | INT | INVALID_VALUE
            1.5e3 | STRING | DOUBLE | 1500.0
            .5 | STRING | DOUBLE | 0.5
            1e | STRING | DOUBLE | INVALID_VALUE
            0x10 | STRING | DOUBLE | INVALID_VALUE
            1d | STRING | DOUBLE | INVALID_VALUE
            -inf | STRING | DOUBLE | -Infinity
            nan | STRING | DOUBLE | NaN
            1.7976931348623157e308 | STRING | DOUBLE | 1.7976931348623157e308
            4.9e-324 | STRING | DOUBLE | 4.9e-324
            2.0e-3 | STRING | DOUBLE | 0.002
            123456789012345680 | STRING | DOUBLE | 1.2345678901234568e17
            2e23 | STRING | DOUBLE | 2.0e23
            -0.0 | STRING | DOUBLE | -0.0
            1.005 | STRING | DECIMAL(5,2) | 1.01
            1e2 | STRING | DECIMAL(5,2) | 100.00
            1e3 | STRING | DECIMAL(5,2) | INVALID_VALUE
            1e-999999999 | STRING | DECIMAL(5,2) | 0.00
            1e999999999 | STRING | DECIMAL(5,2) | INVALID_VALUE
            12345678901234567890.5 | STRING | DECIMAL(30,1) | 12345678901234567890.5
            yes | STRING | BOOLEAN | true
            OFF | STRING | BOOLEAN | false
            maybe | STRING | BOOLEAN | INVALID_VALUE
            1 year 2 months | STRING | INTERVAL YEAR | 1 year 2 months
            1-2 | STRING | INTERVAL YEAR | 1 year 2 months
            3 days 04:05:06.5 | STRING | INTERVAL DAY | 3 days 04:05:06.5
            3 04:05:06 | STRING | INTERVAL DAY | 3 days 04:05:06
            90 minutes | STRING | INTERVAL DAY | 01:30:00
            -2 hours | STRING | INTERVAL DAY | -02:00:00
            soon | STRING | INTERVAL DAY | INVALID_VALUE
            [1, 2, null] | STRING | ARRAY<INT> | [1, 2, null]
            [1, "x"] | STRING | ARRAY<INT> | INVALID_VALUE
            [1, 2] | ARRAY<INT> | ARRAY<STRING> | ["1", "2"]
            [1, 300] | ARRAY<INT> | ARRAY<TINYINT> | NUMERIC_OVERFLOW
            {"a": 1, "b": "x"} | STRING | STRUCT<a: INT, b: STRING> | {"a": 1, "b": "x"}
            {"a": 1} | STRUCT<a: INT> | STRUCT<z: DOUBLE> | {"z": 1.0}
            {"a": 1} | STRING | MAP<STRING, INT> | {"a": 1}
            abc | STRING | BINARY | abc
            """;

    @TestFactory
    Stream<DynamicTest> golden() {
        return GOLDEN.lines().map(line -> dynamicTest(line, () -> check(line.split(" \\| ", -1))));
    }

    private static void check(String[] row) {
        Expr text = new Expr.Literal(row[0], Type.STRING);
        Type from = Type.parse(row[1]);
        Type to = Type.parse(row[2]);
        Expr typed = from.equals(Type.STRING) ? text : new Expr.Cast(text, from, false);
        Expr cast = new Expr.Cast(typed, to, false);
        Expr shown = new Expr.Cast(cast, Type.STRING, false);
        if (row[3].matches("[A-Z]+_[A-Z_]+")) {
            QueryException error =
                    assertThrows(QueryException.class, () -> Expressions.value(shown));
            assertEquals(row[3], error.code().toString());
            if (!row[3].equals("TYPE_MISMATCH")) {
                Object tried = Expressions.value(new Expr.Cast(typed, to, true));
                boolean partly = to.kind() == Type.Kind.ARRAY && tried != null;
                assertTrue(tried == null || partly, () -> "try_cast gave " + tried);
                assertTrue(
                        error.getMessage()
                                .contains(to.kind() == Type.Kind.ARRAY ? "" : to.toString()));
            }
        } else {
            assertEquals(row[3], Expressions.value(shown));
        }
    }

    @Test
    void nullsStayNull() {
        for (Type from : RandomColumns.TYPES) {
            Expr nothing = new Expr.Literal(null, from);
            for (Type to : RandomColumns.TYPES) {
                try {
                    assertEquals(null, Expressions.value(new Expr.Cast(nothing, to, false)));
                } catch (QueryException noSuchCast) {
                    assertTrue(noSuchCast.getMessage().startsWith("cannot cast"));
                }
            }
        }
    }

    /** What is written can be read back. */
    @Test
    void textReadsBackAsTheSameValue() {
        RandomColumns columns = new RandomColumns(new java.util.Random(7));
        for (Type type : RandomColumns.TYPES) {
            if (type.kind() == Type.Kind.BINARY) {
                continue; // text is taken as it is
            }
            for (int i = 0; i < 50; i++) {
                Object value = columns.value(type);
                Expr text = new Expr.Cast(new Expr.Literal(value, type), Type.STRING, false);
                Object back =
                        type.equals(Type.STRING)
                                ? Expressions.value(text)
                                : Expressions.value(new Expr.Cast(text, type, false));
                assertEquals(value, back);
            }
        }
    }
}
