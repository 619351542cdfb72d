package org.skep.catalog;

/** What dropping does when the name is not there. */
public enum Missing {
    /** {@code DROP}: fails. */
    FAIL,
    /** {@code DROP … IF EXISTS}: does nothing. */
    SKIP
}
