package org.skep.model.error;

import java.io.Serializable;

/** A stretch of SQL text. Lines and columns count from 1; the end is included. */
public record Position(int line, int column, int endLine, int endColumn) implements Serializable {
    public Position {
        if (line < 1 || column < 1 || endLine < line || (endLine == line && endColumn < column)) {
            throw new IllegalArgumentException(
                    "not a position: %d:%d-%d:%d".formatted(line, column, endLine, endColumn));
        }
    }

    public static Position at(int line, int column) {
        return new Position(line, column, line, column);
    }

    /** From the start of this to the end of {@code other}. */
    public Position to(Position other) {
        return new Position(line, column, other.endLine, other.endColumn);
    }

    /** The same place seen from a text in which this one begins at {@code line}:{@code column}. */
    public Position shifted(int fromLine, int fromColumn) {
        return new Position(
                line + fromLine - 1,
                line == 1 ? column + fromColumn - 1 : column,
                endLine + fromLine - 1,
                endLine == 1 ? endColumn + fromColumn - 1 : endColumn);
    }
}
