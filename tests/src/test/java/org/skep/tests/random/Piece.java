package org.skep.tests.random;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of a query in both dialects: texts in which {@code $1} to {@code $9} stand for the parts,
 * or, in a LIST, {@code $*} for all of them with commas between.
 */
record Piece(Kind kind, String skep, String duckdb, List<Piece> parts) {
    /** Whose words a query is written in. */
    enum Dialect {
        SKEP,
        DUCKDB
    }

    static Piece of(Kind kind, String text, Piece... parts) {
        return new Piece(kind, text, text, List.of(parts));
    }

    /** A piece that the two engines write differently. */
    static Piece both(Kind kind, String skep, String duckdb, Piece... parts) {
        return new Piece(kind, skep, duckdb, List.of(parts));
    }

    static Piece list(List<Piece> parts) {
        return new Piece(Kind.LIST, "$*", "$*", parts);
    }

    /** Nothing, where a clause might have been. */
    static Piece none() {
        return of(Kind.FIXED, "");
    }

    Piece withParts(List<Piece> others) {
        return new Piece(kind, skep, duckdb, others);
    }

    String text(Dialect dialect) {
        StringBuilder out = new StringBuilder();
        write(dialect, out);
        return out.toString();
    }

    private void write(Dialect dialect, StringBuilder out) {
        String text = dialect == Dialect.SKEP ? skep : duckdb;
        int from = 0;
        for (int at = text.indexOf('$'); at >= 0; at = text.indexOf('$', from)) {
            out.append(text, from, at);
            char which = text.charAt(at + 1);
            if (which == '*') {
                out.append(
                        parts.stream()
                                .map(part -> part.text(dialect))
                                .collect(Collectors.joining(", ")));
            } else {
                parts.get(which - '1').write(dialect, out);
            }
            from = at + 2;
        }
        out.append(text, from, text.length());
    }

    /** How many pieces it is made of. */
    int size() {
        return 1 + parts.stream().mapToInt(Piece::size).sum();
    }

    boolean contains(Piece other) {
        return equals(other) || parts.stream().anyMatch(part -> part.contains(other));
    }
}
