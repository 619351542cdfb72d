package org.skep.tests.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.tests.catalog.RestCatalogServer.Fault;

/** Catalogs that cannot be reached, let nobody in, or stop answering. */
class CatalogFailuresTest {
    private static final String SECRET = "s3cr3t-value";

    @TempDir private Path folder;
    private Path warehouse;

    @BeforeEach
    void place() {
        warehouse = folder.resolve("warehouse");
    }

    private Sql open(String... lines) throws Exception {
        KeptCatalog.write(warehouse, List.of(lines));
        return new Sql("jdbc:skep:" + warehouse);
    }

    /** The same on every machine. */
    private String error(Sql sql, String statement) {
        String error = sql.error(statement);
        assertFalse(error.contains(SECRET), error);
        return error.replace(warehouse.toString(), "WAREHOUSE")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "HOST")
                .replaceAll("(?m)^ *\\d* \\|.*\\R", "");
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void postgresqlIsNotThere() throws Exception {
        String uri = "uri = jdbc:postgresql://127.0.0.1:%d/skep?password=%s";
        try (Sql sql = open("type = jdbc", uri.formatted(closedPort(), SECRET), "user = u")) {
            assertEquals(
                    """
                    error[CATALOG_FAILURE]: catalog postgresql://HOST/skep: Connection to HOST refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections.
                    hint: is PostgreSQL running there? the address is in WAREHOUSE/catalog.properties""",
                    error(sql, "SHOW TABLES"));
            assertEquals(error(sql, "SHOW TABLES"), error(sql, "CREATE TABLE t (a INT)"));
            assertEquals(List.of("2"), sql.rows("SELECT 1 + 1"));
        }
    }

    @Test
    void restServerIsNotThere() throws Exception {
        String uri = "uri = http://127.0.0.1:" + closedPort();
        try (Sql sql = open("type = rest", uri, "token = " + SECRET)) {
            assertEquals(
                    """
                    error[CATALOG_FAILURE]: catalog http://HOST: Connect to http://HOST failed: Connection refused
                    hint: is the REST catalog server running there? (the server is named in WAREHOUSE/catalog.properties)""",
                    error(sql, "SHOW TABLES"));
            assertEquals(List.of("2"), sql.rows("SELECT 1 + 1"));
        }
    }

    @Test
    void restServerGoesAway() throws Exception {
        RestCatalogServer server = new RestCatalogServer(folder.resolve("t"), null);
        try (Sql sql = open("type = rest", "uri = " + server.uri())) {
            sql.run("CREATE TABLE t AS SELECT 1 AS a", "BEGIN", "INSERT INTO t VALUES (2)");
            server.close();
            String gone =
                    "error[CATALOG_FAILURE]: table 't': Connect to http://HOST failed: Connection refused\n"
                            + "hint: is the REST catalog server running there?";
            assertEquals(gone, error(sql, "COMMIT"));
            assertEquals(
                    gone.replace("table 't'", "catalog http://HOST")
                            + " (the server is named in WAREHOUSE/catalog.properties)",
                    error(sql, "FROM t"));
        } finally {
            server.close();
        }
    }

    @Test
    void databaseIsNotThere() throws Exception {
        try (Sql sql =
                open(
                        "type = jdbc",
                        "uri = " + PostgresServer.uri("nowhere"),
                        "user = postgres",
                        "password = " + SECRET)) {
            assertEquals(
                    """
                    error[CATALOG_FAILURE]: catalog postgresql://HOST/nowhere: FATAL: database "nowhere" does not exist
                    hint: make the database with CREATE DATABASE, or name another in WAREHOUSE/catalog.properties""",
                    error(sql, "SHOW TABLES"));
        }
    }

