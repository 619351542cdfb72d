package org.skep.parser;

import static org.skep.parser.grammar.SkepLexer.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;
import org.skep.parser.grammar.SkepLexer;

/**
 * The tokens of a statement: words turned into keywords, parentheses paired, those around a query
 * told from the others, and everything refused that is too large or never closed.
 */
final class Tokens {
    private static final Map<String, Integer> KEYWORDS = keywordTypes();

    private final List<CommonToken> tokens = new ArrayList<>();
    private final Nesting nesting = new Nesting(tokens);

    private Tokens() {}

    /**
     * @throws QueryException for a text that cannot be cut into tokens or breaks a limit
     */
    static Tokens of(String sql) {
        if (sql.length() > SqlParser.MAX_LENGTH) {
            throw limit(
                    Position.at(1, 1),
                    "statement of %,d characters is longer than %,d"
                            .formatted(sql.length(), SqlParser.MAX_LENGTH),
                    "load large data from files instead of writing it into the statement");
        }
        Tokens scanned = new Tokens();
        Scanner scanner = new Scanner(sql);
        int previous = Token.EOF;
        for (Token token = scanner.nextToken(); ; token = scanner.nextToken()) {
            CommonToken kept = (CommonToken) token;
            if (kept.getType() == IDENTIFIER) {
                kept.setType(KEYWORDS.getOrDefault(kept.getText().toLowerCase(Locale.ROOT), IDENTIFIER));
            }
            boolean strayHint = kept.getType() == HINT && previous != SELECT;
            if (!strayHint) {
                scanned.add(kept);
            }
            if (kept.getType() == Token.EOF) {
                break;
            }
            previous = kept.getType();
        }
        scanned.nesting.end();
        return scanned;
    }

    private void add(CommonToken token) {
        if (tokens.size() >= SqlParser.MAX_TOKENS) {
            throw limit(
                    Places.position(token),
                    "statement of more than %,d words and signs".formatted(SqlParser.MAX_TOKENS),
                    "load large data from files instead of writing it into the statement");
        }
        ScanErrors.check(token);
        token.setTokenIndex(tokens.size());
        tokens.add(token);
        nesting.add(token);
    }

    List<CommonToken> list() {
        return tokens;
    }

    /** How deep parentheses, brackets, CASE and types are nested. */
    int depth() {
        return nesting.deepest();
    }

    /** All keywords, upper case, in order. */
    static List<String> keywords() {
        TreeSet<String> words = new TreeSet<>();
        KEYWORDS.keySet().forEach(word -> words.add(word.toUpperCase(Locale.ROOT)));
        return List.copyOf(words);
    }

    /** The token type of a keyword in any case, or IDENTIFIER. */
    static int typeOf(String word) {
        return KEYWORDS.getOrDefault(word.toLowerCase(Locale.ROOT), IDENTIFIER);
    }

    static boolean isKeyword(int type) {
        return type > QUERY_LPAREN && type < SEMICOLON;
    }

    static boolean mayHoldLineBreaks(Token token) {
        return switch (token.getType()) {
            case STRING, ESCAPE_STRING, RAW_STRING, HEX_STRING, ESCAPE_BACKSLASH -> true;
            case DOUBLE_QUOTED, BACKTICKED, HINT -> true;
            default -> false;
        };
    }

    static QueryException limit(Position place, String message, String hint) {
        return new QueryException(ErrorCode.LIMIT_EXCEEDED, place, message, hint);
    }

    /** The grammar declares keywords between QUERY_LPAREN and the first sign. */
    private static Map<String, Integer> keywordTypes() {
        Vocabulary vocabulary = SkepLexer.VOCABULARY;
        Map<String, Integer> types = new HashMap<>();
        for (int type = QUERY_LPAREN + 1; type < SEMICOLON; type++) {
            types.put(vocabulary.getSymbolicName(type).toLowerCase(Locale.ROOT), type);
        }
        return types;
    }
}
