package org.skep.shell.command;

import java.util.List;
import java.util.Locale;

/** Lists the commands. */
final class HelpCommand implements Command {
    @Override
    public List<String> names() {
        return List.of("\\?", "\\help", "\\h");
    }

    @Override
    public String argument() {
        return "";
    }

    @Override
    public String description() {
        return "this list";
    }

    @Override
    public Next run(Conversation conversation, String argument) {
        StringBuilder help = new StringBuilder();
        for (Command command : Commands.all()) {
            String usage = command.names().get(0) + " " + command.argument();
            help.append(String.format(Locale.ROOT, "  %-20s %s%n", usage, command.description()));
        }
        help.append("Everything else is SQL, up to a semicolon; Ctrl-C stops a query.\n");
        conversation.messages().print(help);
        return Next.PROMPT;
    }
}
