package org.skep.parser;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.skep.model.error.QueryException;

/** The way in: SQL text to statements. */
public final class SqlParser {
    /** The most characters of a statement. */
    public static final int MAX_LENGTH = 16 << 20;

    /** The most words and signs of a statement. */
    public static final int MAX_TOKENS = 2_000_000;

    /**
     * The most levels that parentheses may be nested and that syntax handed out may be deep. A
     * stack of 64 MB is ample for walking it.
     */
    public static final int MAX_DEPTH = 1_000;

    private SqlParser() {}

    /**
     * Parses one statement; semicolons after it are allowed.
     *
     * @throws QueryException with the place when {@code sql} is not a statement, or one too large
     */
    public static Statement parse(String sql) {
        Statement setting = SettingStatement.parse(sql);
        if (setting != null) {
            return setting;
        }
        Tokens tokens = Tokens.of(sql);
        return DeepStack.call(
                tokens.depth(),
                () -> new CommandTranslation().statement(Grammar.statement(tokens)));
    }

    /** Parses a single expression, for example a condition kept in a catalog. */
    public static SqlNode expression(String text) {
        Tokens tokens = Tokens.of(text);
        return DeepStack.call(
                tokens.depth(),
                () -> {
                    ExpressionTranslation expressions = new QueryTranslation().expressions();
                    return TreeDepth.checked(
                            expressions.expression(Grammar.expression(tokens).expression()));
                });
    }

    /** Whether a word, written without quotes, is the name of a column or table. */
    public static boolean isName(String word) {
        try {
            return expression(word) instanceof SqlIdentifier name && name.isSimple();
        } catch (QueryException reserved) {
            return false;
        }
    }

    /**
     * Splits a script at its semicolons, minding strings, quoted names and comments, without
     * parsing the statements. Stretches without a token give no statement. After something that is
     * never closed the rest is one statement that is not terminated.
     */
    public static List<ParsedStatement> script(String text) {
        return ScriptSplitter.split(text);
    }

    /** All words that have a meaning somewhere in the grammar, upper case, in order. */
    public static List<String> keywords() {
        return Tokens.keywords();
    }
}
