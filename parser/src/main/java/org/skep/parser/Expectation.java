package org.skep.parser;

import static org.skep.parser.grammar.SkepLexer.*;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** What a parser would take next, in a few words. */
final class Expectation {
    private static final int MOST = 4;

    /** What to name first when there is much to name. */
    private static final int[] TELLING = {
        RPAREN, RBRACKET, COMMA, AS, BY, FROM, INTO, TABLE, JOIN, ON, USING, THEN, WHEN, END, AND,
        SELECT, SET, IN, LIKE, NULL, WHERE, EQ, STRING
    };

    private Expectation() {}

    /** Null when nothing short can be said. */
    static String of(IntervalSet expected) {
        if (expected.isNil()) {
            return null;
        }
        boolean expression = expected.contains(INTEGER_NUMBER) && expected.contains(CASE);
        boolean name = expected.contains(IDENTIFIER);
        boolean operator = expected.contains(CONCAT);
        List<String> words = new ArrayList<>();
        if (expression) {
            words.add("an expression");
        } else if (name && !operator) {
            words.add("a name");
        }
        if (expected.contains(QUERY_LPAREN) && expected.contains(SELECT)) {
            words.add("a query");
        }
        if (!expression && !name && expected.size() <= MOST) {
            boolean onlyRare = expected.toList().stream().allMatch(Expectation::isRare);
            expected.toList().stream()
                    .filter(type -> onlyRare || !isRare(type))
                    .forEach(type -> add(words, type));
        } else if (!expression) {
            for (int type : TELLING) {
                boolean usual = !name || type != BY && type != SET && type != TABLE;
                if (usual && expected.contains(type) && words.size() < MOST) {
                    add(words, type);
                }
            }
        }
        return words.isEmpty() || operator && words.size() == MOST ? null : joined(words);
    }

    private static boolean isRare(int type) {
        return type == IGNORE || type == RESPECT || type == ORDER;
    }

    private static void add(List<String> words, int type) {
        String word = word(type);
        if (word != null && !words.contains(word)) {
            words.add(word);
        }
    }

    private static String word(int type) {
        if (type == Token.EOF) {
            return "end of statement";
        }
        return switch (type) {
            case STRING, ESCAPE_STRING, RAW_STRING -> "a string";
            case INTEGER_NUMBER, DECIMAL_NUMBER, SCIENTIFIC_NUMBER, SUFFIXED_NUMBER -> "a number";
            case IDENTIFIER, DOUBLE_QUOTED, BACKTICKED, SEMICOLON -> null;
            case QUERY_LPAREN -> "a query in parentheses";
            default ->
                    Tokens.isKeyword(type)
                            ? VOCABULARY.getSymbolicName(type)
                            : VOCABULARY.getLiteralName(type);
        };
    }

    private static String joined(List<String> words) {
        if (words.size() == 1) {
            return words.get(0);
        }
        String head = String.join(", ", words.subList(0, words.size() - 1));
        return head + " or " + words.get(words.size() - 1);
    }
}
