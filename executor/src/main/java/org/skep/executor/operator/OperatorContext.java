package org.skep.executor.operator;

import java.util.List;
import org.skep.executor.exchange.PartitionedSpill;
import org.skep.executor.exchange.SpillFolder;
import org.skep.executor.exchange.StageOutputs;
import org.skep.executor.task.TaskContext;
import org.skep.model.settings.Settings;
import org.skep.model.type.Type;

/**
 * What the operators of one task share.
 *
 * @param stages the output of earlier stages
 * @param spill where operators spill to
 * @param broadcasts join tables shared by the tasks of a stage
 * @param filters what operators of the task tell its scans
 */
public record OperatorContext(
        OperatorServices services,
        TaskContext task,
        StageOutputs stages,
        SpillFolder spill,
        BroadcastTables broadcasts,
        TaskFilters filters) {
    /** How often rows are spilled before operators take the memory they need after all. */
    static final int DEEPEST_SPILL = 4;

    int batchRows() {
        return task.settings().batchRows();
    }

    /** Whether operators are to spill whatever they can, to test it. */
    boolean alwaysSpills() {
        return task.settings().spill() == Settings.Spill.ALWAYS;
    }

    PartitionedSpill partitionedSpill(List<Type> types, int[] keys, int level) {
        return new PartitionedSpill(spill, task, types, keys, level);
    }
}
