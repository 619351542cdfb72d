package org.skep.tests.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.jdbc.Documents;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ExplainFormatsTest {
    private static final String WORDS =
            """
            SELECT line AS w, COUNT(*) FROM text.`%s/*.txt`
            WHERE line <> '</pre><script>alert("x")</script>' AND line <> '\u0001 \\ \uD83D\uDC1D' GROUP BY line""";

    @TempDir private Path temp;
    private Explained session;

    @BeforeEach
    void open() throws SQLException, IOException {
        session = new Explained(temp);
        session.file("texts/a.txt", "hello\nhello\nhello\n");
        session.file("texts/b.txt", "world\nworld\n");
    }

    @AfterEach
    void close() throws SQLException {
        session.close();
    }

    private String explain(String how) throws SQLException {
        return session.text("EXPLAIN " + how + " " + WORDS.formatted(temp.resolve("texts")));
    }

    private static JsonNode parsed(String json) throws IOException {
        return new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(json);
    }

    @Test
    void phasesInEachFormat() throws SQLException, IOException {
        String heading =
                session.text("EXPLAIN VERBOSE SELECT 1 + 1").lines().findFirst().orElseThrow();
        assertTrue(heading.startsWith("-- "), heading);
        JsonNode json = parsed(session.text("EXPLAIN VERBOSE FORMAT JSON SELECT 1 + 1"));
        assertTrue(json.get("phases").asText().startsWith(heading));
        assertTrue(
                session.text("EXPLAIN VERBOSE FORMAT HTML SELECT 1 + 1")
                        .contains("<h2>Phases of planning</h2>"));
    }

    @Test
    void generatedCode() throws SQLException, IOException {
        String file = session.file("numbers.csv", "k,n\n1,2\n1,3\n2,4\n");
        String sql = "SELECT k, sum(n * 2), max(abs(n)) FROM '" + file + "' GROUP BY k";
        String text = session.text("EXPLAIN CODEGEN " + sql);
        String code = text.substring(text.indexOf("-- generated code"));
        assertTrue(code.contains("stage 0, Aggregate single by k: sum("), text);
        assertTrue(code.contains("    public long add(Object[] in, long[] literals"), text);
        assertTrue(code.contains("            for (int i = 0; i < rows; i++) {"), text);
        JsonNode json = parsed(session.text("EXPLAIN CODEGEN FORMAT JSON " + sql));
        assertTrue(
                json.findValues("code").stream()
                        .anyMatch(of -> of.toString().contains("for (int i = 0; i < rows; i++)")),
                json.toString());
        assertTrue(
                session.text("EXPLAIN CODEGEN FORMAT HTML " + sql)
                        .contains("<h2>Generated code</h2>"));
        assertTrue(
                session.text("EXPLAIN CODEGEN SELECT 1")
                        .contains("-- generated code\nno loops were generated"));
        assertFalse(session.text("EXPLAIN ANALYZE " + sql).contains("generated code"));
    }

    @Test
    void jsonOfAPlan() throws SQLException, IOException {
        JsonNode all = parsed(explain("FORMAT JSON"));
        assertEquals(1, all.get("version").asInt());
        assertEquals(2, all.get("stages").size());
        JsonNode first = all.get("stages").get(0);
        assertEquals("single", first.get("output").get("kind").asText());
        assertEquals(1, first.get("readers").get(0).asInt());
        assertEquals("AGGREGATE", first.get("operator").get("kind").asText());
        JsonNode scan = first.get("operator").get("inputs").get(0);
        assertTrue(scan.get("text").asText().contains("<script>alert(\"x\")</script>"));
        assertTrue(scan.get("text").asText().contains("\uD83D\uDC1D"));
        assertTrue(scan.get("estimatedRows").isNumber());
        assertFalse(first.has("run"), "nothing was run");
        assertFalse(all.has("choices"), "nobody asked why");
    }

    @Test
    void jsonOfARun() throws SQLException, IOException {
        JsonNode all = parsed(explain("ANALYZE WHY MAPREDUCE FORMAT JSON"));
        assertEquals(2, all.get("rows").asInt());
        assertTrue(all.get("milliseconds").asDouble() > 0);
        JsonNode first = all.get("stages").get(0);
        assertEquals(2, first.get("run").get("tasks").asInt());
        assertEquals(3, first.get("run").get("maxRowsIn").asInt());
        assertEquals(2.5, first.get("run").get("medianRowsIn").asDouble());
        assertEquals(0, first.get("run").get("hottestTask").asInt());
        assertEquals(5, first.get("run").get("combiner").get("rowsIn").asInt());
        assertEquals(2, first.get("run").get("combiner").get("rowsOut").asInt());
        assertEquals(2, first.get("run").get("rowsOut").asInt());
        assertTrue(first.get("run").get("bytesOut").asInt() > 0);
        assertEquals(2, first.get("operator").get("rows").asInt());
        assertEquals(5, first.get("operator").get("inputs").get(0).get("rows").asInt());
        assertEquals("map", first.get("functions").get(0).get("name").asText());
        JsonNode last = all.get("stages").get(1);
        assertEquals(2, last.get("run").get("rowsOut").asInt());
        for (JsonNode choice : all.get("choices")) {
            assertTrue(choice.get("options").get(0).get("taken").asBoolean());
        }
        assertFalse(all.get("choices").isEmpty());
    }

    /** The page is well-formed but for its one void element, so a parser of XML can read it. */
    @Test
    void htmlIsOnePageThatNeedsNothing() throws Exception {
        for (String how : new String[] {"FORMAT HTML", "ANALYZE WHY MAPREDUCE FORMAT HTML"}) {
            String page = explain(how);
            assertTrue(page.startsWith("<!DOCTYPE html>"), page);
            for (String foreign :
                    new String[] {"<script", "src=", "href=", "@import", "url(http"}) {
                assertFalse(page.contains(foreign), foreign);
            }
            String xml = page.replaceAll("<(meta[^>]*)>", "<$1/>").replace("<!DOCTYPE html>", "");
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            var document =
                    factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
            NodeList texts = document.getElementsByTagName("text");
            assertTrue(texts.getLength() > 4, "the picture has text");
            assertEquals(2, document.getElementsByTagName("rect").getLength(), "a box per stage");
            assertTrue(
                    document.getDocumentElement().getTextContent().contains("<script>alert(\"x\")"),
                    "what was typed is shown");
        }
    }

    @Test
    void documentsAreTold() throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            for (String how : new String[] {"FORMAT JSON", "FORMAT HTML", "FORMAT TEXT", ""}) {
                boolean document = how.endsWith("L") || how.endsWith("N");
                try (ResultSet result = statement.executeQuery("EXPLAIN " + how + " SELECT 1")) {
                    assertTrue(result.next());
                    assertEquals("plan", result.getMetaData().getColumnLabel(1));
                    assertEquals(document, statement.unwrap(Documents.class).givesDocument(), how);
                }
            }
        }
    }
}
