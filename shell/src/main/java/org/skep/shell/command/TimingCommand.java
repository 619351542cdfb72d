package org.skep.shell.command;

import java.util.List;
import org.skep.shell.run.Display;

/** Switches the line after each statement off and on. */
final class TimingCommand implements Command {
    @Override
    public List<String> names() {
        return List.of("\\timing");
    }

    @Override
    public String argument() {
        return "";
    }

    @Override
    public String description() {
        return "rows and time after each statement: off, and on again";
    }

    @Override
    public Next run(Conversation conversation, String argument) {
        Display display = conversation.display();
        boolean on = display.footer() == Display.Footer.NONE;
        display.show(on ? Display.Footer.ROWS_AND_TIME : Display.Footer.NONE);
        conversation.messages().println("timing is " + (on ? "on" : "off"));
        return Next.PROMPT;
    }
}
