package org.skep.executor.format.parquet;

/** Decodes the values of one page in one encoding. Nulls are not among them. */
interface ValueDecoder {
    /**
     * Begins a page.
     *
     * @param to where the values end; {@link BitPacking#PADDING} more bytes are readable
     * @param values no more than this many are in the page
     */
    void start(byte[] page, int from, int to, int values);

    /**
     * Decodes the next {@code count} values to places {@code at} and on, for which there is room.
     */
    void read(Values out, int at, int count);

    void skip(int count);
}
