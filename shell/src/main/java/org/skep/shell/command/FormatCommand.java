package org.skep.shell.command;

import java.util.List;
import java.util.Optional;
import org.skep.shell.output.OutputFormat;

/** Shows or changes the format of results. */
final class FormatCommand implements Command {
    @Override
    public List<String> names() {
        return List.of("\\format");
    }

    @Override
    public String argument() {
        return "[format]";
    }

    @Override
    public String description() {
        return "shows or changes the format: " + String.join(", ", OutputFormat.labels());
    }

    @Override
    public Next run(Conversation conversation, String argument) {
        Optional<OutputFormat> format = OutputFormat.of(argument);
        if (argument.isEmpty()) {
            conversation.messages().println("format is " + conversation.display().format().label());
        } else if (format.isEmpty()) {
            conversation
                    .messages()
                    .printf(
                            "no format '%s'; formats are %s%n",
                            argument, String.join(", ", OutputFormat.labels()));
        } else {
            conversation.display().show(format.get());
        }
        return Next.PROMPT;
    }
}
