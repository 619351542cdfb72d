package org.skep.cluster;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.shuffle.ShuffleHandle;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;
import org.skep.model.type.Type;

/**
 * All that a stage's tasks have in common; sent once to each executor.
 *
 * @param measures whether tasks report what each operator did
 * @param seed of the query's random numbers
 * @param keeps bytes of a task's output that go to the driver with its result, at most
 * @param inputs the stages that are read, by number
 */
record StageProgram(
        String queryId,
        Stage stage,
        Settings settings,
        boolean measures,
        long seed,
        long keeps,
        Map<Integer, Input> inputs)
        implements Serializable {
    /**
     * A stage that is read.
     *
     * @param held all that it put out; null when that is to be had by the shuffle
     * @param handle of its shuffle; null when its output is held
     * @param maps its tasks
     */
    record Input(HeldOutput held, ShuffleHandle handle, int maps, int partitions, List<Type> types)
            implements Serializable {}
}
