package org.skep.tests.slt;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.skep.tests.cluster.Held;

/**
 * The corpus through the cluster's back end, on Spark's threads: every fourth file, all of them
 * with {@code -Dcluster.slt=all}; each with small splits and with hot keys. {@code -Dslt} chooses
 * as in {@link SltTest}. However small, all stages go to the cluster, unless {@code
 * -Dcluster.held=4m} (Spark's notation) lets small ones stay here, as users have it.
 */
class ClusterSltTest {
    private static final Path FILES = Path.of("src/test/resources/slt");
    private static final String CLUSTER = System.getProperty("cluster.url", "local[2]");
    private static final String CHOSEN = System.getProperty("slt", "");
    private static final int STEP = "all".equals(System.getProperty("cluster.slt")) ? 1 : 4;

    /** Says what cannot be rehearsed on threads; on executors it can. */
    private static final String OF_THREADS = "command/chaos.test";

    private static final List<Configuration> CONFIGURATIONS =
            List.of(Configuration.STANDARD, Configuration.HOT_KEYS);

    @TempDir private static Path folder;
    private static Path data;
    private static Connection keepsCluster;

    @BeforeAll
    static void open() throws IOException, SQLException {
        Held.bytes(System.getProperty("cluster.held", "0"));
        data = TestInputs.write(folder.resolve("data"));
        keepsCluster = connect(folder);
        try (Statement statement = keepsCluster.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    @AfterAll
    static void close() throws SQLException {
        keepsCluster.close();
        Held.standard();
    }

    @TestFactory
    Stream<DynamicTest> corpus() throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(FILES)) {
            files =
                    paths.filter(path -> path.toString().endsWith(".test"))
                            .filter(path -> path.toString().contains(CHOSEN))
                            .filter(path -> !path.endsWith(OF_THREADS) || isOfThreads())
                            .sorted()
                            .toList();
        }
        return IntStream.range(0, files.size())
                .filter(i -> i % STEP == 0)
                .mapToObj(files::get)
                .flatMap(
                        path ->
                                CONFIGURATIONS.stream()
                                        .map(
                                                each ->
                                                        DynamicTest.dynamicTest(
                                                                FILES.relativize(path) + " " + each,
                                                                () -> check(path, each))));
    }

    private static boolean isOfThreads() {
        return CLUSTER.startsWith("local[");
    }

    private static void check(Path path, Configuration configuration)
            throws IOException, SQLException {
        SltFile file = SltFile.read(path);
        if (file.once() && configuration != Configuration.STANDARD) {
            return;
        }
        Path place = Files.createTempDirectory(folder, "run");
        List<String> differences = new ArrayList<>();
        try (Connection connection = connect(place)) {
            String out = place.resolve("out").toString();
            SltRun run = new SltRun(connection, Map.of("data", data.toString(), "out", out));
            try (Statement statement = connection.createStatement()) {
                for (String setting : configuration.settings()) {
                    statement.execute("SET " + setting);
                }
            }
            differences.addAll(run.differences(file));
        }
        if (!differences.isEmpty()) {
            fail(file.path() + "\n" + String.join("\n", differences));
        }
    }

    private static Connection connect(Path place) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:skep:" + place.resolve("warehouse") + "?cluster=" + CLUSTER);
    }
}
