/**
 * Batches and columns: the form in which rows move through the engine.
 *
 * <p>Start at {@link org.skep.model.data.Batch}, then {@link org.skep.model.data.Column}. The rule:
 * nothing here changes after it was made.
 */
package org.skep.model.data;
