/**
 * Results as text. {@link org.skep.shell.output.OutputFormat} lists the formats; each is a {@link
 * org.skep.shell.output.RowPrinter} that pulls {@link org.skep.shell.output.Rows} and keeps no more
 * than a page of them. Data goes to an {@link org.skep.shell.output.Output}, which notices when
 * nobody reads it any more.
 */
package org.skep.shell.output;
