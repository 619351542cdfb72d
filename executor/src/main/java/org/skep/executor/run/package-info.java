/**
 * How one task runs, wherever it does: begin with {@link org.skep.executor.run.TaskRun}. What is
 * around it, threads or a cluster, is a back end's.
 */
package org.skep.executor.run;
