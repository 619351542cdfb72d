package org.skep.parser;

import static org.skep.parser.grammar.SkepLexer.*;

import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/** The order of a query's clauses, to tell a user who has mixed it up. */
final class Clauses {
    private Clauses() {}

    /** Where a clause that begins with this word comes in a query; -1 if none does. */
    static int rank(int type) {
        return switch (type) {
            case FROM -> 0;
            case WHERE -> 1;
            case GROUP -> 2;
            case HAVING -> 3;
            case QUALIFY -> 4;
            case ORDER -> 5;
            case LIMIT -> 6;
            default -> -1;
        };
    }

    static String name(int type) {
        return switch (type) {
            case GROUP -> "GROUP BY";
            case ORDER -> "ORDER BY";
            default -> VOCABULARY.getSymbolicName(type);
        };
    }

    /**
     * The first clause of the same query before token {@code at} that belongs after it; -1 if there
     * is none or the token begins no clause.
     */
    static int firstAfter(List<CommonToken> tokens, int at) {
        int rank = rank(tokens.get(at).getType());
        int found = -1;
        int depth = 0;
        for (int i = at - 1; i >= 0 && rank >= 0 && depth >= 0; i--) {
            Token token = tokens.get(i);
            switch (token.getType()) {
                case RPAREN -> depth++;
                case LPAREN, QUERY_LPAREN -> depth--;
                case SELECT, UNION, EXCEPT, INTERSECT, MINUS -> {
                    if (depth == 0) {
                        return found;
                    }
                }
                default -> {
                    if (depth == 0 && rank(token.getType()) >= rank) {
                        found = i;
                    }
                }
            }
        }
        return found;
    }
}
