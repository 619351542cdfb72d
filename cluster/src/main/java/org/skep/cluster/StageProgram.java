package org.skep.cluster;

import java.io.Serializable;
import java.util.HashMap;
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
 * @param inputs the stages that are read, by number
 */
record StageProgram(
        String queryId,
        Stage stage,
        Settings settings,
        boolean measures,
        long seed,
        Map<Integer, Input> inputs)
        implements Serializable {
    /**
     * A stage that is read.
     *
     * @param maps its tasks
     * @param slices rows by task of the partitions that a slice is cut from, by those partitions;
     *     only for the choices that the reading stage makes
     */
    record Input(
            ShuffleHandle handle,
            int maps,
            int partitions,
            List<Type> types,
            HashMap<List<Integer>, long[]> slices)
            implements Serializable {}
}
