/**
 * How rows get from one stage's tasks to the next one's, and to disk when memory runs short.
 *
 * <p>Start at {@link org.skep.executor.exchange.ShuffleStore}. {@link
 * org.skep.executor.exchange.SpillFile} is the only thing that touches the disk, {@link
 * org.skep.executor.exchange.ArrowBatches} the only one that knows Arrow.
 */
package org.skep.executor.exchange;
