package org.skep.executor.format.parquet;

import org.apache.parquet.format.Encoding;

/**
 * The header of a page, as much of it as reading needs. (Statistics in page headers are passed
 * over: the page index has them too, and can be read without touching the pages.)
 */
final class PageHeader {
    static final int DATA = 0;
    static final int INDEX = 1;
    static final int DICTIONARY = 2;
    static final int DATA_V2 = 3;

    int type = -1;
    int uncompressedBytes = -1;
    int compressedBytes = -1;
    boolean hasCrc;
    int crc;
    int values = -1;
    int nulls = -1;
    Encoding encoding;
    Encoding definitionEncoding = Encoding.RLE;
    Encoding repetitionEncoding = Encoding.RLE;
    int definitionBytes;
    int repetitionBytes;
    boolean compressed = true;

    private int described = -1;

    /** How many bytes the header takes. */
    int bytes;

    private PageHeader() {}

    /**
     * @throws java.nio.BufferUnderflowException when the header does not end before {@code to}
     */
    static PageHeader parse(byte[] buffer, int from, int to) {
        ThriftScanner in = new ThriftScanner(buffer, from, to);
        PageHeader header = new PageHeader();
        int id = 0;
        while ((id = in.field(id)) != 0) {
            switch (id) {
                case 1 -> header.type = in.number();
                case 2 -> header.uncompressedBytes = in.number();
                case 3 -> header.compressedBytes = in.number();
                case 4 -> {
                    header.crc = in.number();
                    header.hasCrc = true;
                }
                case 5 -> header.dataPage(in);
                case 6 -> header.indexPage(in);
                case 7 -> header.dictionaryPage(in);
                case 8 -> header.dataPageV2(in);
                default -> in.skip();
            }
        }
        header.bytes = in.position() - from;
        if (header.type < 0 || header.uncompressedBytes < 0 || header.compressedBytes < 0) {
            throw new CorruptPageException(
                    "a page of type %d, %d bytes, %d bytes compressed"
                            .formatted(
                                    header.type, header.uncompressedBytes, header.compressedBytes));
        }
        boolean holdsValues = header.isData() || header.type == DICTIONARY;
        if (header.described >= 0 && header.described != header.type) {
            throw new CorruptPageException(
                    "a page of type %d described as one of type %d"
                            .formatted(header.type, header.described));
        }
        if (holdsValues && (header.values < 0 || header.encoding == null)) {
            throw new CorruptPageException("a page without count or encoding of its values");
        }
        return header;
    }

    boolean isData() {
        return type == DATA || type == DATA_V2;
    }

    boolean hasDictionaryIds() {
        return encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY;
    }

    private void indexPage(ThriftScanner in) {
        described = INDEX;
        in.skip();
    }

    private void dataPage(ThriftScanner in) {
        in.expectStruct();
        described = DATA;
        int id = 0;
        while ((id = in.field(id)) != 0) {
            switch (id) {
                case 1 -> values = in.number();
                case 2 -> encoding = encoding(in);
                case 3 -> definitionEncoding = encoding(in);
                case 4 -> repetitionEncoding = encoding(in);
                default -> in.skip();
            }
        }
    }

    private void dictionaryPage(ThriftScanner in) {
        in.expectStruct();
        described = DICTIONARY;
        int id = 0;
        while ((id = in.field(id)) != 0) {
            switch (id) {
                case 1 -> values = in.number();
                case 2 -> encoding = encoding(in);
                default -> in.skip();
            }
        }
    }

    private void dataPageV2(ThriftScanner in) {
        in.expectStruct();
        described = DATA_V2;
        int id = 0;
        while ((id = in.field(id)) != 0) {
            switch (id) {
                case 1 -> values = in.number();
                case 2 -> nulls = in.number();
                case 4 -> encoding = encoding(in);
                case 5 -> definitionBytes = in.number();
                case 6 -> repetitionBytes = in.number();
                case 7 -> compressed = in.flag();
                default -> in.skip();
            }
        }
    }

    private static Encoding encoding(ThriftScanner in) {
        int number = in.number();
        Encoding encoding = Encoding.findByValue(number);
        if (encoding == null) {
            throw new CorruptPageException("an encoding numbered " + number);
        }
        return encoding;
    }
}
