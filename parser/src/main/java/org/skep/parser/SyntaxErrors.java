package org.skep.parser;

import static org.skep.parser.grammar.SkepLexer.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;

/**
 * Says what is wrong with a statement. A guess at what was meant is tried: the statement with the
 * guess put in is parsed again, and only a guess that gets the parser further is told.
 */
final class SyntaxErrors {
    private static final Set<String> OTHER_STATEMENTS =
            Set.of(
                    "grant", "revoke", "copy", "export", "cache", "refresh", "msck", "call",
                    "iterate", "attach", "install", "pragma", "vacuum");

    private static final int MOST_GUESSES = 4;

    private final List<CommonToken> tokens;
    private final Function<List<CommonToken>, Grammar.Failure> parse;

    SyntaxErrors(List<CommonToken> tokens, Function<List<CommonToken>, Grammar.Failure> parse) {
        this.tokens = tokens;
        this.parse = parse;
    }

    QueryException explain(Grammar.Failure failure) {
        int at = failure.token().getTokenIndex();
        QueryException guess = otherStatement(at);
        guess = guess != null ? guess : misspelt(at);
        guess = guess != null ? guess : misspelt(at - 1);
        guess = guess != null ? guess : surplusComma(at);
        guess = guess != null ? guess : clauseOrder(at);
        guess = guess != null ? guess : reservedWord(at);
        guess = guess != null ? guess : missingComma(at);
        return guess != null ? guess : plain(failure, at);
    }

    private QueryException plain(Grammar.Failure failure, int at) {
        String expected = Expectation.of(failure.expected());
        String message;
        if (failure.token().getType() == Token.EOF) {
            message = at == 0 ? "there is no statement" : "the statement ends too early";
        } else {
            message = "unexpected %s".formatted(shown(failure.token()));
        }
        String after = at > 0 ? " after %s".formatted(shown(tokens.get(at - 1))) : "";
        String wanted = expected == null ? "" : ": expected " + expected;
        return error(failure.token(), message + after + wanted, null);
    }

    private QueryException otherStatement(int at) {
        boolean atStart = at == 0 && tokens.get(0).getType() == IDENTIFIER;
        String word = tokens.get(at).getText().toLowerCase(Locale.ROOT);
        if (atStart && OTHER_STATEMENTS.contains(word)) {
            return new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    Places.position(tokens.get(at)),
                    "there is no %s statement".formatted(word.toUpperCase(Locale.ROOT)),
                    "there are queries, INSERT, DELETE, UPDATE, MERGE, TRUNCATE, CREATE, ALTER, DROP,"
                            + " ROLLBACK, EXPIRE, REMOVE, SHOW, DESCRIBE, EXPLAIN, SET and USE");
        }
        return null;
    }

    private QueryException misspelt(int at) {
        if (at < 0 || tokens.get(at).getType() != IDENTIFIER) {
            return null;
        }
        CommonToken token = tokens.get(at);
        List<String> candidates = new ArrayList<>(Tokens.keywords());
        for (int tries = 0; tries < MOST_GUESSES; tries++) {
            String word = Suggestion.closest(token.getText(), candidates).orElse(null);
            if (word == null) {
                return null;
            }
            if (getsTo(replaced(at, Tokens.typeOf(word)), at + 1)) {
                return error(
                        token,
                        "unexpected %s".formatted(shown(token)),
                        "did you mean %s?".formatted(word));
            }
            candidates.remove(word);
        }
        return null;
    }

    private List<CommonToken> replaced(int at, int type) {
        CommonToken other = new CommonToken(tokens.get(at));
        other.setType(type);
        List<CommonToken> changed = new ArrayList<>(tokens);
        changed.set(at, other);
        return changed;
    }

    private QueryException surplusComma(int at) {
        if (at == 0 || tokens.get(at - 1).getType() != COMMA) {
            return null;
        }
        List<CommonToken> changed = new ArrayList<>(tokens);
        changed.remove(at - 1);
        String before = tokens.get(at).getType() == Token.EOF ? "the end" : shown(tokens.get(at));
        return getsTo(changed, at)
                ? error(
                        tokens.get(at - 1),
                        "unexpected ',' before %s".formatted(before),
                        "remove the comma")
                : null;
    }

    private QueryException missingComma(int at) {
        if (at == 0 || tokens.get(at).getType() == Token.EOF) {
            return null;
        }
        CommonToken comma = new CommonToken(tokens.get(at));
        comma.setType(COMMA);
        List<CommonToken> changed = new ArrayList<>(tokens);
        changed.add(at, comma);
        return getsTo(changed, at + 3)
                ? error(
                        tokens.get(at),
                        "unexpected %s after %s"
                                .formatted(shown(tokens.get(at)), shown(tokens.get(at - 1))),
                        "is a comma missing before it?")
                : null;
    }

    private QueryException reservedWord(int at) {
        CommonToken token = tokens.get(at);
        if (!Tokens.isKeyword(token.getType())) {
            return null;
        }
        boolean clause =
                token.getType() == ORDER || token.getType() == GROUP
                        ? tokens.get(at + 1).getType() == BY
                        : Clauses.rank(token.getType()) >= 0;
        return !clause && getsTo(replaced(at, IDENTIFIER), at + 2)
                ? error(
                        token,
                        "%s is a reserved word".formatted(shown(token)),
                        "to use it as a name, quote it: \"%s\"".formatted(token.getText()))
                : null;
    }

    private QueryException clauseOrder(int at) {
        int wrong = Clauses.firstAfter(tokens, at);
        if (wrong < 0) {
            return null;
        }
        String here = Clauses.name(tokens.get(at).getType());
        String earlier = Clauses.name(tokens.get(wrong).getType());
        return error(
                tokens.get(at),
                here.equals(earlier)
                        ? "a second %s".formatted(here)
                        : "unexpected %s after %s".formatted(here, earlier),
                here.equals(earlier)
                        ? "a query has one %s".formatted(here)
                        : "%s goes before %s".formatted(here, earlier));
    }

    /** Whether parsing other tokens fails, if at all, only at or after token {@code index}. */
    private boolean getsTo(List<CommonToken> changed, int index) {
        Grammar.Failure failure = parse.apply(changed);
        return failure == null || failure.token().getTokenIndex() > index;
    }

    private static QueryException error(Token token, String message, String hint) {
        Position place = Places.position(token);
        return new QueryException(ErrorCode.SYNTAX_ERROR, place, message, hint);
    }

    private static String shown(Token token) {
        String text = token.getType() == Token.EOF ? "end of statement" : token.getText();
        String cut = text.length() > 40 ? text.substring(0, 39) + "…" : text;
        return token.getType() == Token.EOF || cut.startsWith("'") ? cut : ("'" + cut + "'");
    }
}
