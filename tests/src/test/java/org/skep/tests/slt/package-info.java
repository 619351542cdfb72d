/**
 * SQL tests as files: {@code src/test/resources/slt/<area>/*.test}, in the format of SQLite's
 * sqllogictest with DataFusion's blank-separated rows.
 *
 * <p>{@link org.skep.tests.slt.SltTest} runs every file over JDBC in a warehouse of its own, once
 * under each {@link org.skep.tests.slt.Configuration}; the results must not differ. Blocks:
 *
 * <pre>
 * # what this block shows
 * statement ok
 * CREATE TABLE …
 *
 * statement error NUMERIC_OVERFLOW regular expression for the message, if wanted
 * SELECT …
 *
 * query TIR rowsort
 * SELECT …
 * ----
 * a 1 2.5
 *
 * let first _ time
 * SHOW SNAPSHOTS t
 * </pre>
 *
 * <p>Types are T (text), I (integer), R (decimal or floating point), B (boolean), D (date), P
 * (timestamp), ? (all else). A line {@code run once} leaves a file out of all configurations but
 * the first. {@code ${data}} is a folder with files to read, {@code ${out}} a folder to write into.
 * {@code let} keeps the values of the last row under names, _ leaves one out; they are used as
 * {@code ${first}} and shown so in results. A result shows NULL, (empty) for an empty text, ␣ for a
 * blank at its ends.
 *
 * <p>{@code -Dgolden.rewrite=true} fills in types, rows and error codes; {@code -Dslt=join} runs
 * only the files whose name holds that.
 */
package org.skep.tests.slt;
