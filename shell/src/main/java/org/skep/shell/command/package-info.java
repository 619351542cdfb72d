/**
 * What can be typed at the prompt besides SQL: backslash commands. Each is a {@link
 * org.skep.shell.command.Command} in a file of its own and one line of {@link
 * org.skep.shell.command.Commands}; the help is made from that list.
 */
package org.skep.shell.command;
