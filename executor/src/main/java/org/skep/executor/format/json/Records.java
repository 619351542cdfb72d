package org.skep.executor.format.json;

/** Where the records of a split stand, a batch at a time. */
interface Records extends AutoCloseable {
    /** Goes on to the next records; how many they are, 0 at the end. */
    int next();

    byte[] data();

    int[] starts();

    int[] lengths();

    /** The number, from 1, of the line on which a record begins. */
    long lineNumber(int record);

    /** Whether all bytes of the records are well-formed UTF-8. */
    boolean isClean();

    @Override
    void close();
}
