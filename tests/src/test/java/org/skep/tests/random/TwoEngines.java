package org.skep.tests.random;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.tests.oracle.Rows;

/** Skep and DuckDB over the same files, and what each says to a query. */
final class TwoEngines implements AutoCloseable {
    private static final int SECONDS = 30;

    /** Joins of derived tables can have more than is worth comparing. */
    private static final int MOST_ROWS = 300_000;

    /**
     * Errors that rows cause, or their number; which rows an expression sees is each engine's
     * choice.
     */
    private static final Set<ErrorCode> OF_DATA =
            Set.of(
                    ErrorCode.NUMERIC_OVERFLOW,
                    ErrorCode.DIVISION_BY_ZERO,
                    ErrorCode.INVALID_VALUE,
                    ErrorCode.INVALID_ARGUMENT,
                    ErrorCode.CARDINALITY_VIOLATION,
                    // joins of derived tables can have millions of rows, and the machine be busy
                    ErrorCode.CANCELLED);

    private final Connection skep;
    private final Connection duckdb;

    private TwoEngines(Connection skep, Connection duckdb) {
        this.skep = skep;
        this.duckdb = duckdb;
    }

    static TwoEngines open(Path folder) throws IOException, SQLException {
        Connection skep =
                DriverManager.getConnection(
                        "jdbc:skep:" + folder.resolve("warehouse").toAbsolutePath());
        TwoEngines engines = new TwoEngines(skep, RandomTables.duckdb());
        RandomTables.open(folder, skep, engines.duckdb);
        return engines;
    }

    @Override
    public void close() throws SQLException {
        skep.close();
        duckdb.close();
    }

    /** Runs a query in both. */
    Verdict run(RandomQuery query) throws SQLException {
        try (Statement statement = skep.createStatement()) {
            for (String setting : query.settings()) {
                statement.execute("SET " + setting);
            }
        }
        Rows expected = null;
        String theirs = null;
        try {
            expected = rows(duckdb, query.text(Piece.Dialect.DUCKDB));
        } catch (SQLException e) {
            theirs = firstLine(e.getMessage());
        }
        if (expected == null && theirs == null) {
            return new Verdict(Verdict.Kind.ERROR, "more than %d rows".formatted(MOST_ROWS));
        }
        Rows actual;
        try {
            actual = rows(skep, query.text(Piece.Dialect.SKEP));
        } catch (SQLException e) {
            return error(e, theirs);
        } catch (RuntimeException | Error e) {
            return new Verdict(Verdict.Kind.BROKEN, "threw " + e);
        }
        if (theirs != null) {
            return new Verdict(
                    theirs.matches(".*(Out of Range|Conversion|Invalid Input|INTERRUPT) Error.*")
                            ? Verdict.Kind.ERROR
                            : Verdict.Kind.REFUSED,
                    "duckdb: " + theirs);
        }
        if (actual == null) {
            return new Verdict(Verdict.Kind.DIFFERENT, "more than %d rows".formatted(MOST_ROWS));
        }
        String difference =
                query.ordered() ? actual.difference(expected) : actual.unordered(expected);
        return difference == null
                ? new Verdict(Verdict.Kind.SAME, "")
                : new Verdict(Verdict.Kind.DIFFERENT, difference);
    }

    private static Verdict error(SQLException e, String theirs) {
        String message = firstLine(e.getMessage());
        if (theirs != null && theirs.contains("INTERRUPT Error")) {
            return new Verdict(Verdict.Kind.ERROR, "skep: " + message); // too large for both
        }
        if (!(e.getCause() instanceof QueryException ours) || ours.code() == ErrorCode.BUG) {
            return new Verdict(Verdict.Kind.BROKEN, e.getMessage());
        }
        if (OF_DATA.contains(ours.code())) {
            return new Verdict(Verdict.Kind.ERROR, "skep: " + message);
        }
        if (ours.code() == ErrorCode.NOT_SUPPORTED) {
            return new Verdict(Verdict.Kind.REFUSED, "skep: " + message);
        }
        // what neither understands is the generator's mistake, which must be seen too
        String also = theirs == null ? "" : "\nand duckdb: " + theirs;
        return new Verdict(Verdict.Kind.BROKEN, e.getMessage() + also);
    }

    private static String firstLine(String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    private static Rows rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(SECONDS);
            return Rows.of(statement.executeQuery(sql), MOST_ROWS);
        }
    }
}
