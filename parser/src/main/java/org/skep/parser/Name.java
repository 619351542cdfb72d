package org.skep.parser;

import java.util.List;
import org.skep.model.error.Position;

/** A name of one or more parts as typed, such as {@code sales.orders}, and where it stands. */
public record Name(List<String> parts, Position position) {
    public Name {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a name has at least one part");
        }
    }

    /** The part after the last dot. */
    public String last() {
        return parts.get(parts.size() - 1);
    }

    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
