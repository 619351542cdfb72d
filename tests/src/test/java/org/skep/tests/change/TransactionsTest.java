package org.skep.tests.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several statements write together is there at once, or never. */
class TransactionsTest {
    @TempDir private Path folder;
    private Connection one;
    private Connection two;
    private Statement writer;
    private Statement reader;

    @BeforeEach
    void open() throws SQLException {
        one = DriverManager.getConnection("jdbc:skep:" + folder);
        two = DriverManager.getConnection("jdbc:skep:" + folder);
        writer = one.createStatement();
        reader = two.createStatement();
        writer.execute("CREATE TABLE a (id INT, v STRING)");
        writer.execute("CREATE TABLE b (id INT, v STRING)");
        writer.execute("INSERT INTO a VALUES (1, 'x'), (2, 'y')");
    }

    @AfterEach
    void close() throws SQLException {
        one.close();
        two.close();
    }

    private static List<String> rows(Statement statement, String table) throws SQLException {
        try (ResultSet result =
                statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1, 2")) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1) + result.getString(2));
            }
            return rows;
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void change() throws SQLException {
        writer.execute("INSERT INTO b SELECT * FROM a");
        writer.execute("UPDATE b SET v = 'z' WHERE id = 1");
        writer.execute("DELETE FROM a WHERE id = 1");
        writer.execute("INSERT INTO a VALUES (3, 'w')");
        writer.execute(
                "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN UPDATE SET v = 'm'"
                        + " WHEN NOT MATCHED THEN INSERT *");
    }

    @Test
    void severalTablesAreChangedTogether() throws SQLException {
        writer.execute("BEGIN");
        change();
        assertEquals(List.of("1z", "2m", "3w"), rows(writer, "a"));
        assertEquals(List.of("1z", "2y"), rows(writer, "b"));
        assertEquals(List.of("1x", "2y"), rows(reader, "a"));
        assertEquals(List.of(), rows(reader, "b"));
        writer.execute("COMMIT");
        assertEquals(List.of("1z", "2m", "3w"), rows(reader, "a"));
        assertEquals(List.of("1z", "2y"), rows(reader, "b"));
    }

    @Test
    void whatIsTakenBackLeavesNothing() throws SQLException, IOException {
        List<Path> before = files();
        writer.execute("BEGIN");
        change();
        writer.execute("ROLLBACK");
        assertEquals(List.of("1x", "2y"), rows(writer, "a"));
        assertEquals(before, files());
        writer.execute("START TRANSACTION");
        change();
        one.close();
        assertEquals(List.of("1x", "2y"), rows(reader, "a"));
        assertEquals(before, files());
    }

    @Test
    void tablesStayAsTheyWereFirstSeen() throws SQLException {
        reader.execute("BEGIN");
        assertEquals(List.of("1x", "2y"), rows(reader, "a"));
        writer.execute("DELETE FROM a");
        assertEquals(List.of("1x", "2y"), rows(reader, "a"));
        reader.execute("COMMIT");
        assertEquals(List.of(), rows(reader, "a"));
    }

    @Test
    void addedRowsStandBesideThoseOfOthers() throws SQLException {
        writer.execute("BEGIN");
        writer.execute("INSERT INTO a VALUES (3, 'w')");
        writer.execute("INSERT INTO b VALUES (4, 'v')");
        reader.execute("DELETE FROM a WHERE id = 1");
        reader.execute("INSERT INTO b VALUES (5, 'u')");
        writer.execute("COMMIT");
        assertEquals(List.of("2y", "3w"), rows(reader, "a"));
        assertEquals(List.of("4v", "5u"), rows(reader, "b"));
    }

    @Test
    void replacedRowsDoNot() throws SQLException, IOException {
        writer.execute("BEGIN");
        writer.execute("INSERT INTO b VALUES (4, 'v')");
        writer.execute("UPDATE a SET v = 'w'");
        reader.execute("INSERT INTO a VALUES (5, 'u')");
        List<Path> before = files();
        SQLException conflict = assertThrows(SQLException.class, () -> writer.execute("COMMIT"));
        assertTrue(conflict.getMessage().contains("COMMIT_CONFLICT"), conflict.getMessage());
        assertEquals(List.of("1x", "2y", "5u"), rows(writer, "a"));
        assertEquals(List.of(), rows(writer, "b"));
        assertTrue(before.containsAll(files()), "files of the transaction stayed");
        writer.execute("UPDATE a SET v = 'w'");
        assertEquals(List.of("1w", "2w", "5w"), rows(reader, "a"));
    }

    @Test
    void aStatementThatFailsHasNoPartInIt() throws SQLException {
        writer.execute("BEGIN");
        writer.execute("INSERT INTO b VALUES (4, 'v')");
        assertThrows(
                SQLException.class,
                () ->
                        writer.execute(
                                "INSERT INTO b SELECT id, CAST(1 / (id - 2) AS INT) / 0 FROM nope"));
        assertThrows(
                SQLException.class,
                () -> writer.execute("INSERT INTO b SELECT CAST(v AS INT), v FROM a"));
        writer.execute("COMMIT");
        assertEquals(List.of("4v"), rows(reader, "b"));
    }

    @Test
    void oneFromManyInserts() throws SQLException, IOException {
        writer.execute(
                "FROM a INSERT INTO b SELECT id + 10, v WHERE id = 1"
                        + " INSERT INTO b SELECT id, upper(v) INSERT OVERWRITE TABLE a SELECT id, 'new'");
        assertEquals(List.of("1X", "2Y", "11x"), rows(reader, "b"));
        assertEquals(List.of("1new", "2new"), rows(reader, "a"));
        List<Path> before = files();
        assertThrows(
                SQLException.class,
                () ->
                        writer.execute(
                                "FROM a INSERT INTO b SELECT id, v INSERT INTO a SELECT CAST(v AS INT), v"));
        assertEquals(3, rows(reader, "b").size());
        assertEquals(before, files());
    }

    @Test
    void tablesCannotBeMadeInOne() throws SQLException {
        writer.execute("BEGIN");
        SQLException refused =
                assertThrows(SQLException.class, () -> writer.execute("DROP TABLE a"));
        assertTrue(refused.getMessage().contains("NOT_SUPPORTED"), refused.getMessage());
        assertThrows(SQLException.class, () -> writer.execute("BEGIN"));
        writer.execute("COMMIT");
        assertThrows(SQLException.class, () -> writer.execute("COMMIT"));
    }

    @Test
    void throughJdbc() throws SQLException {
        one.setAutoCommit(false);
        writer.execute("CREATE TABLE c (id INT, v STRING)");
        writer.execute("INSERT INTO c VALUES (1, 'x')");
        assertEquals(List.of(), rows(reader, "c"));
        assertThrows(SQLException.class, () -> writer.execute("DROP TABLE c"));
        one.commit();
        assertEquals(List.of("1x"), rows(reader, "c"));
        writer.execute("DELETE FROM c");
        one.rollback();
        writer.execute("INSERT INTO c VALUES (2, 'y')");
        one.setAutoCommit(true);
        assertEquals(List.of("1x", "2y"), rows(reader, "c"));
    }
}
