/**
 * Aggregate functions, one file each and one line in {@link
 * org.skep.executor.function.aggregate.StandardAggregates}.
 *
 * <p>A file has the functions' {@code Definition}s and their accumulators. Numbers are kept as
 * arrays with one slot per group; values of any type in {@code Slots}; all values of a group in
 * {@code GroupedValues}. Rows in which an argument is null do not count, unless said otherwise.
 */
package org.skep.executor.function.aggregate;
