package org.skep.tests.slt;

import java.util.List;

/**
 * One statement of a file and what is expected of it.
 *
 * @param line where the block begins in its file, from 1
 * @param kind what its first line asks for
 * @param words what follows the kind in its first line: for an error the code and a regular
 *     expression, for a query the types and how to sort, for variables their names
 * @param sql the statement, with variables
 * @param expected the lines below the dashes
 */
record Block(int line, Kind kind, List<String> words, String sql, List<String> expected) {
    /** What a block can ask for. */
    enum Kind {
        OK,
        ERROR,
        QUERY,
        /** Keeps the values of the last row. */
        LET
    }

    /** How rows are brought into an order before they are compared. */
    enum Sort {
        NOSORT,
        ROWSORT,
        VALUESORT
    }

    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    Sort sort() {
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        return switch (last) {
            case "rowsort" -> Sort.ROWSORT;
            case "valuesort" -> Sort.VALUESORT;
            default -> Sort.NOSORT;
        };
    }
}
