package org.skep.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The 22 queries of TPC-H parse, and what they become parses to the same again. */
class TpchTest {
    private static final Path QUERIES = Path.of("../tests/src/test/resources/tpch");

    @ParameterizedTest
    @ValueSource(
            ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void roundTrip(int number) throws IOException {
        String sql = Files.readString(QUERIES.resolve("q%02d.sql".formatted(number)));
        Statement.Query query = assertInstanceOf(Statement.Query.class, SqlParser.parse(sql));
        assertEquals(sql.strip(), query.sql());
        String once = Sql.text(query.query().node());
        assertEquals(once, Sql.query(once));
    }
}
