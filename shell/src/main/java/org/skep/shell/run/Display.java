package org.skep.shell.run;

import org.skep.shell.output.OutputFormat;

/** How results are shown; changed by options and by shell commands. */
public final class Display {
    /** What is said about a statement that succeeded. */
    public enum Footer {
        NONE,
        /** How many rows, and how long it took. */
        ROWS_AND_TIME
    }

    /** Whether warnings are shown. */
    public enum Warnings {
        SHOWN,
        HIDDEN
    }

    private OutputFormat format;
    private Footer footer;
    private final Warnings warnings;
    private final long maxRows;

    /**
     * @param maxRows rows shown of each result; 0 for all
     */
    public Display(OutputFormat format, Footer footer, Warnings warnings, long maxRows) {
        this.format = format;
        this.footer = footer;
        this.warnings = warnings;
        this.maxRows = maxRows;
    }

    public OutputFormat format() {
        return format;
    }

    public void show(OutputFormat other) {
        format = other;
    }

    public Footer footer() {
        return footer;
    }

    public void show(Footer other) {
        footer = other;
    }

    public Warnings warnings() {
        return warnings;
    }

    public long maxRows() {
        return maxRows;
    }
}
