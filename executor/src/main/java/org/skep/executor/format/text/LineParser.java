package org.skep.executor.format.text;

/** Finds the fields of a line. Used by one thread. */
interface LineParser {
    /**
     * Puts the start and length of each field in place; length -1 for a null.
     *
     * @return whether the line is of the form that is looked for
     */
    boolean parse(byte[] data, int start, int length, int[] starts, int[] lengths);
}
