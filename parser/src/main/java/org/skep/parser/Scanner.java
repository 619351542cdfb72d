package org.skep.parser;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;
import org.skep.parser.grammar.SkepLexer;

/**
 * The lexer, with comments skipped by hand. Comments nest as the standard has it; a text in which
 * they do not close that way is read as if they did not nest.
 */
final class Scanner extends SkepLexer {
    private static final int NOT_FOUND = -1;

    private boolean nested = true;

    Scanner(String sql) {
        super(CharStreams.fromString(sql));
        removeErrorListeners();
    }

    @Override
    public Token nextToken() {
        Token token = super.nextToken();
        while (token.getType() == UNCLOSED_COMMENT) {
            int end = commentEnd(_input);
            if (end == NOT_FOUND) {
                return token;
            }
            while (_input.index() < end) {
                getInterpreter().consume(_input);
            }
            token = super.nextToken();
        }
        return token;
    }

    /** The index after the comment that has just been opened. */
    private int commentEnd(CharStream text) {
        int depth = 1;
        int firstEnd = NOT_FOUND;
        int offset = 1;
        while (text.LA(offset) != IntStream.EOF) {
            int sign = text.LA(offset);
            int next = text.LA(offset + 1);
            if (sign == '*' && next == '/') {
                depth--;
                firstEnd = firstEnd == NOT_FOUND ? text.index() + offset + 1 : firstEnd;
                if (depth == 0 || !nested) {
                    return text.index() + offset + 1;
                }
                offset += 2;
            } else if (sign == '/' && next == '*') {
                depth++;
                offset += 2;
            } else {
                offset++;
            }
        }
        nested = false; // and do not look to the end of the text for every further comment
        return firstEnd;
    }

    /** The text from one index to another, both included. */
    String text(int from, int to) {
        return _input.getText(Interval.of(from, to));
    }

    int size() {
        return _input.size();
    }
}
