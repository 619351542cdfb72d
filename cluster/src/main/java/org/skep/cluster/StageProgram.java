package org.skep.cluster;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.shuffle.ShuffleHandle;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;
import org.skep.model.type.Type;

/**
 * All that a stage's tasks have in common.
 *
 * @param measures whether tasks report what each operator did
 * @param seed of the query's random numbers
 * @param checkpoint folder of the files that tasks write instead of a shuffle; null for none
 * @param keeps bytes of a task's output that go to the driver with its result, at most
 * @param inputs the stages that are read, by number
 */
record StageProgram(
        String queryId,
        Stage stage,
        Settings settings,
        boolean measures,
        long seed,
        String checkpoint,
        long keeps,
        Map<Integer, Input> inputs)
        implements Serializable {
    /**
     * A stage that is read.
     *
     * @param held all that it put out, sent once to each executor; null when that is to be had by
     *     the shuffle
     * @param files of a checkpoint, in the order of tasks; null when it is none
     * @param handle of its shuffle; null when its output is held or in files
     * @param maps its tasks
     * @param rows by partition, of all tasks together; empty without chaos, which alone asks for it
     */
    record Input(
            Broadcast<HeldOutput> held,
            List<CheckpointFile> files,
            ShuffleHandle handle,
            int maps,
            int partitions,
            List<Type> types,
            long[] rows)
            implements Serializable {
        /** Whether it is to be read from a checkpoint's files. */
        boolean isInFiles() {
            return held == null && files != null;
        }
    }

    /**
     * A program as it goes with the stage's tasks. Spark brings the bytes to an executor once; to
     * make objects of them for each task would take longer than many tasks do.
     *
     * @param run what no other run of a stage has in the driver's process
     */
    record Sent(String queryId, long run, byte[] bytes) implements Serializable {
        static Sent of(StageProgram program, long run) {
            return new Sent(program.queryId, run, SparkCalls.serialised(program));
        }

        StageProgram read() {
            return SparkCalls.deserialised(bytes);
        }
    }
}
