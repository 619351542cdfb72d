/**
 * Small summaries of the values of a column that can be merged: how many different ones there are
 * and which are frequent.
 *
 * <p>{@link org.skep.model.sketch.ColumnSketch} is what is kept of a column. Values go into it as
 * {@link org.skep.model.sketch.SingleValue} writes and hashes them, which is how Iceberg has it, so
 * that other engines can read and merge the sketches. Apache DataSketches itself is not used: the
 * version that Iceberg is built with refuses to run on Java 25.
 */
package org.skep.model.sketch;
