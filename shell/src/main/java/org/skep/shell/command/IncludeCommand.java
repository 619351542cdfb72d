package org.skep.shell.command;

import java.util.List;
import org.skep.model.error.QueryException;
import org.skep.shell.run.Script;

/** Runs a script. */
final class IncludeCommand implements Command {
    @Override
    public List<String> names() {
        return List.of("\\i");
    }

    @Override
    public String argument() {
        return "file";
    }

    @Override
    public String description() {
        return "runs a script";
    }

    @Override
    public Next run(Conversation conversation, String argument) {
        if (argument.isEmpty()) {
            conversation.messages().println("usage: \\i file");
            return Next.PROMPT;
        }
        try {
            conversation.scripts().run(Script.file(unquoted(argument)));
        } catch (QueryException e) {
            conversation.messages().print(e.render(null));
        }
        return Next.PROMPT;
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() > 1 && name.startsWith("'") && name.endsWith("'");
        return quoted ? name.substring(1, name.length() - 1) : name;
    }
}
