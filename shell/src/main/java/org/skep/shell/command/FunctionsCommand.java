package org.skep.shell.command;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.skep.shell.output.ListedRows;

/** Lists functions. */
final class FunctionsCommand implements Command {
    @Override
    public List<String> names() {
        return List.of("\\df");
    }

    @Override
    public String argument() {
        return "[text]";
    }

    @Override
    public String description() {
        return "functions, or those with this text in their names";
    }

    @Override
    public Next run(Conversation conversation, String argument) throws SQLException {
        String wanted = argument.toLowerCase(Locale.ROOT);
        List<List<String>> names =
                conversation.connection().functions().stream()
                        .filter(name -> name.contains(wanted))
                        .sorted()
                        .map(List::of)
                        .toList();
        conversation.runner().print(new ListedRows(ListedRows.texts("function"), names));
        return Next.PROMPT;
    }
}
