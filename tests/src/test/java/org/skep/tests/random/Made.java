package org.skep.tests.random;

import java.util.List;

/**
 * A query that was made.
 *
 * @param columns what it gives, by their names
 * @param key those of the columns that no two rows have alike; null when there are none
 * @param exact whether no column has digits that depend on the order of additions
 */
record Made(Piece sql, List<Piece> columns, List<Piece> key, boolean exact) {
    List<Kind> kinds() {
        return columns.stream().map(Piece::kind).toList();
    }

    Made with(Piece other) {
        return new Made(other, columns, key, exact);
    }

    /** The columns as those of a table. */
    Relation under(String alias, Piece from) {
        return new Relation(
                from, qualified(columns, alias), key == null ? null : qualified(key, alias), 100);
    }

    static List<Piece> qualified(List<Piece> columns, String alias) {
        return columns.stream()
                .map(column -> Piece.of(column.kind(), alias + "." + column.skep()))
                .toList();
    }
}
