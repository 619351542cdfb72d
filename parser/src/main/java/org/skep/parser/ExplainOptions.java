package org.skep.parser;

import java.util.List;
import java.util.Locale;
import org.skep.parser.Statement.Format;
import org.skep.parser.Statement.Mode;
import org.skep.parser.grammar.SkepParser.ExplainModeContext;
import org.skep.parser.grammar.SkepParser.ExplainOptionContext;

/** What follows the word EXPLAIN. */
record ExplainOptions(Mode mode, Format format) {
    static ExplainOptions of(List<ExplainOptionContext> contexts) {
        ExplainOptions options = new ExplainOptions(Mode.PLAN, Format.TEXT);
        for (ExplainOptionContext context : contexts) {
            options = options.with(context);
        }
        return options;
    }

    private ExplainOptions with(ExplainOptionContext context) {
        if (context.explainMode() != null) {
            return new ExplainOptions(mode(context.explainMode()), format);
        }
        if (context.explainFormat() != null) {
            boolean json = context.explainFormat().JSON() != null;
            boolean html = context.explainFormat().HTML() != null;
            return new ExplainOptions(mode, json ? Format.JSON : html ? Format.HTML : Format.TEXT);
        }
        ExplainOptions options = this;
        for (ExplainOptionContext inner : context.explainOption()) {
            options = options.with(inner);
        }
        return options;
    }

    private static Mode mode(ExplainModeContext mode) {
        if (mode.EXTENDED() != null) {
            return Mode.VERBOSE; // Spark's word
        }
        return mode.FORMATTED() != null
                ? Mode.PLAN
                : Mode.valueOf(mode.getText().toUpperCase(Locale.ROOT));
    }
}
