package org.skep.shell.interactive;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.skep.shell.command.Commands;

/** Tells the line editor when a statement is complete, and which word is to be completed. */
final class StatementParser implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        boolean accepting = context == ParseContext.ACCEPT_LINE;
        if (accepting
                && !line.isBlank()
                && !Commands.accepts(line)
                && !SqlScanner.isComplete(line)) {
            throw new EOFError(-1, cursor, "a semicolon is missing");
        }
        return new Word(line, cursor, start(line, cursor));
    }

    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }

    /** Where the word before the cursor begins: a name with dots, a command, a quoted path. */
    private static int start(String line, int cursor) {
        for (SqlScanner.Piece piece : SqlScanner.pieces(line.substring(0, cursor))) {
            if (!piece.closed() && piece.kind() != SqlScanner.Kind.COMMENT) {
                return piece.start() + 1;
            }
        }
        int start = cursor;
        while (start > 0 && isNamePart(line.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '\\' || c == '$';
    }

    /** The word at the cursor, which is never escaped or quoted by the editor. */
    private record Word(String line, int cursor, int start) implements CompletingParsedLine {
        @Override
        public String word() {
            return line.substring(start, cursor);
        }

        @Override
        public int wordCursor() {
            return cursor - start;
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word());
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return cursor - start;
        }
    }
}
