package org.skep.catalog;

import static org.skep.catalog.CatalogTables.FORMAT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.skep.catalog.Transactions.Access;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;

/**
 * A catalog in a SQLite file: opened when it is first needed, made when it is first written to.
 * Writers take the write lock at the start of their transaction and wait for each other; readers
 * see one snapshot and wait for nobody (write-ahead log).
 */
final class SqliteDatabase implements CatalogDatabase {
    private static final int BUSY_MILLIS = 15_000;
    private static final int ATTEMPTS = 20;

    private final Path file;
    private final Transactions transactions = new Transactions();
    private Connection connection;

    SqliteDatabase(Path file) {
        this.file = file;
    }

    @Override
    public synchronized <T> Optional<T> read(Work<T> work) {
        if (connection == null && !openExisting()) {
            return Optional.empty();
        }
        return Optional.of(transaction(Access.READ, "BEGIN", work));
    }

    @Override
    public synchronized <T> T write(Work<T> work) {
        if (connection == null && !openExisting()) {
            create();
        }
        return transaction(Access.WRITE, "BEGIN IMMEDIATE", work);
    }

    @Override
    public synchronized <T> T snapshot(Supplier<T> work) {
        if (connection == null && !openExisting()) {
            return work.get();
        }
        return transaction(Access.READ, "BEGIN", connection -> work.get());
    }

    @Override
    public String keepingRows() {
        return ""; // whoever writes holds the lock of the whole file
    }

    @Override
    public synchronized void close() {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            connection = null;
        }
    }

    private <T> T transaction(Access access, String begin, Work<T> work) {
        try {
            return transactions.isOpen()
                    ? transactions.part(connection, access, work)
                    : transactions.whole(connection, access, work, begin);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private boolean openExisting() {
        if (!Files.exists(file)) {
            return false;
        }
        return retried(
                () -> {
                    Connection opened = connect();
                    int format = 0;
                    try {
                        format = format(opened);
                    } finally {
                        if (format != FORMAT) {
                            opened.close();
                        }
                    }
                    if (format > FORMAT) {
                        throw newer(format);
                    }
                    if (format > 0 && format < FORMAT) {
                        throw older(format);
                    }
                    connection = format == FORMAT ? opened : null;
                    return connection != null; // format 0: another process is making it just now
                });
    }

    private void create() {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new QueryException(
                    ErrorCode.CATALOG_FAILURE,
                    null,
                    "cannot make the warehouse folder %s: %s"
                            .formatted(file.getParent(), e.getMessage()),
                    "name another with --warehouse or SKEP_WAREHOUSE");
        }
        connection =
                retried(
                        () -> {
                            Connection opened = connect();
                            boolean done = false;
                            try (Statement statement = opened.createStatement()) {
                                statement.execute("PRAGMA journal_mode = WAL");
                                statement.execute("BEGIN IMMEDIATE");
                                if (format(opened) == 0) {
                                    for (String sql : CatalogTables.SQLITE.statements()) {
                                        statement.execute(sql);
                                    }
                                    statement.execute("PRAGMA user_version = " + FORMAT);
                                }
                                statement.execute("COMMIT");
                                done = true;
                            } finally {
                                if (!done) {
                                    opened.close();
                                }
                            }
                            return opened;
                        });
    }

    /** Not through DriverManager, which would load every driver on the class path. */
    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
        properties.setProperty("foreign_keys", "true");
        boolean writable =
                !Files.exists(file) || Files.isWritable(file) && Files.isWritable(file.getParent());
        String url = JDBC.PREFIX + file;
        if (!writable) {
            properties.setProperty("open_mode", "1"); // read only
            boolean inUse = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
            if (!inUse) { // then there is nothing to lock, and SQLite need not try
                url = JDBC.PREFIX + "file:" + file.toUri().getRawPath() + "?immutable=1";
            }
        }
        return JDBC.createConnection(url, properties);
    }

    private static int format(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
            return rows.getInt(1);
        }
    }

    private interface Attempt<T> {
        T run() throws SQLException;
    }

    /**
     * SQLite answers "busy" at once, whatever the timeout, while another process switches a new
     * file to the write-ahead log or recovers it: so opening is tried again for a while.
     */
    private <T> T retried(Attempt<T> attempt) {
        for (int i = 1; ; i++) {
            try {
                return attempt.run();
            } catch (SQLException e) {
                if (i == ATTEMPTS || !isBusy(e)) {
                    throw failure(e);
                }
                pause(10L * i);
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException(ErrorCode.CANCELLED, "interrupted", e);
        }
    }

    private static boolean isBusy(SQLException e) {
        int primary = e.getErrorCode() & 0xff;
        return primary == SQLiteErrorCode.SQLITE_BUSY.code
                || primary == SQLiteErrorCode.SQLITE_LOCKED.code;
    }

    private QueryException newer(int format) {
        return new QueryException(
                ErrorCode.CATALOG_FAILURE,
                "%s has catalog format %d; this Skep knows formats up to %d"
                        .formatted(file, format, FORMAT),
                "it was written by a newer Skep: use that one, or another --warehouse");
    }

    private QueryException older(int format) {
        return new QueryException(
                ErrorCode.CATALOG_FAILURE,
                "%s has catalog format %d, of a Skep before its first release"
                        .formatted(file, format),
                "move the folder away, or name another --warehouse");
    }

    private QueryException failure(SQLException e) {
        String hint = isBusy(e) ? "another process holds its write lock: try again" : null;
        QueryException failure =
                new QueryException(
                        ErrorCode.CATALOG_FAILURE,
                        "catalog %s: %s".formatted(file, e.getMessage()),
                        hint);
        failure.initCause(e);
        return failure;
    }
}
