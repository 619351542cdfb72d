package org.skep.executor.run;

import java.util.List;
import org.skep.executor.operator.Operator;
import org.skep.executor.operator.OperatorBuilder;
import org.skep.executor.operator.OperatorContext;
import org.skep.executor.task.TaskContext;
import org.skep.executor.task.TaskProfile;
import org.skep.executor.task.TaskRandom;
import org.skep.model.data.Batch;
import org.skep.model.plan.Stage;
import org.skep.model.spi.Backend;

/**
 * One attempt at a task: the rows of its stage's root, and what it did. Used by one thread, which
 * must be the one that made it. Whoever owns the task's context closes it.
 */
public final class TaskRun {
    private final TaskContext task;
    private final Operator root;
    private final Backend.Progress progress;
    private final long start = System.nanoTime();
    private long written;
    private long told;

    /**
     * @param progress hears of rows as they are read
     */
    public TaskRun(Stage stage, OperatorContext context, Backend.Progress progress) {
        this.task = context.task();
        this.progress = progress;
        if (task.profile() != null) {
            task.profile().begin();
        }
        this.root = new OperatorBuilder(context).build(stage.root(), task.task());
    }

    /** The next batch of the stage's rows; null when there are no more. */
    public Batch next() {
        task.stopIfCancelled();
        Batch batch = root.next();
        if (batch != null) {
            written += batch.rows();
        }
        if (task.rowsRead() > told) {
            progress.rowsRead(task.rowsRead() - told);
            told = task.rowsRead();
        }
        return batch;
    }

    /** Whatever became of the task, its thread has nothing of it any more. */
    public static void end() {
        TaskProfile.end();
        TaskRandom.end();
    }

    /** What the task did; to be asked once its rows have gone where they belong. */
    public Backend.TaskReport report() {
        return new Backend.TaskReport(
                task.stage(),
                task.task(),
                task.rowsRead(),
                task.rowsIn(),
                written,
                task.spilledBytes(),
                System.nanoTime() - start,
                task.profile() == null ? List.of() : task.profile().reports(),
                task.warnings());
    }
}
