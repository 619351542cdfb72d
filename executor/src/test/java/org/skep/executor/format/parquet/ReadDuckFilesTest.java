package org.skep.executor.format.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.model.type.Type;

/** Files written by DuckDB are read as DuckDB reads them. */
class ReadDuckFilesTest {
    private static final String ALL_TYPES =
            """
            CREATE TABLE t AS SELECT
              i AS id,
              CASE WHEN i % 7 = 0 THEN NULL ELSE i % 2 = 0 END AS flag,
              CASE WHEN i % 5 = 1 THEN NULL ELSE (i % 100)::TINYINT END AS tiny,
              (i % 1000 - 500)::SMALLINT AS small,
              CASE WHEN i % 3 = 0 THEN NULL ELSE (i * 7919)::INTEGER END AS whole,
              (i * 7919 * 104729)::BIGINT AS big,
              (i % 200)::UTINYINT AS ut, (i % 60000)::USMALLINT AS us, (i * 140000)::UINTEGER AS ui,
              CASE WHEN i % 11 = 0 THEN NULL ELSE (i::HUGEINT * 614891469123650)::UBIGINT END AS ub,
              (i / 7.0)::FLOAT AS real_,
              CASE WHEN i % 13 = 5 THEN NULL ELSE i / 3.0 END::DOUBLE AS double_,
              (i / 100.0)::DECIMAL(7,2) AS d7, (i * 12345.678)::DECIMAL(15,3) AS d15,
              CASE WHEN i % 4 = 0 THEN NULL ELSE (i * -98765432109.87654)::DECIMAL(30,5) END AS d30,
              DATE '1969-12-01' + (i % 1000)::INTEGER AS day,
              CASE WHEN i % 17 = 0 THEN NULL ELSE TIMESTAMP '1965-01-01 00:00:00.123456'
                + INTERVAL (i * 37) MINUTE END AS at,
              TIME '00:00:00.000001' + INTERVAL (i % 86000) SECOND AS clock,
              CASE WHEN i % 9 = 2 THEN NULL ELSE 'text ' || (i * 31 % 5000) END AS text_,
              'v' || (i % 10) AS few, repeat('é', (i % 20)::INTEGER) AS long_,
              encode('b' || i) AS bytes
            FROM range(30000) r(i)
            """;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMPRESSION snappy",
                "COMPRESSION zstd",
                "COMPRESSION gzip",
                "COMPRESSION uncompressed",
                "COMPRESSION lz4_raw",
                "COMPRESSION snappy, PARQUET_VERSION v2",
                "COMPRESSION snappy, ROW_GROUP_SIZE 2048",
                "COMPRESSION zstd, ROW_GROUP_SIZE 10000, DICTIONARY_SIZE_LIMIT 100",
                "COMPRESSION snappy, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1"
            })
    void allTypes(String options) throws Exception {
        Path file = folder.resolve("all.parquet");
        try (Duck duck = new Duck()) {
            duck.run(ALL_TYPES);
            duck.run("COPY t TO '%s' (FORMAT parquet, %s)".formatted(file, options));
            same(duck.rows("SELECT * FROM t ORDER BY id"), Reading.rows(file));
        }
    }

    @Test
    void nested() throws Exception {
        Path file = folder.resolve("nested.parquet");
        try (Duck duck = new Duck()) {
            duck.run(
                    """
                    CREATE TABLE t AS SELECT i AS id,
                      CASE WHEN i % 5 = 0 THEN NULL WHEN i % 5 = 1 THEN [] ELSE
                        list_transform(range(i % 4), lambda x: CASE WHEN x = 1 THEN NULL ELSE x + i END)
                        END AS list,
                      CASE WHEN i % 6 = 0 THEN NULL ELSE {'a': i, 'b': CASE WHEN i % 4 = 0 THEN NULL
                        ELSE 's' || i END, 'c': CASE WHEN i % 3 = 0 THEN NULL ELSE {'d': i * 2} END}
                        END AS struct_,
                      CASE WHEN i % 7 = 0 THEN NULL ELSE
                        MAP(['k' || i, 'l' || i], [i, NULL]) END AS map_,
                      CASE WHEN i % 8 = 0 THEN NULL ELSE
                        [[i, NULL], NULL, [], [i + 1, i + 2]] END AS lists,
                      CASE WHEN i % 3 = 0 THEN NULL ELSE
                        [{'x': i, 'y': ['p', NULL, 'q' || i]}, NULL, {'x': NULL, 'y': NULL}]
                        END AS structs
                    FROM range(5000) r(i)
                    """);
            for (String version : List.of("v1", "v2")) {
                duck.run(
                        "COPY t TO '%s' (FORMAT parquet, PARQUET_VERSION %s, ROW_GROUP_SIZE 2048)"
                                .formatted(file, version));
                same(duck.rows("SELECT * FROM t ORDER BY id"), Reading.rows(file));
            }
        }
    }

    @Test
    void emptyTable() throws Exception {
        Path file = folder.resolve("empty.parquet");
        try (Duck duck = new Duck()) {
            duck.run("CREATE TABLE t (a INTEGER, b VARCHAR)");
            duck.run("COPY t TO '%s' (FORMAT parquet)".formatted(file));
            assertEquals(List.of(), Reading.rows(file));
            assertEquals(
                    List.of(Type.INTEGER, Type.STRING),
                    Reading.table(Reading.format(), null, file).schema().types());
        }
    }

    @Test
    void uuidsAndIntervals() throws Exception {
        Path file = folder.resolve("odd.parquet");
        try (Duck duck = new Duck()) {
            duck.run(
                    """
                    COPY (SELECT '123e4567-e89b-12d3-a456-426614174000'::UUID AS u,
                      INTERVAL '1 month 2 days 3.004 seconds' AS i
                      UNION ALL SELECT NULL, NULL) TO '%s' (FORMAT parquet)
                    """
                            .formatted(file));
            assertEquals(
                    "[[123e4567-e89b-12d3-a456-426614174000, P1M2DT3.004S], [null, null]]",
                    Reading.rows(file).toString());
        }
    }

    static void same(List<List<Object>> expected, List<List<Object>> actual) {
        assertEquals(expected.size(), actual.size(), "rows");
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(Duck.text(expected.get(i)), Duck.text(actual.get(i)), "row " + i);
        }
    }
}
