package org.skep.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.BatchUpdateException;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.skep.engine.Session;
import org.skep.model.error.QueryException;

class SkepStatementTest {
    private final PlayedSession session = new PlayedSession();
    private final AtomicInteger released = new AtomicInteger();
    private final EmbeddedConnection connection =
            new EmbeddedConnection("jdbc:skep:", session, released::incrementAndGet);

    @Test
    void streamsBatchByBatch() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("numbers")) {
            for (int i = 1; i <= 7; i++) {
                assertTrue(rows.next());
                assertEquals(i, rows.getLong(1));
                assertEquals(i, rows.getRow());
            }
            assertEquals(3, session.batches);
        }
        assertEquals(0, session.open);
    }

    @Test
    void maxRowsEndTheQuery() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(4);
            ResultSet rows = statement.executeQuery("numbers");
            int count = 0;
            while (rows.next()) {
                count++;
            }
            assertEquals(4, count);
            assertEquals(0, session.open);
            assertFalse(rows.next());
        }
    }

    @Test
    void errorsHavePlaceStateAndCause() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            SQLException e = assertThrows(SQLException.class, () -> statement.execute("wrong foo"));
            assertEquals("42703", e.getSQLState());
            assertEquals(
                    """
                    error[COLUMN_NOT_FOUND]: no column 'foo'
                      |
                    1 | wrong foo
                      |       ^^^
                    hint: did you mean 'fool'?""",
                    e.getMessage());
            assertInstanceOf(QueryException.class, e.getCause());
        }
    }

    @Test
    void countsAndWarnings() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertEquals(5, statement.executeUpdate("insert"));
            SQLWarning warning = statement.getWarnings();
            assertEquals("one", warning.getMessage());
            assertEquals("two", warning.getNextWarning().getMessage());
            assertThrows(SQLException.class, () -> statement.executeQuery("insert"));
            assertThrows(SQLException.class, () -> statement.executeUpdate("numbers"));
            assertEquals(0, session.open);
            assertTrue(statement.execute("numbers"));
            assertEquals(-1, statement.getUpdateCount());
            assertNull(statement.getWarnings());
            assertFalse(statement.getMoreResults());
            assertEquals(-1, statement.getUpdateCount());
            assertEquals(0, session.open);
        }
    }

    @Test
    void cancelFromAnotherThreadWhileExecuting() throws Exception {
        try (Statement statement = connection.createStatement()) {
            Thread other =
                    new Thread(
                            () -> {
                                try {
                                    session.executing.await();
                                    statement.cancel();
                                } catch (InterruptedException | SQLException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            other.start();
            SQLException e = assertThrows(SQLException.class, () -> statement.execute("stuck"));
            assertEquals("57014", e.getSQLState());
            other.join();
        }
    }

    @Test
    void cancelWhileReading() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("numbers")) {
            assertTrue(rows.next());
            statement.cancel();
            SQLException e =
                    assertThrows(
                            SQLException.class,
                            () -> {
                                while (rows.next()) {
                                    rows.getLong(1);
                                }
                            });
            assertEquals("57014", e.getSQLState());
        }
    }

    @Test
    void timeouts() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThrows(SQLTimeoutException.class, () -> statement.execute("stuck"));
            ResultSet rows = statement.executeQuery("numbers");
            assertThrows(
                    SQLTimeoutException.class,
                    () -> {
                        while (rows.next()) {
                            rows.getLong(1);
                        }
                    });
        }
    }

    @Test
    void parametersArriveTyped() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("numbers ? ? ? ? ? ? ? ? ?")) {
            assertEquals(9, statement.getParameterMetaData().getParameterCount());
            assertEquals("n", statement.getMetaData().getColumnLabel(1));
            assertThrows(SQLException.class, statement::executeQuery);
            assertThrows(SQLException.class, () -> statement.setInt(10, 1));
            statement.setNull(1, Types.INTEGER);
            statement.setShort(2, (short) 7);
            statement.setObject(3, new BigInteger("12345678901234567890"));
            statement.setDate(4, Date.valueOf("2026-01-15"));
            statement.setTimestamp(5, Timestamp.valueOf("2026-01-15 10:00:00.25"));
            statement.setObject(6, "42", Types.BIGINT);
            statement.setFloat(7, 0.5f);
            statement.setString(8, "x");
            statement.setObject(9, 'c');
            statement.executeQuery().close();
            List<Object> expected =
                    new ArrayList<>(
                            Arrays.asList(
                                    null,
                                    7,
                                    new BigDecimal("12345678901234567890"),
                                    LocalDate.of(2026, 1, 15),
                                    LocalDateTime.of(2026, 1, 15, 10, 0, 0, 250_000_000),
                                    42L,
                                    0.5,
                                    "x",
                                    "c"));
            assertEquals(expected, session.parameters.get(0));
            assertThrows(
                    SQLFeatureNotSupportedException.class,
                    () -> statement.setObject(1, new StringBuilder()));
            assertThrows(SQLException.class, () -> statement.setObject(1, "x", Types.INTEGER));
            assertThrows(SQLException.class, () -> statement.execute("numbers"));
        }
    }

    @Test
    void batches() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.addBatch("insert");
            statement.addBatch("insert");
            assertEquals(List.of(5, 5), Arrays.stream(statement.executeBatch()).boxed().toList());
            statement.addBatch("insert");
            statement.addBatch("wrong foo");
            statement.addBatch("insert");
            BatchUpdateException e =
                    assertThrows(BatchUpdateException.class, statement::executeBatch);
            assertEquals(1, e.getUpdateCounts().length);
            assertTrue(e.getMessage().startsWith("statement 2 of the batch"));
        }
    }

    @Test
    void closing() throws SQLException {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("numbers");
        statement.closeOnCompletion();
        rows.close();
        assertTrue(statement.isClosed());
        Statement other = connection.createStatement();
        ResultSet open = other.executeQuery("numbers");
        connection.close();
        connection.close();
        assertTrue(open.isClosed());
        assertTrue(other.isClosed());
        assertTrue(session.closed);
        assertEquals(0, session.open);
        assertEquals(1, released.get());
        assertThrows(SQLException.class, connection::createStatement);
        assertThrows(SQLException.class, () -> other.execute("numbers"));
    }

    @Test
    void transactionsEndWhenTold() throws SQLException {
        assertTrue(connection.getAutoCommit());
        connection.setAutoCommit(false);
        assertFalse(connection.getAutoCommit());
        assertEquals(Session.Commit.WHEN_TOLD, session.commit);
        connection.commit(); // there is none to end
        assertEquals(List.of(), session.ended);
        session.transaction = true;
        connection.rollback();
        session.transaction = true;
        connection.setAutoCommit(true);
        assertEquals(List.of("ROLLBACK", "COMMIT"), session.ended);
        assertEquals(Session.Commit.EACH_STATEMENT, session.commit);
        assertThrows(SQLFeatureNotSupportedException.class, connection::setSavepoint);
    }

    @Test
    void metadataLists() throws SQLException {
        ResultSet tables =
                connection
                        .getMetaData()
                        .getTables(null, "DEF%", "%", new String[] {"TABLE", "VIEW"});
        assertEquals(
                List.of("t_1 TABLE external", "recent VIEW temporary"), texts(tables, 3, 4, 5));
        assertEquals(
                List.of("t_1"),
                texts(connection.getMetaData().getTables(null, "sales", "t\\_1", null), 3));
        ResultSet columns = connection.getMetaData().getColumns(null, "default", "t_1", "%");
        assertEquals(
                List.of("id -5 BIGINT 1 NO", "price 3 DECIMAL(10,2) 2 YES"),
                texts(columns, 4, 5, 6, 17, 18));
        assertEquals(
                List.of("abs"), texts(connection.getMetaData().getFunctions(null, null, "A%"), 3));
        assertEquals(List.of("default", "sales"), texts(connection.getMetaData().getSchemas(), 1));
        assertEquals(12, texts(connection.getMetaData().getTypeInfo(), 1).size());
        assertFalse(connection.getMetaData().getPrimaryKeys(null, null, "t_1").next());
    }

    private static List<String> texts(ResultSet rows, int... columns) throws SQLException {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int column : columns) {
                row.add(rows.getString(column));
            }
            texts.add(String.join(" ", row));
        }
        return texts;
    }
}
