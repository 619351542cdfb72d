package org.skep.parser;

import static org.skep.parser.grammar.SkepLexer.*;

import org.antlr.v4.runtime.Token;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** What is wrong with a single token: something never closed, or a sign that SQL does not have. */
final class ScanErrors {
    private ScanErrors() {}

    static void check(Token token) {
        switch (token.getType()) {
            case UNCLOSED_STRING ->
                    throw error(
                            token,
                            "string is never closed",
                            "add the closing '; write '' for a quote and \\\\ for a backslash"
                                    + " within the string");
            case UNCLOSED_DOUBLE_QUOTE ->
                    throw error(token, "quoted name is never closed", "add the closing \"");
            case UNCLOSED_BACKTICK ->
                    throw error(token, "quoted name is never closed", "add the closing `");
            case UNCLOSED_COMMENT ->
                    throw error(token, "comment is never closed", "add the closing */");
            case UNKNOWN_CHARACTER -> unknown(token);
            default -> {}
        }
    }

    private static void unknown(Token token) {
        String sign = token.getText();
        String hint =
                switch (sign) {
                    case "‘", "’", "‚", "‛", "´" -> "use straight quotes: '";
                    case "“", "”", "„", "«", "»" ->
                            "use straight quotes: '…' for text, \"…\" for names";
                    case "–", "—", "−" -> "use a plain minus sign: -";
                    case "#" -> "a comment begins with --";
                    case "$" -> "a variable is written ${name} and replaced before parsing";
                    case "!" -> "use NOT, or != to compare";
                    case "\\" -> "a backslash stands only within strings";
                    default -> null;
                };
        throw error(token, "unexpected character '%s'".formatted(sign), hint);
    }

    static boolean isOpen(int type) {
        return switch (type) {
            case UNCLOSED_STRING, UNCLOSED_DOUBLE_QUOTE, UNCLOSED_BACKTICK, UNCLOSED_COMMENT ->
                    true;
            default -> false;
        };
    }

    private static QueryException error(Token token, String message, String hint) {
        return new QueryException(ErrorCode.SYNTAX_ERROR, Places.position(token), message, hint);
    }
}
