package org.skep.shell.command;

import java.util.List;

/** Ends the conversation. */
final class QuitCommand implements Command {
    @Override
    public List<String> names() {
        return List.of("\\q", "\\quit", "\\exit");
    }

    @Override
    public String argument() {
        return "";
    }

    @Override
    public String description() {
        return "ends; quit, exit and Ctrl-D do too";
    }

    @Override
    public Next run(Conversation conversation, String argument) {
        return Next.QUIT;
    }
}
