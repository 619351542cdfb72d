package org.skep.parser;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.skep.parser.Statement.Format;
import org.skep.parser.Statement.Mode;
import org.skep.parser.grammar.SkepParser.ExplainFormatContext;
import org.skep.parser.grammar.SkepParser.ExplainModeContext;
import org.skep.parser.grammar.SkepParser.ExplainOptionContext;

/** What follows the word EXPLAIN. */
record ExplainOptions(Set<Mode> modes, Format format) {
    static ExplainOptions of(List<ExplainOptionContext> contexts) {
        ExplainOptions options = new ExplainOptions(EnumSet.noneOf(Mode.class), Format.TEXT);
        for (ExplainOptionContext context : contexts) {
            options = options.with(context);
        }
        return options;
    }

    private ExplainOptions with(ExplainOptionContext context) {
        if (context.explainMode() != null) {
            Set<Mode> more = EnumSet.noneOf(Mode.class);
            more.addAll(modes);
            addMode(context.explainMode(), more);
            return new ExplainOptions(more, format);
        }
        if (context.explainFormat() != null) {
            return new ExplainOptions(modes, format(context.explainFormat()));
        }
        ExplainOptions options = this;
        for (ExplainOptionContext inner : context.explainOption()) {
            options = options.with(inner);
        }
        return options;
    }

    private static Format format(ExplainFormatContext format) {
        boolean json = format.JSON() != null;
        return json ? Format.JSON : format.HTML() != null ? Format.HTML : Format.TEXT;
    }

    private static void addMode(ExplainModeContext mode, Set<Mode> modes) {
        if (mode.EXTENDED() != null) {
            modes.add(Mode.VERBOSE); // Spark's word
        } else if (mode.FORMATTED() == null) { // Hive's word for what is shown anyway
            modes.add(Mode.valueOf(mode.getText().toUpperCase(Locale.ROOT)));
        }
    }
}
