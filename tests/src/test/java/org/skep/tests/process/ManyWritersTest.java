package org.skep.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that write to one table at the same time: no row is lost, none is there twice. */
class ManyWritersTest {
    private static final int PROCESSES = Integer.getInteger("writers.processes", 4);
    private static final int COMMITS = Integer.getInteger("writers.commits", 15);

    @TempDir private Path folder;

    @Test
    void insertsGetAlongAndUpdatesTakeTurns() throws Exception {
        Path warehouse = folder.resolve("warehouse");
        try (Connection connection = DriverManager.getConnection("jdbc:skep:" + warehouse);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (writer INT, number INT)");
            statement.execute("CREATE TABLE c AS SELECT 0 AS n");
            List<Process> processes = new ArrayList<>();
            long begun = System.nanoTime();
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(start(i, "insert", Integer.toString(i), Integer.toString(COMMITS)));
            }
            for (int i = 0; i < PROCESSES / 2; i++) {
                String times = Integer.toString(COMMITS / 2);
                processes.add(start(PROCESSES + i, "count", times));
            }
            for (int i = 0; i < processes.size(); i++) {
                boolean ended = processes.get(i).waitFor(20, TimeUnit.MINUTES);
                processes.get(i).destroyForcibly();
                String output = Files.readString(output(i));
                assertTrue(ended && processes.get(i).exitValue() == 0, output);
            }
            System.out.printf(
                    "%d processes, %d inserts and %d updates in %.1f s%n",
                    processes.size(),
                    (long) PROCESSES * COMMITS,
                    PROCESSES / 2L * (COMMITS / 2),
                    (System.nanoTime() - begun) / 1e9);
            assertEquals(
                    (long) PROCESSES * COMMITS,
                    number(statement, "SELECT count(*) FROM t"),
                    "rows that were inserted");
            assertEquals(
                    (long) PROCESSES * COMMITS,
                    number(statement, "SELECT count(*) FROM (SELECT DISTINCT * FROM t) x"),
                    "different rows");
            assertEquals(
                    PROCESSES / 2L * (COMMITS / 2),
                    number(statement, "SELECT n FROM c"),
                    "updates");
        }
    }

    private Process start(int number, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(1, folder.resolve("warehouse").toString());
        return Jvm.start(output(number), Writer.class, all.toArray(String[]::new));
    }

    private Path output(int process) {
        return folder.resolve("output-%d.txt".formatted(process));
    }

    static long number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
