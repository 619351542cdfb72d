package org.skep.parser;

import static org.skep.parser.grammar.SkepLexer.*;

import java.util.Arrays;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** Pairs parentheses and brackets while tokens come in, and finds out which hold a query. */
final class Nesting {
    private final List<CommonToken> tokens;
    private int[] open = new int[16];
    private int depth;
    private int cases;
    private int types;
    private int deepest;

    /** By the index of a parenthesis that opens a query, of the one that closes it. */
    private int[] queryEnds = new int[0];

    Nesting(List<CommonToken> tokens) {
        this.tokens = tokens;
    }

    int deepest() {
        return deepest;
    }

    void add(CommonToken token) {
        int index = token.getTokenIndex();
        switch (token.getType()) {
            case LPAREN, LBRACKET -> push(index);
            case RPAREN -> closeParenthesis(token);
            case RBRACKET -> pop(token, LBRACKET, "[");
            case CASE -> cases++;
            case END -> cases = Math.max(0, cases - 1);
            case LT -> types += index > 0 && opensType(tokens.get(index - 1).getType()) ? 1 : 0;
            case GT -> types = Math.max(0, types - 1);
            case SELECT, WITH, FROM, VALUES, TABLE -> markQuery(index - 1);
            default -> {
                return;
            }
        }
        deepest = Math.max(deepest, depth + cases + types);
        if (deepest > SqlParser.MAX_DEPTH) {
            throw tooDeep(token);
        }
    }

    void end() {
        if (depth > 0) {
            CommonToken opened = tokens.get(open[depth - 1]);
            String sign = opened.getText();
            throw new QueryException(
                    ErrorCode.SYNTAX_ERROR,
                    Places.position(opened),
                    "'%s' is never closed".formatted(sign),
                    "add the missing '%s'".formatted(sign.equals("(") ? ")" : "]"));
        }
    }

    static QueryException tooDeep(CommonToken token) {
        return Tokens.limit(
                Places.position(token),
                "statement is nested more than %,d levels deep".formatted(SqlParser.MAX_DEPTH),
                "name parts of it in a WITH clause");
    }

    private static boolean opensType(int type) {
        return type == ARRAY || type == MAP || type == STRUCT;
    }

    private void push(int index) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
        }
        open[depth++] = index;
    }

    private CommonToken pop(CommonToken closing, int opening, String sign) {
        if (depth == 0) {
            throw new QueryException(
                    ErrorCode.SYNTAX_ERROR,
                    Places.position(closing),
                    "'%s' without a '%s' before it".formatted(closing.getText(), sign),
                    "remove it, or open it with '%s' where it should begin".formatted(sign));
        }
        CommonToken opened = tokens.get(open[--depth]);
        boolean fits =
                opened.getType() == opening
                        || (opening == LPAREN && opened.getType() == QUERY_LPAREN);
        if (!fits) {
            throw new QueryException(
                    ErrorCode.SYNTAX_ERROR,
                    Places.position(closing),
                    "'%s' where the '%s' of line %d, column %d is still open"
                            .formatted(
                                    closing.getText(),
                                    opened.getText(),
                                    opened.getLine(),
                                    opened.getCharPositionInLine() + 1),
                    "close what was opened last first");
        }
        return opened;
    }

    private void markQuery(int before) {
        if (before >= 0 && tokens.get(before).getType() == LPAREN) {
            tokens.get(before).setType(QUERY_LPAREN);
        }
    }

    /**
     * {@code ((SELECT 1) UNION (SELECT 2))} is a query as its inner parenthesis is one and the
     * query goes on after it; {@code ((SELECT 1) + 2)} is not.
     */
    private void closeParenthesis(CommonToken closing) {
        CommonToken opened = pop(closing, LPAREN, "(");
        int index = opened.getTokenIndex();
        boolean wrapsQuery =
                opened.getType() == LPAREN
                        && tokens.get(index + 1).getType() == QUERY_LPAREN
                        && continuesQuery(tokens.get(queryEnds[index + 1] + 1))
                        && !isOnlyArgument(index, tokens.get(queryEnds[index + 1] + 1));
        if (wrapsQuery) {
            opened.setType(QUERY_LPAREN);
        }
        if (opened.getType() == QUERY_LPAREN) {
            remember(index, closing.getTokenIndex());
        }
    }

    /** {@code lower((SELECT 'A'))} is a call, whose argument is a query. */
    private boolean isOnlyArgument(int opened, Token afterQuery) {
        if (opened == 0 || afterQuery.getType() != RPAREN) {
            return false;
        }
        return switch (tokens.get(opened - 1).getType()) {
            case IDENTIFIER,
                    DOUBLE_QUOTED,
                    BACKTICKED,
                    DATE,
                    FIRST,
                    LAST,
                    LEFT,
                    MAP,
                    REPLACE,
                    RIGHT,
                    ROW,
                    STRUCT,
                    TIMESTAMP,
                    TRIM,
                    UNNEST ->
                    true;
            default -> false;
        };
    }

    private void remember(int index, int end) {
        if (index >= queryEnds.length) {
            queryEnds = Arrays.copyOf(queryEnds, Math.max(64, 2 * index));
        }
        queryEnds[index] = end;
    }

    private static boolean continuesQuery(Token token) {
        return switch (token.getType()) {
            case RPAREN, UNION, EXCEPT, MINUS, INTERSECT, ORDER, LIMIT, OFFSET, FETCH -> true;
            default -> false;
        };
    }
}
