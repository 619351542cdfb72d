package org.skep.tests.catalog;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server of this process, started when the first test wants it and ended with the
 * process. For root, whom PostgreSQL refuses, it runs in a name space of users of its own.
 */
final class PostgresServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Begins when it is first asked for. */
    private static final class Running {
        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().setConnectConfig("connectTimeout", "5").start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private PostgresServer() {}

    static int port() {
        return Running.SERVER.getPort();
    }

    /** The name of a new, empty database. */
    static String newDatabase() throws SQLException {
        String name = "catalog_" + DATABASES.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name);
        return name;
    }

    /** The name of the one made last. */
    static String newestDatabase() {
        return "catalog_" + DATABASES.get();
    }

    static String uri(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), database);
    }

    static void execute(String database, String sql) throws SQLException {
        try (Connection connection =
                        Running.SERVER.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
