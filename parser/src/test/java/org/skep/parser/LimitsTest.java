package org.skep.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** Texts of absurd size and depth: parsed or refused, soon, and never by a stack overflow. */
class LimitsTest {
    /** Generous: build machines are slow and busy. */
    private static final Duration SOON = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "SELECT ; (; 1; ); 900",
                "SELECT ; (SELECT ; 1; ); 900",
                "SELECT * FROM ; (SELECT * FROM ; t; ); 900",
                "SELECT ; f(; 1; ); 900",
                "SELECT ; CASE WHEN a THEN ; 1;  END; 900",
                "SELECT ; NOT ; a; ''; 100000",
                "SELECT ; - ; a; ''; 100000",
                "SELECT 1;  OR a = 1; ''; ''; 100000",
                "SELECT 1;  AND a = 1; ''; ''; 100000",
                "SELECT 1;  + 1; ''; ''; 100000",
                "SELECT 1;  || 'x'; ''; ''; 100000",
                "SELECT a IN (1; , 1; ); ''; 100000",
                "VALUES 1; , 1; ''; ''; 100000",
                "SELECT 1;  UNION ALL SELECT 1; ''; ''; 10000",
                "SELECT CASE; WHEN a THEN 1; END; ''; 100000",
                "SELECT 1;  - 1; ''; ''; 900",
                "SELECT 1 FROM t;  JOIN t ON TRUE; ''; ''; 900",
            })
    void takes(String start, String part, String middle, String end, int times) {
        String sql = text(start, part, middle, end, times);
        Statement statement = assertTimeoutPreemptively(SOON, () -> SqlParser.parse(sql));
        assertNotNull(assertInstanceOf(Statement.Query.class, statement).query().node());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "SELECT ; (; 1; ); 10000",
                "SELECT ; (; 1; ); 100000",
                "SELECT ; (; ''; ''; 100000",
                "SELECT ; CASE WHEN a THEN ; 1;  END; 100000",
                "SELECT 1;  - 1; ''; ''; 100000",
                "SELECT 1;  EXCEPT SELECT 1; ''; ''; 10000",
                "SELECT 1 FROM t;  JOIN t ON TRUE; ''; ''; 10000",
                "SELECT 1;  IS NULL; ''; ''; 100000",
                "SELECT a;  = a; ''; ''; 100000",
                "SELECT a; [1]; ''; ''; 100000",
                "SELECT a; ::int; ''; ''; 100000",
                "SELECT CAST(a AS ; ARRAY<; INT; >; 100000",
                "SELECT CAST(a AS ; ARRAY<; INT; >; 100",
                "SELECT 1; ,1; ''; ''; 1500000",
            })
    void refuses(String start, String part, String middle, String end, int times) {
        String sql = text(start, part, middle, end, times);
        assertLimit(sql);
    }

    @ParameterizedTest
    @CsvSource({"16777217"})
    void refusesLongTexts(int length) {
        assertLimit("-".repeat(length));
    }

    private static void assertLimit(String sql) {
        QueryException error =
                assertTimeoutPreemptively(
                        SOON, () -> assertThrows(QueryException.class, () -> SqlParser.parse(sql)));
        assertEquals(ErrorCode.LIMIT_EXCEEDED, error.code());
        assertNotNull(error.position());
        assertTrue(error.getMessage().matches(".*\\d.*"), error.getMessage());
    }

    private static String text(String start, String part, String middle, String end, int times) {
        String close = start.startsWith("SELECT CAST(") ? ")" : "";
        String last = end == null || end.equals("''") ? "" : end;
        String centre = middle == null || middle.equals("''") ? "" : middle;
        return start
                + " "
                + (part + " ").repeat(times)
                + centre
                + (" " + last).repeat(times)
                + close;
    }
}
