package org.skep.shell.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;

class SqlScannerTest {
    @Test
    void completeStatements() {
        assertTrue(SqlScanner.isComplete("SELECT 1;"));
        assertTrue(SqlScanner.isComplete("SELECT 1; -- done"));
        assertTrue(SqlScanner.isComplete("SELECT ';' ; /* x */ "));
        assertTrue(SqlScanner.isComplete("SELECT 'it''s';"));
        assertFalse(SqlScanner.isComplete("SELECT 1"));
        assertFalse(SqlScanner.isComplete("SELECT ';"));
        assertFalse(SqlScanner.isComplete("SELECT 'it''s;"));
        assertFalse(SqlScanner.isComplete("SELECT 1 -- ;"));
        assertFalse(SqlScanner.isComplete("SELECT 1; /* open"));
        assertFalse(SqlScanner.isComplete("SELECT `a;b`"));
        assertFalse(SqlScanner.isComplete("SELECT 1; SELECT 2"));
    }

    @Test
    void editorWaitsForTheSemicolon() {
        StatementParser parser = new StatementParser();
        assertThrows(EOFError.class, () -> parser.parse("SELECT 1", 8, ParseContext.ACCEPT_LINE));
        assertEquals(
                "1;", parser.parse("SELECT 1;", 9, ParseContext.ACCEPT_LINE).line().substring(7));
        for (String command : new String[] {"\\d t", "quit", "", "EXIT;"}) {
            assertEquals(
                    command,
                    parser.parse(command, command.length(), ParseContext.ACCEPT_LINE).line());
        }
    }

    @Test
    void wordToComplete() {
        StatementParser parser = new StatementParser();
        assertEquals("t.co", word(parser, "SELECT t.co"));
        assertEquals("", word(parser, "SELECT "));
        assertEquals("data/x y", word(parser, "SELECT * FROM 'data/x y"));
        assertEquals("\\d", word(parser, "\\d"));
    }

    private static String word(StatementParser parser, String line) {
        return parser.parse(line, line.length(), ParseContext.COMPLETE).word();
    }

    @Test
    void highlighting() {
        SqlHighlighter highlighter = new SqlHighlighter(Set.of("SELECT"));
        String text = "select 'x', 12 -- c";
        assertEquals(text, highlighter.highlight(null, text).toString());
        String colours = highlighter.highlight(null, text).toAnsi();
        assertTrue(colours.startsWith("\033[1mselect\033[0m"), colours.replace('\033', '^'));
        assertTrue(colours.contains("\033[32m'x'"), colours.replace('\033', '^'));
    }
}
