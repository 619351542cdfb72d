/**
 * Running statements and scripts over a JDBC connection, and saying what came of it: {@link
 * org.skep.shell.run.ScriptRunner} runs the statements of a {@link org.skep.shell.run.Script} up to
 * the first that fails, {@link org.skep.shell.run.StatementRunner} one of them.
 */
package org.skep.shell.run;
