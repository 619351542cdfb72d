package org.skep.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skep.tests.catalog.KeptCatalog;

/** {@link ManyWritersTest} with catalogs that are not in a file, and somebody else who writes. */
class CatalogWritersTest {
    private static final int COMMITS = 5;

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void noRowIsLost(KeptCatalog.Place place) throws Exception {
        try (KeptCatalog catalog = place.in(folder);
                Connection connection = DriverManager.getConnection(catalog.url());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (writer INT, number INT)");
            statement.execute("CREATE TABLE c AS SELECT 0 AS n");
            List<Process> processes = new ArrayList<>();
            String warehouse = catalog.warehouse().toString();
            String times = Integer.toString(COMMITS);
            processes.add(start(0, "insert", warehouse, "0", times));
            processes.add(start(1, "count", warehouse, times));
            Table table = catalog.other().loadTable(TableIdentifier.of("default", "t"));
            for (int i = 0; i < COMMITS; i++) {
                table.updateProperties().set("seen-" + i, "yes").commit();
                statement.execute("INSERT INTO t VALUES (1, %d)".formatted(i));
                statement.execute("UPDATE c SET n = n + 1");
                Thread.sleep(200); // while the processes start
            }
            for (int i = 0; i < processes.size(); i++) {
                boolean ended = processes.get(i).waitFor(5, TimeUnit.MINUTES);
                processes.get(i).destroyForcibly();
                assertTrue(ended && processes.get(i).exitValue() == 0, Files.readString(output(i)));
            }
            assertEquals(
                    2 * COMMITS,
                    ManyWritersTest.number(
                            statement, "SELECT count(*) FROM (SELECT DISTINCT * FROM t) x"));
            assertEquals(2 * COMMITS, ManyWritersTest.number(statement, "SELECT n FROM c"));
            table.refresh();
            assertEquals(COMMITS, seen(table));
        }
    }

    private static long seen(Table table) {
        return table.properties().keySet().stream().filter(key -> key.startsWith("seen-")).count();
    }

    private Process start(int number, String... arguments) throws Exception {
        return Jvm.start(output(number), Writer.class, arguments);
    }

    private Path output(int process) {
        return folder.resolve("output-%d.txt".formatted(process));
    }
}
