package org.skep.shell.command;

import java.sql.SQLException;
import java.util.List;

/** A command of the prompt. */
interface Command {
    /** What happens after a command. */
    enum Next {
        PROMPT,
        QUIT
    }

    /** With the backslash; the first is shown in the help, the others work too. */
    List<String> names();

    /** How its argument looks, such as {@code [table]}; empty when it has none. */
    String argument();

    /** A line for the help. */
    String description();

    /**
     * @param argument what was typed after the name, stripped; may be empty
     */
    Next run(Conversation conversation, String argument) throws SQLException;
}
