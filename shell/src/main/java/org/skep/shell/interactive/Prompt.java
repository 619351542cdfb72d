package org.skep.shell.interactive;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.skep.shell.command.Commands;
import org.skep.shell.command.Conversation;
import org.skep.shell.run.Interrupts;
import org.skep.shell.run.Script;

/** Reads statements and commands from a terminal and runs them, until the user ends it. */
public final class Prompt {
    private static final String FIRST = "skep> ";
    private static final String NEXT = " ...> ";

    private final Conversation conversation;
    private final Interrupts interrupts;
    private final KnownNames names;

    public Prompt(Conversation conversation, Interrupts interrupts) {
        this.conversation = conversation;
        this.interrupts = interrupts;
        this.names = new KnownNames(conversation.connection());
    }

    /**
     * Returns when the user has ended the conversation.
     *
     * @throws SQLException when the connection is lost
     */
    public void run() throws SQLException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
            // while a line is read the editor handles Ctrl-C itself
            terminal.handle(Terminal.Signal.INT, signal -> interrupts.interrupt());
            LineReader reader = reader(terminal);
            conversation
                    .messages()
                    .println("Skep: SQL up to a semicolon, \\? for help, \\q to end");
            boolean more = true;
            while (more) {
                more = answer(reader);
            }
        } catch (IOException e) {
            throw new SQLException("cannot use the terminal: " + e.getMessage(), e);
        }
    }

    private boolean answer(LineReader reader) {
        String line;
        try {
            line = reader.readLine(FIRST);
        } catch (UserInterruptException e) {
            return true; // Ctrl-C at the prompt drops what was typed
        } catch (EndOfFileException e) {
            return false;
        }
        interrupts.forget();
        if (line.isBlank()) {
            return true;
        }
        if (Commands.accepts(line)) {
            return Commands.run(conversation, line);
        }
        conversation.scripts().runLiterally(Script.typed(line));
        names.forget();
        return true;
    }

    private LineReader reader(Terminal terminal) throws SQLException {
        List<String> keywords = conversation.connection().keywords();
        Set<String> upper = new HashSet<>();
        keywords.forEach(keyword -> upper.add(keyword.toUpperCase(Locale.ROOT)));
        Path history = Path.of(System.getProperty("user.home"), ".skep", "history");
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("skep")
                .parser(new StatementParser())
                .highlighter(new SqlHighlighter(upper))
                .completer(
                        new SqlCompleter(
                                List.copyOf(upper), conversation.connection().functions(), names))
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, NEXT)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .build();
    }
}
