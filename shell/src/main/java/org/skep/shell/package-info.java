/**
 * The command line. {@link org.skep.shell.Main} reads the arguments ({@link
 * org.skep.shell.CommandLine}) and runs scripts ({@code run}) or the prompt ({@code interactive}),
 * which alone loads the line editor: a one-line query loads no class that it does not need.
 */
package org.skep.shell;
