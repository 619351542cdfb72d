/**
 * The loops that do the work: hashing, comparing, copying, partitioning, sorting, and the tables of
 * groups and of joins. They know columns and nothing of plans.
 *
 * <p>{@link org.skep.executor.kernel.Hasher} gives rows their hashes, {@link
 * org.skep.executor.kernel.GroupTable} and {@link org.skep.executor.kernel.JoinTable} find rows by
 * them, {@link org.skep.executor.kernel.Sorting} orders rows, {@link
 * org.skep.executor.kernel.BatchAppender} copies them together.
 */
package org.skep.executor.kernel;
