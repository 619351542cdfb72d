package org.skep.shell.command;

import java.util.List;
import org.skep.shell.output.OutputFormat;
import org.skep.shell.run.Display;

/** Turns tables on their side, and back. */
final class VerticalCommand implements Command {
    @Override
    public List<String> names() {
        return List.of("\\x");
    }

    @Override
    public String argument() {
        return "";
    }

    @Override
    public String description() {
        return "a line for each value instead of a table, and back";
    }

    @Override
    public Next run(Conversation conversation, String argument) {
        Display display = conversation.display();
        display.show(
                display.format() == OutputFormat.VERTICAL
                        ? OutputFormat.TABLE
                        : OutputFormat.VERTICAL);
        conversation.messages().println("format is " + display.format().label());
        return Next.PROMPT;
    }
}