    @Test
    void strangersAreNotLetIn() throws Exception {
        String database = PostgresServer.newDatabase();
        PostgresServer.execute(database, "CREATE ROLE guest LOGIN NOSUPERUSER");
        PostgresServer.execute(database, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        String uri = "uri = " + PostgresServer.uri(database);
        try (Sql sql = open("type = jdbc", uri, "user = nobody", "password = " + SECRET)) {
            assertEquals(
                    """
                    error[CATALOG_FAILURE]: catalog postgresql://HOST/catalog: FATAL: role "nobody" does not exist
                    hint: user and password (or password-env) are in WAREHOUSE/catalog.properties""",
                    error(sql, "SHOW TABLES").replace(database, "catalog"));
        }
        try (Sql sql = open("type = jdbc", uri, "user = guest")) {
            String refused = error(sql, "CREATE SCHEMA s");
            assertTrue(
                    refused.endsWith(
                            "hint: the user of the catalog must be allowed to make and change tables"),
                    refused);
        }
    }

    @Test
    void tokensAreAskedFor() throws Exception {
        try (RestCatalogServer server = new RestCatalogServer(folder.resolve("t"), "right")) {
            String uri = "uri = " + server.uri();
            try (Sql sql = open("type = rest", uri, "token = " + SECRET)) {
                String refused = error(sql, "SHOW TABLES");
                assertTrue(
                        refused.startsWith(
                                "error[CATALOG_FAILURE]: catalog http://HOST: Not authorized"),
                        refused);
                assertTrue(
                        refused.endsWith(
                                "hint: the REST catalog server wants to know who you are: token or credential say it"
                                        + " (the server is named in WAREHOUSE/catalog.properties)"),
                        refused);
            }
            try (Sql sql = open("type = rest", uri, "token = right")) {
                assertEquals(List.of(), sql.rows("SHOW TABLES"));
            }
        }
    }

    @Test
    void tablesOfSomebodyElseAreInTheWay() throws Exception {
        String database = PostgresServer.newDatabase();
        PostgresServer.execute(database, "CREATE TABLE tables (a INT)");
        PostgresServer.execute(database, "CREATE SCHEMA ours");
        String uri = "uri = " + PostgresServer.uri(database);
        try (Sql sql = open("type = jdbc", uri, "user = postgres")) {
            assertEquals(
                    """
                    error[CATALOG_FAILURE]: catalog postgresql://HOST/catalog: ERROR: relation "tables" already exists
                    hint: somebody else has a table of that name: let the catalog have a schema of its own, with ?currentSchema=NAME behind the uri""",
                    error(sql, "CREATE SCHEMA s").replace(database, "catalog"));
        }
        try (Sql sql = open("type = jdbc", uri + "?currentSchema=ours", "user = postgres")) {
            assertEquals(List.of("default", "s"), sql.run("CREATE SCHEMA s").rows("SHOW SCHEMAS"));
        }
    }

    @Test
    void newerFormatsAreLeftAlone() throws Exception {
        String database = PostgresServer.newDatabase();
        String uri = "uri = " + PostgresServer.uri(database);
        try (Sql sql = open("type = jdbc", uri, "user = postgres")) {
            sql.run("CREATE SCHEMA s");
        }
        PostgresServer.execute(database, "UPDATE skep_catalog SET format = 99");
        try (Sql sql = open("type = jdbc", uri, "user = postgres")) {
            assertEquals(
                    """
                    error[CATALOG_FAILURE]: catalog postgresql://HOST/catalog has catalog format 99; this Skep knows format 2
                    hint: it was written by another Skep: use that one, or name another database""",
                    error(sql, "SHOW TABLES").replace(database, "catalog"));
        }
    }

    @Test
    void connectionsThatAreCutAreMadeAgain() throws Exception {
        String database = PostgresServer.newDatabase();
        String uri = "uri = " + PostgresServer.uri(database);
        try (Sql sql = open("type = jdbc", uri, "user = postgres")) {
            sql.run("CREATE TABLE t AS SELECT 1 AS a");
            PostgresServer.execute(
                    "postgres",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
                            .formatted(database));
            Thread.sleep(1_100); // so long a connection is trusted
            assertEquals(List.of("1"), sql.rows("FROM t"));
        }
    }

    /** Rows are kept when they may be part of the table, and the statement is not run again. */
    @Test
    void lostAnswersOfPostgresql() throws Exception {
        String database = PostgresServer.newDatabase();
        try (CuttingProxy proxy = new CuttingProxy(PostgresServer.port());
                Sql sql =
                        open(
                                "type = jdbc",
                                "uri = jdbc:postgresql://127.0.0.1:%d/%s"
                                        .formatted(proxy.port(), database),
                                "user = postgres")) {
            sql.run("CREATE TABLE a AS SELECT 1 AS n", "CREATE TABLE b AS SELECT 1 AS n");
            proxy.cutNextCommit();
            String lost = error(sql, "UPDATE a SET n = n + 1");
            assertTrue(
                    lost.startsWith(
                            "error[COMMIT_STATE_UNKNOWN]: catalog postgresql://HOST/" + database),
                    lost);
            sql.run("BEGIN", "INSERT INTO a VALUES (5)", "INSERT INTO b VALUES (6)");
            proxy.cutNextCommit();
            lost = error(sql, "COMMIT");
            assertTrue(lost.startsWith("error[COMMIT_STATE_UNKNOWN]"), lost);
            assertEquals(List.of("2", "5"), sql.rows("FROM a ORDER BY n"));
            assertEquals(List.of("1", "6"), sql.rows("FROM b ORDER BY n"));
        }
    }

    @Test
    void lostAnswersOfRest() throws Exception {
        try (RestCatalogServer server = new RestCatalogServer(folder.resolve("t"), null);
                Sql sql =
                        open(
                                "type = rest",
                                "uri = " + server.uri(),
                                "rest.client.socket-timeout-ms = 2500")) {
            sql.run("CREATE TABLE a AS SELECT 1 AS n", "CREATE TABLE b AS SELECT 1 AS n");
            server.fault(Fault.ERROR_AFTER_COMMIT);
            sql.run("UPDATE a SET n = n + 1"); // of one table Iceberg looks whether it was done
            sql.run("BEGIN", "INSERT INTO a VALUES (5)", "INSERT INTO b VALUES (6)");
            requireUnknown("a, b", error(sql, "COMMIT"));
            server.fault(Fault.LATE_AFTER_COMMIT);
            requireUnknown("b", error(sql, "INSERT INTO b VALUES (7)"));
            server.fault(Fault.NONE);
            assertEquals(List.of("2", "5"), sql.rows("FROM a ORDER BY n"));
            assertEquals(List.of("1", "6", "7"), sql.rows("FROM b ORDER BY n"));
        }
    }

    private static void requireUnknown(String tables, String error) {
        assertTrue(
                error.startsWith(
                        "error[COMMIT_STATE_UNKNOWN]: it is not known whether the change of table '%s' was made: "
                                .formatted(tables)),
                error);
        assertTrue(error.endsWith("hint: look at SHOW SNAPSHOTS before you try again"), error);
    }
}
