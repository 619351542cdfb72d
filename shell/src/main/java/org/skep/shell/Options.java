package org.skep.shell;

import java.util.List;
import java.util.Map;
import org.skep.shell.output.OutputFormat;

/**
 * What the command line asks for.
 *
 * @param task what to do
 * @param sources what to run, in order; none for standard input or the prompt
 * @param format null when not given
 * @param warehouse null for the default one
 * @param schema null for the default one
 * @param settings by name, in the order given
 * @param variables by name
 * @param talk how much is said on standard error
 * @param maxRows rows shown of each result, 0 for all
 */
record Options(
        Task task,
        List<Source> sources,
        OutputFormat format,
        String warehouse,
        String schema,
        Map<String, String> settings,
        Map<String, String> variables,
        Talk talk,
        long maxRows) {
    /** What to do. */
    enum Task {
        /** Run the sources; with none, standard input, or the prompt when that is a terminal. */
        RUN,
        HELP,
        VERSION
    }

    /** How much is said besides errors. */
    enum Talk {
        /** Warnings; on a terminal also rows and time of each statement. */
        NORMAL,
        /** Rows and time of each statement wherever standard error goes. */
        TIMING,
        /** Nothing. */
        QUIET
    }

    /** Something to run. */
    sealed interface Source {
        /** SQL given on the command line. */
        record Text(String sql) implements Source {}

        /** A script's name; {@code -} for standard input. */
        record File(String name) implements Source {}
    }
}
