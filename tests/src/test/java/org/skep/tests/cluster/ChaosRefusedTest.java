package org.skep.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a task that fails is not run again, or has no process of its own, chaos would be harm. */
class ChaosRefusedTest {
    @TempDir private Path folder;

    private SQLException refused(String cluster, String chaos) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("cluster", cluster);
        String url = "jdbc:skep:" + folder.resolve("warehouse");
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement()) {
            statement.execute("SET chaos = '%s'".formatted(chaos));
            SQLException refused =
                    assertThrows(SQLException.class, () -> statement.executeQuery("SELECT 1"));
            statement.execute("RESET chaos");
            assertTrue(statement.executeQuery("SELECT 1").next());
            assertEquals("0A000", refused.getSQLState(), refused.getMessage());
            return refused;
        }
    }

    @Test
    void inThisProcess() throws SQLException {
        String slow = refused("", "slow-task stage=1 factor=2").getMessage();
        assertTrue(slow.contains("threads of this process do not run a task again"), slow);
        assertTrue(slow.contains("RESET chaos"), slow);
    }

    @Test
    void onThreadsOfSpark() throws SQLException {
        String crash = refused("local[2]", "crash-task stage=1 task=0 at=50%").getMessage();
        assertTrue(crash.contains("chaos holds 'crash-task stage=1 task=0 at=50%'"), crash);
        assertTrue(crash.contains("local[2], which does not run a task again"), crash);
        assertTrue(crash.contains("local[2,4] tries each task four times"), crash);
        String kill = refused("local[2,4]", "kill-task stage=sink at=1%").getMessage();
        assertTrue(kill.contains("tasks are threads of this process"), kill);
        assertTrue(kill.contains("use crash-task"), kill);
    }

    @Test
    void whatSparksThreadsCanDo() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("cluster", "local[2,4]");
        String url = "jdbc:skep:" + folder.resolve("warehouse");
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET chaos = 'crash-task stage=sink at=100%; slow-task stage=0 factor=2'");
            ResultSet rows =
                    statement.executeQuery(
                            "SELECT count(*) FROM UNNEST(sequence(1, 1000)) AS s(i)");
            assertTrue(rows.next());
            assertEquals(1000, rows.getLong(1));
        }
    }
}
