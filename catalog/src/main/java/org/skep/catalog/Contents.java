package org.skep.catalog;

/** What dropping a schema does to the tables in it. */
public enum Contents {
    /** {@code RESTRICT}: fails when there are any. */
    RESTRICT,
    /** {@code CASCADE}: drops them too. */
    CASCADE
}
