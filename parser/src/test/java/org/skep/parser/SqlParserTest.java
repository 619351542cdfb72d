package org.skep.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.model.error.Position;
import org.skep.model.type.Type;

class SqlParserTest {
    @Test
    void scriptIsSplitAtSemicolonsOutsideOfStringsNamesAndComments() {
        List<ParsedStatement> statements =
                SqlParser.script(
                        """
                        SELECT ';', `a;b`, "c;d" -- no; end
                        ; ;
                          /* not; */ SELECT 'it''s;
                        here' /* end; */;
                        SELECT 3""");
        assertEquals(
                List.of(
                        new ParsedStatement("SELECT ';', `a;b`, \"c;d\"", Position.at(1, 1), true),
                        new ParsedStatement("SELECT 'it''s;\nhere'", Position.at(3, 14), true),
                        new ParsedStatement("SELECT 3", Position.at(5, 1), false)),
                statements);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 'a;", "SELECT \"a;", "SELECT `a;", "SELECT 1 /* ;", "SELECT 1"})
    void whatIsOpenIsNotTerminated(String text) {
        List<ParsedStatement> statements = SqlParser.script(text);
        assertEquals(1, statements.size());
        assertEquals(text, statements.get(0).sql());
        assertFalse(statements.get(0).terminated());
    }

    @Test
    void nothingIsNoStatement() {
        assertEquals(List.of(), SqlParser.script(" ; -- nothing\n /* here */ ;"));
    }

    @Test
    void nodesKnowTheirPlaces() {
        String sql = "SELECT a,\n  t.b + 'x\ny' AS c\nFROM s.t";
        Statement.Query query = assertInstanceOf(Statement.Query.class, SqlParser.parse(sql));
        SqlSelect select = (SqlSelect) query.query().node();
        assertEquals("line 1, column 8", place(select.getSelectList().get(0)));
        assertEquals("2:3-3:7", span(select.getSelectList().get(1)));
        assertEquals("4:6-4:8", span(select.getFrom()));
        SqlIdentifier table = (SqlIdentifier) select.getFrom();
        assertEquals(8, table.getComponentParserPosition(1).getColumnNum());
        assertEquals("1:1-4:8", span(select));
    }

    private static String place(SqlNode node) {
        return node.getParserPosition().toString();
    }

    private static String span(SqlNode node) {
        Position place = Places.position(node.getParserPosition());
        return "%d:%d-%d:%d"
                .formatted(place.line(), place.column(), place.endLine(), place.endColumn());
    }

    @Test
    void expressionStandsAlone() {
        assertEquals("a + 1 > f(b)", Sql.text(SqlParser.expression("a + 1 > f(b)")));
    }

    @Test
    void keywordsAreSorted() {
        List<String> keywords = SqlParser.keywords();
        assertTrue(keywords.containsAll(List.of("SELECT", "QUALIFY", "TBLPROPERTIES")));
        assertEquals(keywords.stream().sorted().toList(), keywords);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BOOLEAN",
                "TINYINT",
                "SMALLINT",
                "INTEGER",
                "BIGINT",
                "FLOAT",
                "DOUBLE",
                "DECIMAL(12,2)",
                "DATE",
                "TIMESTAMP",
                "STRING",
                "BINARY",
                "INTERVAL YEAR TO MONTH",
                "INTERVAL DAY TO SECOND",
                "ARRAY<STRING>",
                "MAP<STRING,ARRAY<BIGINT>>",
                "STRUCT<a:INTEGER,`b c`:DOUBLE>",
            })
    void typesSurviveCalcite(String text) {
        Type type = Type.parse(text);
        SqlTypeFactoryImpl factory = new SqlTypeFactoryImpl(RelDataTypeSystem.DEFAULT);
        assertEquals(type, CalciteTypes.fromCalcite(CalciteTypes.toCalcite(type, true, factory)));
    }
}
