package org.skep.catalog;

import static org.skep.catalog.CatalogSql.strings;
import static org.skep.catalog.CatalogTables.FORMAT;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.postgresql.Driver;
import org.skep.catalog.Transactions.Access;

/**
 * A catalog in a PostgreSQL database, in the schema that comes first on the connection's search
 * path. Connected when it is first needed, and anew when the connection is gone.
 *
 * <p>Whoever writes locks the one row of {@code skep_catalog}, so that writers take turns: that a
 * name is free is looked up and then relied on. Iceberg's own catalog does not know that lock; rows
 * that a transaction relies on are locked one by one against it ({@link #keepingRows}).
 */
final class PostgresDatabase implements CatalogDatabase {
    private static final String READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    private static final String WRITE = "BEGIN ISOLATION LEVEL READ COMMITTED";

    /** Not by to_regclass: it may remember that there was none before we waited for another. */
    private static final String IS_MADE =
            "SELECT relname FROM pg_catalog.pg_class"
                    + " WHERE relname = 'skep_catalog' AND pg_catalog.pg_table_is_visible(oid)";

    private static final String LOCK = "SELECT format FROM skep_catalog FOR UPDATE";

    /**
     * Any number does that nobody else takes: processes that make a catalog wait for each other.
     */
    private static final long MAKING = 0x736b6570; // "skep"

    private static final long IDLE_MILLIS = 1_000;
    private static final int VALID_SECONDS = 10;

    private final CatalogSettings settings;
    private final PostgresErrors errors;
    private final Transactions transactions = new Transactions();
    private Connection connection;
    private boolean made;
    private long usedMillis;

    PostgresDatabase(CatalogSettings settings) {
        this.settings = settings;
        this.errors = new PostgresErrors(settings);
    }

    @Override
    public synchronized <T> Optional<T> read(Work<T> work) {
        return isMade() ? Optional.of(transaction(Access.READ, work, READ)) : Optional.empty();
    }

    @Override
    public synchronized <T> T write(Work<T> work) {
        if (!isMade()) {
            make();
        }
        return transaction(Access.WRITE, work, WRITE, LOCK);
    }

    @Override
    public synchronized <T> T snapshot(Supplier<T> work) {
        return isMade() ? transaction(Access.READ, connection -> work.get(), READ) : work.get();
    }

    @Override
    public String keepingRows() {
        return transactions.isWriting() ? " FOR UPDATE" : "";
    }

    private <T> T transaction(Access access, Work<T> work, String... begin) {
        boolean part = transactions.isOpen();
        try {
            return part
                    ? transactions.part(connection, access, work)
                    : transactions.whole(connection, access, work, begin);
        } catch (SQLException e) {
            throw errors.of(e);
        } finally {
            usedMillis = System.currentTimeMillis();
        }
    }

    /** Whether there is a catalog; connects. */
    private boolean isMade() {
        if (transactions.isOpen()) {
            return true;
        }
        try {
            connect();
            if (!made) {
                made = exists();
            }
            return made;
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    /** A connection that was not used for a while may have been cut. */
    private void connect() throws SQLException {
        boolean idle = System.currentTimeMillis() - usedMillis > IDLE_MILLIS;
        if (connection != null
                && (connection.isClosed() || idle && !connection.isValid(VALID_SECONDS))) {
            connection.close();
            connection = null;
        }
        if (connection == null) {
            connection = connected();
        }
        usedMillis = System.currentTimeMillis();
    }

    /** Not through DriverManager, which would load every driver on the class path. */
    private Connection connected() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "skep");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("options", "-c lock_timeout=60s"); // SQLite waits, too, but not long
        for (String key : List.of(CatalogSettings.USER, CatalogSettings.PASSWORD)) {
            String value = settings.properties().get(key);
            if (value != null) {
                properties.setProperty(key, value);
            }
        }
        settings.properties()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(CatalogSettings.DRIVER)) {
                                String own = key.substring(CatalogSettings.DRIVER.length());
                                properties.setProperty(own, value);
                            }
                        });
        return new Driver().connect(settings.properties().get(CatalogSettings.URI), properties);
    }

    private boolean exists() throws SQLException {
        if (strings(connection, IS_MADE).isEmpty()) {
            return false;
        }
        List<String> format = strings(connection, "SELECT format FROM skep_catalog");
        if (!format.equals(List.of(Integer.toString(FORMAT)))) {
            throw errors.format(format);
        }
        return true;
    }

    private void make() {
        transaction(
                Access.WRITE,
                opened -> {
                    try (Statement statement = opened.createStatement()) {
                        statement.execute("SELECT pg_advisory_xact_lock(" + MAKING + ")");
                        if (!exists()) { // nobody else has made it meanwhile
                            for (String sql : CatalogTables.POSTGRESQL.statements()) {
                                statement.execute(sql);
                            }
                            // of the first version of Iceberg's catalog, it had no such column
                            statement.execute(
                                    "ALTER TABLE iceberg_tables"
                                            + " ADD COLUMN IF NOT EXISTS iceberg_type VARCHAR(5)");
                            statement.execute(
                                    "CREATE TABLE skep_catalog (format INTEGER NOT NULL)");
                            statement.execute("INSERT INTO skep_catalog VALUES (" + FORMAT + ")");
                        }
                    }
                    return null;
                },
                WRITE);
        made = true;
    }

    @Override
    public synchronized void close() {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            throw errors.of(e);
        } finally {
            connection = null;
        }
    }
}
