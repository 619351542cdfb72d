/**
 * What values are: their order ({@link org.skep.executor.value.ValueOrder}), their text ({@link
 * org.skep.executor.value.TextReader}, {@link org.skep.executor.value.TextWriter}), their calendar
 * ({@link org.skep.executor.value.Calendar}) and their bounds. Knows neither expressions nor
 * functions; both are built on it.
 */
package org.skep.executor.value;
