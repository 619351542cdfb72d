package org.skep.cluster;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext$;
import org.apache.spark.TaskContextImpl;
import org.apache.spark.util.AccumulatorV2;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An executor's heartbeat asks the accumulators of its tasks whether they are zero, at any moment.
 * An exception there ends its heartbeats, and 12 s later the executor, which is well.
 */
class HeartbeatTest {
    @TempDir private Path folder;

    @AfterEach
    void leaveTask() {
        TaskContext$.MODULE$.unset();
    }

    @Test
    void comesAtEachByteOfATask() throws ClassNotFoundException, IOException, SQLException {
        Properties properties = new Properties();
        properties.setProperty("cluster", "local[1]");
        try (Connection spark =
                DriverManager.getConnection("jdbc:skep:" + folder.resolve("spark"), properties)) {
            spark.createStatement().executeQuery("SELECT 1").close(); // now it is connected
            byte[] bytes = registered();
            TaskContextImpl task = TaskContext$.MODULE$.empty();
            TaskContext$.MODULE$.setTaskContext(task);
            List<Boolean> beats = new ArrayList<>();
            try (ObjectInputStream in =
                    new ObjectInputStream(new Slowly(bytes, () -> beat(task, beats)))) {
                in.readObject();
            }
            assertTrue(beats.size() > 1, "nobody could ask before all bytes were read");
            assertFalse(beats.contains(false));
        }
    }

    /** The bytes of the accumulator that goes with the tasks of a stage. */
    private static byte[] registered() throws IOException {
        TaskResults results = new TaskResults();
        SparkContext.getOrCreate().register(results);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(results);
        }
        return bytes.toByteArray();
    }

    /** What {@code Executor.reportHeartBeat} asks. */
    private static void beat(TaskContextImpl task, List<Boolean> beats) {
        scala.collection.Iterator<AccumulatorV2<?, ?>> all =
                task.taskMetrics().accumulators().iterator();
        while (all.hasNext()) {
            AccumulatorV2<?, ?> each = all.next();
            if (each instanceof TaskResults) {
                beats.add(each.isZero());
            }
        }
    }

    /** Gives a byte at a time, and does something before each. */
    private static final class Slowly extends ByteArrayInputStream {
        private final Runnable before;

        Slowly(byte[] bytes, Runnable before) {
            super(bytes);
            this.before = before;
        }

        @Override
        public synchronized int read() {
            before.run();
            return super.read();
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            before.run();
            return super.read(into, offset, Math.min(length, 1));
        }
    }
}
