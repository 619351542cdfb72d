package org.skep.catalog.iceberg;

/** What the rows of a write tell of all rows that are there afterwards. */
enum Gathering {
    /** Nothing: rows of before may be gone, and no sketch can forget them. */
    NONE,
    /** Together with what is known of those of before, all. */
    ADDED,
    /** All: there are no others. */
    ALL
}
