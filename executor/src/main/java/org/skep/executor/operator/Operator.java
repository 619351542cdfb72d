package org.skep.executor.operator;

import org.skep.model.data.Batch;

/**
 * A running piece of a plan, used by one thread. Parallelism comes from many tasks, never from
 * within an operator. What an operator allocates belongs to its task, which closes it.
 */
public interface Operator {
    /** The next batch, never empty; null when there are no more. */
    Batch next();
}
