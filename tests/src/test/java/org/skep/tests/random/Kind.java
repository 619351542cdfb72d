package org.skep.tests.random;

import java.util.List;

/** What a piece of a query is: a value of a type, or a part of its structure. */
enum Kind {
    BOOLEAN,
    TINYINT,
    SMALLINT,
    INTEGER,
    BIGINT,
    DOUBLE,
    /** Any precision and scale; the generator keeps them small enough to be multiplied. */
    DECIMAL,
    STRING,
    DATE,
    TIMESTAMP,
    /** Pieces of which any may be missing, but for one. */
    LIST,
    /** A piece that may be missing, with the keyword it begins with. */
    CLAUSE,
    RELATION,
    QUERY,
    /** A piece that stands or falls with what surrounds it. */
    FIXED;

    static final List<Kind> VALUES =
            List.of(
                    BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DOUBLE, DECIMAL, STRING, DATE,
                    TIMESTAMP);

    static final List<Kind> INTEGERS = List.of(TINYINT, SMALLINT, INTEGER, BIGINT);

    static final List<Kind> NUMBERS = List.of(TINYINT, SMALLINT, INTEGER, BIGINT, DOUBLE, DECIMAL);

    boolean isValue() {
        return VALUES.contains(this);
    }

    /** The type by its name in SQL; a DECIMAL that holds what most columns hold. */
    String type() {
        return this == DECIMAL ? "DECIMAL(18,4)" : name();
    }
}
