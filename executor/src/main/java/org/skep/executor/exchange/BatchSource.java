package org.skep.executor.exchange;

import org.skep.model.data.Batch;

/** Kept rows, read once from begin to end by one thread. */
public interface BatchSource {
    /** The next batch, never empty; null at the end. */
    Batch next();
}
