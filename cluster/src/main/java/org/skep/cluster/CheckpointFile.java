package org.skep.cluster;

import java.io.Serializable;

/**
 * What a task of a checkpoint has put out.
 *
 * @param path that all executors can read
 * @param task that wrote it
 * @param partition of all rows in it
 */
record CheckpointFile(String path, int task, int partition) implements Serializable {}
