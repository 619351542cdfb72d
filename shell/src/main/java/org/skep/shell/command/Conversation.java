package org.skep.shell.command;

import java.io.PrintStream;
import org.skep.jdbc.SkepConnection;
import org.skep.shell.run.Display;
import org.skep.shell.run.ScriptRunner;
import org.skep.shell.run.StatementRunner;

/** What commands act on. */
public record Conversation(
        SkepConnection connection,
        StatementRunner runner,
        ScriptRunner scripts,
        Display display,
        PrintStream messages) {}
