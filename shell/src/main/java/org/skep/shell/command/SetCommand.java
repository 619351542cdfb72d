package org.skep.shell.command;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.skep.shell.output.ListedRows;

/** Shows or changes settings. */
final class SetCommand implements Command {
    @Override
    public List<String> names() {
        return List.of("\\set");
    }

    @Override
    public String argument() {
        return "[name value]";
    }

    @Override
    public String description() {
        return "shows the settings, or changes one";
    }

    @Override
    public Next run(Conversation conversation, String argument) throws SQLException {
        if (argument.isEmpty()) {
            List<List<String>> settings = new ArrayList<>();
            conversation
                    .connection()
                    .settings()
                    .forEach((name, value) -> settings.add(List.of(name, value)));
            conversation
                    .runner()
                    .print(new ListedRows(ListedRows.texts("setting", "value"), settings));
            return Next.PROMPT;
        }
        String[] parts = argument.split("\\s*=\\s*|\\s+", 2);
        if (parts.length < 2) {
            conversation.messages().println("usage: \\set name value");
        } else {
            conversation.connection().set(parts[0], parts[1]);
        }
        return Next.PROMPT;
    }
}
