package org.skep.shell.run;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Locale;
import org.skep.jdbc.Documents;
import org.skep.jdbc.WrittenFiles;
import org.skep.shell.output.DocumentPrinter;
import org.skep.shell.output.Output;
import org.skep.shell.output.OutputFormat;
import org.skep.shell.output.ProgressLine;
import org.skep.shell.output.ResultSetRows;
import org.skep.shell.output.RowPrinter;
import org.skep.shell.output.Rows;

/** Runs one statement: rows to the output, everything else to the messages. */
public final class StatementRunner {
    private final Connection connection;
    private final Output out;
    private final PrintStream messages;
    private final Display display;
    private final Interrupts interrupts;
    private final ProgressLine progress;

    /**
     * @param progress null for none
     */
    public StatementRunner(
            Connection connection,
            Output out,
            PrintStream messages,
            Display display,
            Interrupts interrupts,
            ProgressLine progress) {
        this.connection = connection;
        this.out = out;
        this.messages = messages;
        this.display = display;
        this.interrupts = interrupts;
        this.progress = progress;
    }

    public void run(String sql) throws SQLException {
        long start = System.nanoTime();
        try (Statement statement = connection.createStatement()) {
            interrupts.running(statement);
            if (progress != null) {
                progress.begin();
                out.beforeWriting(progress::end);
            }
            statement.setLargeMaxRows(display.maxRows());
            long rows = execute(statement, sql);
            out.flush();
            end();
            warn(statement.getWarnings());
            if (display.footer() == Display.Footer.ROWS_AND_TIME) {
                messages.println(footer(rows, statement, System.nanoTime() - start));
            }
        } finally {
            end();
        }
    }

    private void end() {
        interrupts.running(null);
        if (progress != null) {
            progress.end();
        }
    }

    /** Rows shown, or -1 for a statement that gives none. */
    private long execute(Statement statement, String sql) throws SQLException {
        if (!statement.execute(sql)) {
            return -1;
        }
        boolean document =
                display.format() == OutputFormat.TABLE
                        && statement.unwrap(Documents.class).givesDocument();
        RowPrinter printer = document ? new DocumentPrinter() : display.format().printer();
        try (ResultSet result = statement.getResultSet()) {
            return printer.print(new ResultSetRows(result), out);
        }
    }

    private static String footer(long shown, Statement statement, long nanos) throws SQLException {
        long written = statement.getLargeUpdateCount();
        String what;
        if (shown >= 0) {
            what = counted(shown, "row");
        } else {
            long files = statement.unwrap(WrittenFiles.class).writtenFiles();
            what = written > 0 ? counted(written, "row") + " written" : "done";
            what += files > 0 ? " to " + counted(files, "file") : "";
        }
        return String.format(Locale.ROOT, "%s (%.2f s)", what, nanos / 1e9);
    }

    /** Prints what the shell itself lists. */
    public void print(Rows rows) throws SQLException {
        display.format().printer().print(rows, out);
        out.flush();
    }

    private static String counted(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    private void warn(SQLWarning first) {
        if (display.warnings() == Display.Warnings.SHOWN) {
            for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
                messages.println("warning: " + warning.getMessage());
            }
        }
    }
}
