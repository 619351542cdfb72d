package org.skep.shell;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.skep.jdbc.SkepConnection;
import org.skep.jdbc.SkepDriver;
import org.skep.model.error.QueryException;
import org.skep.shell.command.Conversation;
import org.skep.shell.interactive.Prompt;
import org.skep.shell.output.Output;
import org.skep.shell.output.OutputFormat;
import org.skep.shell.output.ProgressLine;
import org.skep.shell.run.Display;
import org.skep.shell.run.Interrupts;
import org.skep.shell.run.Script;
import org.skep.shell.run.ScriptRunner;
import org.skep.shell.run.StatementRunner;
import org.skep.shell.run.Variables;
import sun.misc.Signal;

/** The program {@code skep}. */
public final class Main {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int INTERRUPTED = 130;
    static final int BROKEN_PIPE = 141;

    private final InputStream in;
    private final Output out;
    private final PrintStream err;
    private final Terminals terminals;
    private final Interrupts interrupts = new Interrupts();

    Main(InputStream in, OutputStream out, PrintStream err, Terminals terminals) {
        this.in = in;
        this.out = new Output(out);
        this.err = err;
        this.terminals = terminals;
    }

    public static void main(String[] arguments) {
        PrintStream err =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Main main =
                new Main(
                        new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                        new FileOutputStream(FileDescriptor.out),
                        err,
                        Terminals.detect());
        Signal.handle(
                new Signal("INT"),
                signal -> {
                    if (!main.interrupts.interrupt()) {
                        Runtime.getRuntime().halt(INTERRUPTED);
                    }
                });
        System.exit(main.run(arguments));
    }

    /** Does what the arguments say; returns the exit code. */
    int run(String... arguments) {
        try {
            Options options = CommandLine.parse(arguments);
            return switch (options.task()) {
                case HELP -> print(resource("help.txt"));
                case VERSION -> print("skep " + new SkepDriver().version() + "\n");
                case RUN -> run(options);
            };
        } catch (CommandLine.UsageException e) {
            err.println("skep: " + e.getMessage());
            err.println("try: skep --help");
            return USAGE;
        } catch (Output.OutputClosed e) {
            if (e.brokenPipe()) {
                return BROKEN_PIPE;
            }
            err.println("error: cannot write the output: " + e.getMessage());
            return FAILED;
        } catch (SQLException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private int print(String text) {
        out.print(text).flush();
        return OK;
    }

    private int run(Options options) throws SQLException {
        List<Script> scripts;
        try {
            scripts = scripts(options);
        } catch (QueryException e) {
            err.print(e.render(null));
            return FAILED;
        }
        boolean prompt = scripts.isEmpty();
        Display display = display(options, prompt);
        try (SkepConnection connection = connect(options)) {
            ProgressLine progress =
                    terminals.err() && options.talk() != Options.Talk.QUIET
                            ? new ProgressLine(err)
                            : null;
            if (progress != null) {
                connection.listen(progress);
            }
            StatementRunner runner =
                    new StatementRunner(connection, out, err, display, interrupts, progress);
            ScriptRunner scriptRunner =
                    new ScriptRunner(connection, runner, new Variables(options.variables()), err);
            if (prompt) {
                new Prompt(
                                new Conversation(connection, runner, scriptRunner, display, err),
                                interrupts)
                        .run();
                return OK;
            }
            for (Script script : scripts) {
                if (!scriptRunner.run(script)) {
                    return interrupts.interrupted() ? INTERRUPTED : FAILED;
                }
            }
            return OK;
        }
    }

    /** Read before anything runs, so that a missing file is found before the first has effects. */
    private List<Script> scripts(Options options) {
        List<Script> scripts = new ArrayList<>();
        for (Options.Source source : options.sources()) {
            if (source instanceof Options.Source.Text text) {
                scripts.add(Script.typed(text.sql()));
            } else if (source instanceof Options.Source.File file) {
                scripts.add(file.name().equals("-") ? standardInput() : Script.file(file.name()));
            }
        }
        if (scripts.isEmpty() && !terminals.in()) {
            scripts.add(standardInput());
        }
        return scripts;
    }

    private Script standardInput() {
        try {
            return new Script("<stdin>", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read standard input", e);
        }
    }

    private Display display(Options options, boolean prompt) {
        boolean quiet = options.talk() == Options.Talk.QUIET;
        boolean footer =
                prompt || options.talk() == Options.Talk.TIMING || terminals.err() && !quiet;
        return new Display(
                options.format() == null ? OutputFormat.TABLE : options.format(),
                footer && !quiet ? Display.Footer.ROWS_AND_TIME : Display.Footer.NONE,
                quiet ? Display.Warnings.HIDDEN : Display.Warnings.SHOWN,
                options.maxRows());
    }

    /** Not through DriverManager, which would load every driver on the class path. */
    private static SkepConnection connect(Options options) throws SQLException {
        String warehouse = options.warehouse() == null ? "" : options.warehouse();
        Properties properties = new Properties();
        if (options.schema() != null) {
            properties.setProperty("schema", options.schema());
        }
        for (Map.Entry<String, String> setting : options.settings().entrySet()) {
            properties.setProperty(setting.getKey(), setting.getValue());
        }
        Connection connection = new SkepDriver().connect("jdbc:skep:" + warehouse, properties);
        return connection.unwrap(SkepConnection.class);
    }

    private static String resource(String name) {
        try (InputStream text = Main.class.getResourceAsStream(name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
