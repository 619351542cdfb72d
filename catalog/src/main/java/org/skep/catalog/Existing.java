package org.skep.catalog;

/** What creating does when the name is taken. */
public enum Existing {
    /** {@code CREATE}: fails with ALREADY_EXISTS. */
    FAIL,
    /** {@code CREATE … IF NOT EXISTS}: leaves what is there. */
    SKIP,
    /** {@code CREATE OR REPLACE}: puts the new definition in its place. */
    REPLACE
}
