package org.skep.executor.local;

import org.skep.model.data.Batch;

/** Where the rows of one task go. */
interface TaskSink {
    void write(Batch batch);

    /** All rows have been written. */
    void finish();
}
