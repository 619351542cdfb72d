package org.skep.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.error.Suggestion;
import org.skep.shell.Options.Source;
import org.skep.shell.Options.Talk;
import org.skep.shell.Options.Task;
import org.skep.shell.output.OutputFormat;

/**
 * Reads the arguments. By hand: an argument parsing library would take longer to start than a small
 * query takes to run.
 */
final class CommandLine {
    private static final List<String> OPTIONS =
            List.of(
                    "-e",
                    "-f",
                    "--execute",
                    "--file",
                    "--format",
                    "--var",
                    "--warehouse",
                    "--schema",
                    "--cluster",
                    "--set",
                    "--timing",
                    "--quiet",
                    "--silent",
                    "--max-rows",
                    "--version",
                    "--help");

    private final String[] arguments;
    private int next;
    private Task task = Task.RUN;
    private final List<Source> sources = new ArrayList<>();
    private OutputFormat format;
    private String warehouse;
    private String schema;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private Talk talk = Talk.NORMAL;
    private long maxRows;

    private CommandLine(String[] arguments) {
        this.arguments = arguments;
    }

    /** The arguments cannot be understood; the message says why. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static Options parse(String... arguments) throws UsageException {
        return new CommandLine(arguments).parse();
    }

    private Options parse() throws UsageException {
        boolean files = false;
        boolean onlyFiles = false;
        while (next < arguments.length) {
            String argument = arguments[next++];
            if (!files && sources.isEmpty() && argument.equals("run")) {
                files = true;
            } else if (onlyFiles || !argument.startsWith("-") || argument.equals("-")) {
                if (!files) {
                    throw unexpected(argument);
                }
                sources.add(new Source.File(argument));
            } else if (argument.equals("--")) {
                onlyFiles = true;
            } else {
                option(argument);
            }
        }
        if (files && sources.isEmpty() && task == Task.RUN) {
            throw new UsageException("run needs a file: skep run FILE…");
        }
        return new Options(
                task, sources, format, warehouse, schema, settings, variables, talk, maxRows);
    }

    private void option(String argument) throws UsageException {
        int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
        String name = equals < 0 ? argument : argument.substring(0, equals);
        String inline = equals < 0 ? null : argument.substring(equals + 1);
        switch (name) {
            case "-e", "--execute" -> sources.add(new Source.Text(value(name, inline)));
            case "-f", "--file" -> sources.add(new Source.File(value(name, inline)));
            case "--format" -> format = format(value(name, inline));
            case "--warehouse" -> warehouse = value(name, inline);
            case "--schema" -> schema = value(name, inline);
            case "--cluster" -> settings.put("cluster", value(name, inline));
            case "--var" -> pair(name, value(name, inline), variables);
            case "--set" -> pair(name, value(name, inline), settings);
            case "--max-rows" -> maxRows = number(name, value(name, inline));
            case "--timing" -> flag(name, inline, Talk.TIMING);
            case "-q", "--quiet", "--silent" -> flag(name, inline, Talk.QUIET);
            case "-h", "--help" -> task = Task.HELP;
            case "-V", "--version" -> task = Task.VERSION;
            default -> throw unknown(name);
        }
    }

    private String value(String name, String inline) throws UsageException {
        if (inline != null) {
            return inline;
        }
        if (next == arguments.length) {
            throw new UsageException(name + " needs a value");
        }
        return arguments[next++];
    }

    private void flag(String name, String inline, Talk value) throws UsageException {
        if (inline != null) {
            throw new UsageException(name + " takes no value");
        }
        talk = value;
    }

    private static void pair(String name, String text, Map<String, String> pairs)
            throws UsageException {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new UsageException("%s needs name=value, not '%s'".formatted(name, text));
        }
        pairs.put(text.substring(0, equals).strip(), text.substring(equals + 1));
    }

    private static long number(String name, String text) throws UsageException {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new UsageException("%s needs a number, not '%s'".formatted(name, text));
    }

    private static OutputFormat format(String label) throws UsageException {
        return OutputFormat.of(label)
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "no format '%s': formats are %s"
                                                .formatted(
                                                        label,
                                                        String.join(", ", OutputFormat.labels()))));
    }

    private static UsageException unknown(String name) {
        String near = Suggestion.hint(name, OPTIONS);
        return new UsageException(
                "no option '%s'%s".formatted(name, near == null ? "" : ": " + near));
    }

    private static UsageException unexpected(String argument) {
        String near =
                Suggestion.closest(argument, List.of("run", "classpath", "jvmflags")).orElse(null);
        if (near != null) {
            return new UsageException(
                    "no command '%s': did you mean '%s'?".formatted(argument, near));
        }
        return new UsageException(
                argument.indexOf(' ') > 0
                        ? "to run a statement write: skep -e \"%s\"".formatted(argument)
                        : "no command '%s': to run a script write: skep run %s"
                                .formatted(argument, argument));
    }
}
