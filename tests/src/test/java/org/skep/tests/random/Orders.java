package org.skep.tests.random;

import java.util.ArrayList;
import java.util.List;

/** ORDER BY, with NULLs where Skep puts them: DuckDB is told. */
final class Orders {
    private Orders() {}

    static Piece item(Dice dice, Piece value) {
        boolean descending = dice.chance(40);
        String direction = descending ? " DESC" : dice.pick("", " ASC");
        if (dice.chance(40)) {
            String nulls = dice.pick(" NULLS FIRST", " NULLS LAST");
            return Piece.of(Kind.FIXED, "$1" + direction + nulls, value);
        }
        String theirs = direction + (descending ? " NULLS LAST" : " NULLS FIRST");
        return Piece.both(Kind.FIXED, "$1" + direction, "$1" + theirs, value);
    }

    /** The query with an order by all its columns, which leaves no ties that can be seen. */
    static Piece total(Dice dice, Made made) {
        List<Piece> items = new ArrayList<>();
        for (Piece column : dice.shuffled(made.columns())) {
            items.add(item(dice, column));
        }
        return Piece.of(
                Kind.QUERY, "$1 ORDER BY $2", made.sql(), new Piece(Kind.FIXED, "$*", "$*", items));
    }

    static Piece limited(Dice dice, Piece ordered) {
        String limit = " LIMIT " + dice.pick(0, 1, 3, 10, 10, 50);
        if (dice.chance(30)) {
            limit += " OFFSET " + dice.pick(0, 1, 5, 40);
        }
        return Piece.of(Kind.QUERY, "$1" + limit, ordered);
    }
}
