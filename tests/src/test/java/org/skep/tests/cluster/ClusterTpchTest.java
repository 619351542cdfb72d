package org.skep.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skep.tests.oracle.Rows;
import org.skep.tests.tpch.TpchData;
import org.skep.tests.tpch.TpchQueries;

/**
 * The 22 queries of TPC-H give the same rows on a cluster as in this process: on Spark's threads,
 * and on executors that are processes of their own. Scale and folder as in TpchTest; {@code
 * -Dtpch.times=true} prints how long each query takes.
 */
class ClusterTpchTest {
    private static final double SCALE =
            Double.parseDouble(System.getProperty("tpch.scale", "0.01"));
    private static final Path ROOT = Path.of(System.getProperty("tpch.folder", "target/tpch"));
    private static final boolean TIMES = Boolean.getBoolean("tpch.times");

    private static Path folder;

    @BeforeAll
    static void data() throws IOException, SQLException {
        folder = TpchData.parquet(ROOT, SCALE).toAbsolutePath();
        ClusterHome.fill();
    }

    @Test
    void onThreads() throws SQLException {
        compare("local[2]");
    }

    /** Even the smallest stages. */
    @Test
    void allOnThreads() throws SQLException {
        Held.bytes("0");
        try {
            compare("local[2]");
        } finally {
            Held.standard();
        }
    }

    @Test
    void onProcesses() throws SQLException {
        compare("local-cluster[2,1,1024]");
    }

    private static void compare(String cluster) throws SQLException {
        List<String> differences = new ArrayList<>();
        try (Connection local = connect("");
                Connection there = connect(cluster)) {
            int passes = TIMES ? 3 : 1;
            for (int pass = 0; pass < passes; pass++) {
                for (int number = 1; number <= 22; number++) {
                    String sql = TpchQueries.text(number);
                    long start = System.nanoTime();
                    Rows expected = rows(local, sql);
                    long middle = System.nanoTime();
                    Rows actual = rows(there, sql);
                    long end = System.nanoTime();
                    if (TIMES) {
                        System.out.printf(
                                "## %s pass %d query %d: local %d ms, cluster %d ms%n",
                                cluster,
                                pass,
                                number,
                                (middle - start) / 1_000_000,
                                (end - middle) / 1_000_000);
                    }
                    String difference = actual.sorted().difference(expected.sorted());
                    if (difference != null) {
                        differences.add("query " + number + ": " + difference);
                    }
                }
            }
        }
        assertNull(differences.isEmpty() ? null : String.join("\n", differences));
    }

    private static Connection connect(String cluster) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("cluster", cluster);
        Connection connection =
                DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"), properties);
        try (Statement statement = connection.createStatement()) {
            for (String table : TpchData.tables()) {
                statement.execute(
                        "CREATE TEMP VIEW %s AS SELECT * FROM '%s'"
                                .formatted(table, folder.resolve(table + ".parquet")));
            }
        }
        return connection;
    }

    private static Rows rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return Rows.of(statement.executeQuery(sql));
        }
    }
}
