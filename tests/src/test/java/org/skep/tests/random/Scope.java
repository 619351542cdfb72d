package org.skep.tests.random;

import java.util.ArrayList;
import java.util.List;

/**
 * The names an expression may use.
 *
 * @param columns columns, or what a grouped query may use instead: keys and aggregates
 * @param outer columns of the queries around this one
 * @param depth how many queries may still be nested in it
 */
record Scope(List<Piece> columns, List<Piece> outer, int depth) {
    Scope with(List<Piece> others) {
        List<Piece> all = new ArrayList<>(columns);
        all.addAll(others);
        return new Scope(all, outer, depth);
    }

    /** The same names, but no query inside. */
    Scope flat() {
        return new Scope(columns, outer, 0);
    }

    List<Piece> visible() {
        List<Piece> all = new ArrayList<>(columns);
        all.addAll(outer);
        return all;
    }
}
