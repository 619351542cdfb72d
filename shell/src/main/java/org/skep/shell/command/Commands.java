package org.skep.shell.command;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.skep.model.error.Suggestion;

/** All commands of the prompt. */
public final class Commands {
    private static final List<Command> ALL =
            List.of(
                    new HelpCommand(),
                    new TablesCommand(),
                    new DescribeCommand(),
                    new SchemasCommand(),
                    new FunctionsCommand(),
                    new FormatCommand(),
                    new VerticalCommand(),
                    new TimingCommand(),
                    new SetCommand(),
                    new IncludeCommand(),
                    new QuitCommand());

    private static final List<String> BARE_WORDS = List.of("quit", "exit", "help");

    private Commands() {}

    static List<Command> all() {
        return ALL;
    }

    /** Every name of every command. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        ALL.forEach(command -> names.addAll(command.names()));
        return names;
    }

    /** Whether a line is for {@link #run} rather than SQL. */
    public static boolean accepts(String line) {
        String stripped = line.strip();
        return stripped.startsWith("\\") || BARE_WORDS.contains(bare(stripped));
    }

    private static String bare(String line) {
        String word = line.endsWith(";") ? line.substring(0, line.length() - 1) : line;
        return word.strip().toLowerCase(Locale.ROOT);
    }

    /** Runs a command line; whether the conversation goes on. */
    public static boolean run(Conversation conversation, String line) {
        String stripped = line.strip();
        String typed = stripped.startsWith("\\") ? stripped : "\\" + bare(stripped);
        int space = typed.indexOf(' ');
        String name = space < 0 ? typed : typed.substring(0, space);
        String argument = space < 0 ? "" : typed.substring(space).strip();
        if (argument.endsWith(";")) {
            argument = argument.substring(0, argument.length() - 1).strip();
        }
        for (Command command : ALL) {
            if (command.names().contains(name)) {
                return run(command, conversation, argument);
            }
        }
        String near = Suggestion.hint(name, names());
        conversation
                .messages()
                .printf(
                        "no command '%s'; %s%n",
                        name, near != null ? near : "\\? lists the commands");
        return true;
    }

    private static boolean run(Command command, Conversation conversation, String argument) {
        try {
            return command.run(conversation, argument) == Command.Next.PROMPT;
        } catch (SQLException e) {
            conversation.messages().println(e.getMessage());
            return true;
        }
    }
}
