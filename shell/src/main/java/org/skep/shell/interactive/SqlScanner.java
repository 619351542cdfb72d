package org.skep.shell.interactive;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text that is being typed into the pieces that matter while it is: never fails, whatever is
 * still missing.
 */
final class SqlScanner {
    /** What a piece is. */
    enum Kind {
        WORD,
        NUMBER,
        STRING,
        QUOTED_NAME,
        COMMENT,
        SEMICOLON,
        SPACE,
        OTHER
    }

    /**
     * A piece of the text.
     *
     * @param end after its last character
     * @param closed false for a string, name or comment whose end is missing
     */
    record Piece(Kind kind, int start, int end, boolean closed) {}

    private final String text;
    private int at;

    private SqlScanner(String text) {
        this.text = text;
    }

    static List<Piece> pieces(String text) {
        SqlScanner scanner = new SqlScanner(text);
        List<Piece> pieces = new ArrayList<>();
        while (scanner.at < text.length()) {
            pieces.add(scanner.next());
        }
        return pieces;
    }

    /** Whether the text ends with a semicolon that is not inside anything. */
    static boolean isComplete(String text) {
        boolean complete = false;
        for (Piece piece : pieces(text)) {
            if (piece.kind() == Kind.SEMICOLON) {
                complete = true;
            } else if (piece.kind() == Kind.COMMENT && !piece.closed()) {
                return text.startsWith("--", piece.start()) && complete;
            } else if (piece.kind() != Kind.SPACE && piece.kind() != Kind.COMMENT) {
                complete = false;
            }
        }
        return complete;
    }

    private Piece next() {
        int start = at;
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            return run(Kind.SPACE, start);
        }
        if (Character.isDigit(c)) {
            return run(Kind.NUMBER, start);
        }
        if (isWord(c)) {
            return run(Kind.WORD, start);
        }
        if (text.startsWith("--", at)) {
            int end = text.indexOf('\n', at);
            return piece(Kind.COMMENT, start, end, end < 0 ? 0 : 1);
        }
        if (text.startsWith("/*", at)) {
            return piece(Kind.COMMENT, start, text.indexOf("*/", at + 2), 2);
        }
        return switch (c) {
            case '\'' -> quoted(Kind.STRING, start, c);
            case '"', '`' -> quoted(Kind.QUOTED_NAME, start, c);
            default -> {
                at++;
                yield new Piece(c == ';' ? Kind.SEMICOLON : Kind.OTHER, start, at, true);
            }
        };
    }

    private Piece run(Kind kind, int start) {
        while (at < text.length() && belongs(kind, text.charAt(at))) {
            at++;
        }
        return new Piece(kind, start, at, true);
    }

    private static boolean belongs(Kind kind, char c) {
        return switch (kind) {
            case SPACE -> Character.isWhitespace(c);
            case NUMBER -> Character.isLetterOrDigit(c) || c == '.' || c == '_';
            default -> isWord(c);
        };
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private Piece piece(Kind kind, int start, int end, int length) {
        at = end < 0 ? text.length() : end + length;
        return new Piece(kind, start, at, end >= 0);
    }

    /** A doubled quote stands for itself, and so comes as two pieces: that does no harm here. */
    private Piece quoted(Kind kind, int start, char quote) {
        return piece(kind, start, text.indexOf(quote, at + 1), 1);
    }
}
