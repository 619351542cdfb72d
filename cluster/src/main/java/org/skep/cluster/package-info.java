/**
 * The distributed back end: the stages of a query on the workers of an Apache Spark cluster.
 * Spark's core schedules tasks, moves shuffled blocks and runs lost tasks again; what a task does
 * is the executor's own code, the same as in threads.
 */
package org.skep.cluster;
