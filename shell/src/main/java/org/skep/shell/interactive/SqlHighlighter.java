package org.skep.shell.interactive;

import java.util.Locale;
import java.util.Set;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours keywords, strings, numbers and comments. */
final class SqlHighlighter implements Highlighter {
    private static final AttributedStyle KEYWORD = AttributedStyle.DEFAULT.bold();
    private static final AttributedStyle STRING =
            AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle NUMBER =
            AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
    private static final AttributedStyle COMMENT =
            AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT);

    private final Set<String> keywords;

    /**
     * @param keywords in upper case
     */
    SqlHighlighter(Set<String> keywords) {
        this.keywords = keywords;
    }

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        AttributedStringBuilder out = new AttributedStringBuilder(buffer.length());
        for (SqlScanner.Piece piece : SqlScanner.pieces(buffer)) {
            String text = buffer.substring(piece.start(), piece.end());
            out.styled(style(piece.kind(), text), text);
        }
        return out.toAttributedString();
    }

    private AttributedStyle style(SqlScanner.Kind kind, String text) {
        return switch (kind) {
            case WORD ->
                    keywords.contains(text.toUpperCase(Locale.ROOT))
                            ? KEYWORD
                            : AttributedStyle.DEFAULT;
            case NUMBER -> NUMBER;
            case STRING -> STRING;
            case COMMENT -> COMMENT;
            case QUOTED_NAME, SEMICOLON, SPACE, OTHER -> AttributedStyle.DEFAULT;
        };
    }
}
