package org.skep.shell.run;

import java.util.List;
import org.skep.model.error.Position;

/**
 * A script after its variables were put in, which still knows where everything stood.
 *
 * @param source as written
 * @param text as run
 * @param pieces in order; together they make up {@code text}
 */
public record Expanded(String source, String text, List<Piece> pieces) {
    /** Length of a piece that was copied character by character. */
    static final int PLAIN = -1;

    /**
     * A stretch of the text.
     *
     * @param start in the text
     * @param sourceStart in the source
     * @param sourceLength of a piece that was replaced as a whole, else {@link #PLAIN}
     */
    record Piece(int start, int sourceStart, int sourceLength) {}

    /** A script in which nothing is replaced. */
    static Expanded literal(String text) {
        return new Expanded(text, text, List.of(new Piece(0, 0, PLAIN)));
    }

    /** The place in the source of a place in the text. */
    public Position inSource(Position inText) {
        int start = offset(text, inText.line(), inText.column());
        int end = offset(text, inText.endLine(), inText.endColumn());
        int sourceStart = sourceOffset(start, false);
        return position(source, sourceStart, Math.max(sourceStart, sourceOffset(end, true)));
    }

    private int sourceOffset(int offset, boolean last) {
        Piece piece = pieces.get(0);
        for (Piece next : pieces) {
            if (next.start() <= offset) {
                piece = next;
            }
        }
        if (piece.sourceLength() == PLAIN) {
            return piece.sourceStart() + offset - piece.start();
        }
        return last ? piece.sourceStart() + piece.sourceLength() - 1 : piece.sourceStart();
    }

    private static int offset(String text, int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                break;
            }
            start = end + 1;
        }
        return Math.min(text.length(), start + column - 1);
    }

    /** The place of the characters from {@code start} to {@code last}, both included. */
    static Position position(String text, int start, int last) {
        return at(text, start).to(at(text, last));
    }

    private static Position at(String text, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int end = text.indexOf('\n'); end >= 0 && end < offset; line++) {
            lineStart = end + 1;
            end = text.indexOf('\n', lineStart);
        }
        return Position.at(line, offset - lineStart + 1);
    }
}
