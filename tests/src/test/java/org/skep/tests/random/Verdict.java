package org.skep.tests.random;

/**
 * What came of running a query in both engines.
 *
 * @param reason of what is not the same: the first difference, the error
 */
record Verdict(Kind kind, String reason) {
    /** How the answers compare. */
    enum Kind {
        SAME,
        /** Not compared: an error that the data cause, such as an overflow, in one or both. */
        ERROR,
        /** Not compared: one engine does not do such a query. */
        REFUSED,
        DIFFERENT,
        /** An error that Skep must not give. */
        BROKEN
    }

    boolean failed() {
        return kind == Kind.DIFFERENT || kind == Kind.BROKEN;
    }
}
