package org.skep.shell.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;

class VariablesTest {
    private final Variables variables = new Variables(Map.of("ds", "2026-01-15", "empty", ""));

    private String expand(String source) {
        return variables.expand(source).text();
    }

    @Test
    void values() {
        assertEquals("SELECT 1", expand("SELECT 1"));
        assertEquals("ds='2026-01-15'.", expand("ds='${ds}'."));
        assertEquals("2026-01-152026-01-15", expand("${ds}${ hivevar:ds }"));
        assertEquals("[]", expand("[${empty}]"));
        assertEquals("/tmp/x y", expand("${out:-/tmp/x y}"));
        assertEquals("2026-01-15", expand("${ds:-never}"));
        assertEquals("${ds} $ 5$", expand("$${ds} $ 5$"));
    }

    @Test
    void unknownNames() {
        QueryException e =
                assertThrows(QueryException.class, () -> expand("SELECT 1;\nSELECT '${dz}'"));
        assertEquals(ErrorCode.VARIABLE_NOT_FOUND, e.code());
        assertEquals(new Position(2, 9, 2, 13), e.position());
        assertEquals("did you mean 'ds'?", e.hint());
        assertEquals(
                "give it with --var region=value",
                assertThrows(QueryException.class, () -> expand("${region}")).hint());
        assertEquals(
                ErrorCode.SYNTAX_ERROR,
                assertThrows(QueryException.class, () -> expand("a ${ds")).code());
    }

    @Test
    void placesInTheSource() {
        Expanded expanded = variables.expand("a ${ds}\nb ${ds} wrong $${x} wrong");
        assertEquals("a 2026-01-15\nb 2026-01-15 wrong ${x} wrong", expanded.text());
        assertEquals(place(2, 9, 13), expanded.inSource(place(2, 14, 18)));
        assertEquals(place(2, 21, 25), expanded.inSource(place(2, 25, 29)));
        assertEquals(place(2, 3, 7), expanded.inSource(place(2, 5, 8)));
        assertEquals(place(1, 1, 1), expanded.inSource(place(1, 1, 1)));
        assertEquals(new Position(1, 1, 2, 25), expanded.inSource(new Position(1, 1, 2, 29)));
    }

    private static Position place(int line, int from, int to) {
        return new Position(line, from, line, to);
    }
}
