package org.skep.executor.format.parquet;

import static org.skep.executor.format.parquet.BitPacking.INTS;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;

/**
 * The pages of one column chunk after another: headers first, bytes only when they are asked for.
 * The bytes of a page hold until the next page is loaded.
 */
final class PageReader {
    private static final int LARGEST_PAGE = 1 << 30;
    private static final int LARGEST_HEADER = 1 << 20;

    /** Old writers left the dictionary page's header out of the chunk's size. */
    private static final int SLACK = 128;

    private final Node leaf;
    private final ChunkSource source;
    private final Decompressor decompressor;
    private final CRC32 crc = new CRC32();
    private final PageCache cache = PageCache.shared();
    private byte[] buffer = new byte[0];

    private CompressionCodec codec;
    private long footer;
    private long offset;
    private long chunkEnd;
    private long valuesLeft;
    private PageHeader header;
    private long bodyOffset;
    private PageHeader dictionaryHeader;
    private long dictionaryOffset;

    /** The bytes of the loaded page, and where its parts are. */
    byte[] page;

    int repetitionFrom;
    int repetitionTo;
    int definitionFrom;
    int definitionTo;
    int valuesFrom;
    int valuesTo;

    PageReader(Node leaf, ChunkSource source, Decompressor decompressor) {
        this.leaf = leaf;
        this.source = source;
        this.decompressor = decompressor;
    }

    void start(ColumnMetaData chunk, Footer of) {
        footer = of.id;
        long start = Footer.chunkStart(chunk);
        codec = chunk.getCodec();
        offset = start;
        chunkEnd = start + chunk.getTotal_compressed_size();
        valuesLeft = chunk.getNum_values();
        header = null;
        dictionaryHeader = null;
        source.start(Math.min(chunkEnd + SLACK, of.fileBytes - 8));
    }

    /** Where in the file the current page begins, for messages. */
    long offset() {
        return header == null ? offset : bodyOffset - header.bytes;
    }

    PageHeader header() {
        return header;
    }

    /** Goes on to the next data page; false when there is none. */
    boolean advance() throws IOException {
        while (valuesLeft > 0) {
            PageCache.Page known = cache.find(footer, offset);
            PageHeader next = known != null ? known.header() : readHeader();
            bodyOffset = offset + next.bytes;
            if (next.compressedBytes > source.end() - bodyOffset) {
                throw new CorruptPageException(
                        "a page of %d bytes where the column has %d"
                                .formatted(next.compressedBytes, source.end() - bodyOffset));
            }
            if (next.uncompressedBytes > LARGEST_PAGE) {
                throw new CorruptPageException(
                        "a page of %d bytes".formatted(next.uncompressedBytes));
            }
            offset = bodyOffset + next.compressedBytes;
            if (next.isData()) {
                if (next.values > valuesLeft) {
                    throw new CorruptPageException(
                            "a page of %d values where the column has %d"
                                    .formatted(next.values, valuesLeft));
                }
                valuesLeft -= next.values;
                header = next;
                return true;
            }
            if (next.type == PageHeader.DICTIONARY) {
                dictionaryHeader = next;
                dictionaryOffset = bodyOffset;
            }
        }
        return false;
    }

    private PageHeader readHeader() throws IOException {
        for (int wanted = 64; ; wanted *= 4) {
            int length = (int) Math.min(wanted, source.end() - offset);
            if (length <= 0 || offset >= chunkEnd) {
                throw new CorruptPageException("pages are missing");
            }
            int at = source.require(offset, length);
            int available = Math.min(source.available(offset), LARGEST_HEADER);
            try {
                return PageHeader.parse(source.bytes(), at, at + available);
            } catch (BufferUnderflowException e) {
                if (length < wanted || wanted >= LARGEST_HEADER) {
                    throw new CorruptPageException("a page header that does not end");
                }
                wanted = Math.max(wanted, available);
            }
        }
    }

    boolean hasDictionary() {
        return dictionaryHeader != null;
    }

    /** The entries of the chunk's dictionary. */
    Values dictionary() throws IOException {
        PageHeader entries = dictionaryHeader;
        if (entries == null) {
            throw new CorruptPageException("a dictionary is missing");
        }
        if (entries.encoding != Encoding.PLAIN && entries.encoding != Encoding.PLAIN_DICTIONARY) {
            throw new CorruptPageException("a dictionary in " + entries.encoding);
        }
        load(entries, dictionaryOffset, 0);
        int width = leaf.physical() == Physical.BYTE_ARRAY ? 4 : leaf.width();
        if ((long) entries.values * width > valuesTo - valuesFrom) {
            throw new CorruptPageException(
                    "a dictionary of %d entries in %d bytes"
                            .formatted(entries.values, valuesTo - valuesFrom));
        }
        Values values = new Values(leaf.physical(), entries.values);
        PlainDecoder decoder = new PlainDecoder(leaf.physical(), leaf.width());
        decoder.start(page, valuesFrom, valuesTo, entries.values);
        decoder.read(values, 0, entries.values);
        return values;
    }

    /** Reads the bytes of the current page and finds its parts. */
    void load() throws IOException {
        if (header.type == PageHeader.DATA_V2) {
            loadV2();
            return;
        }
        load(header, bodyOffset, 0);
        int at = valuesFrom;
        int end = valuesTo;
        repetitionFrom = at;
        repetitionTo = at;
        if (leaf.repetition > 0) {
            int length = levelBytes(header.repetitionEncoding, leaf.repetition, at, end);
            repetitionFrom = prefixed(header.repetitionEncoding) ? at + 4 : at;
            repetitionTo = repetitionFrom + length;
            at = repetitionTo;
        }
        definitionFrom = at;
        definitionTo = at;
        if (leaf.definition > 0) {
            int length = levelBytes(header.definitionEncoding, leaf.definition, at, end);
            definitionFrom = prefixed(header.definitionEncoding) ? at + 4 : at;
            definitionTo = definitionFrom + length;
            at = definitionTo;
        }
        valuesFrom = at;
    }

    private static boolean prefixed(Encoding encoding) {
        return encoding == Encoding.RLE;
    }

    static int bitWidth(int level) {
        return 32 - Integer.numberOfLeadingZeros(level);
    }

    private int levelBytes(Encoding encoding, int most, int at, int end) {
        long length;
        int room = end - at;
        if (encoding == Encoding.RLE) {
            length = room < 4 ? -1 : (int) INTS.get(page, at);
            room -= 4;
        } else if (encoding == Encoding.BIT_PACKED) {
            length = ((long) header.values * bitWidth(most) + 7) >>> 3;
        } else {
            throw new CorruptPageException("levels in " + encoding);
        }
        if (length < 0 || length > room) {
            throw new CorruptPageException("levels that run beyond their page");
        }
        return (int) length;
    }

    private void loadV2() throws IOException {
        int levels = header.repetitionBytes + header.definitionBytes;
        if (header.repetitionBytes < 0
                || header.definitionBytes < 0
                || levels < 0
                || levels > header.compressedBytes
                || levels > header.uncompressedBytes) {
            throw new CorruptPageException(
                    "%d and %d bytes of levels in a page of %d"
                            .formatted(
                                    header.repetitionBytes,
                                    header.definitionBytes,
                                    header.compressedBytes));
        }
        load(header, bodyOffset, levels);
        repetitionFrom = valuesFrom;
        repetitionTo = repetitionFrom + header.repetitionBytes;
        definitionFrom = repetitionTo;
        definitionTo = definitionFrom + header.definitionBytes;
        valuesFrom = definitionTo;
    }

    /** Reads a page of which the first {@code plainBytes} are not compressed. */
    private void load(PageHeader of, long at, int plainBytes) throws IOException {
        PageCache.Page known = cache.find(footer, at - of.bytes);
        if (known != null) {
            makeRoom(of);
            if (known.copyTo(buffer)) {
                page = buffer;
                valuesFrom = 0;
                valuesTo = of.uncompressedBytes;
                return;
            }
        }
        int from = source.require(at, of.compressedBytes);
        byte[] in = source.bytes();
        if (of.hasCrc) {
            crc.reset();
            crc.update(in, from, of.compressedBytes);
            if ((int) crc.getValue() != of.crc) {
                throw new CorruptPageException("the page's checksum does not match");
            }
        }
        valuesTo = of.uncompressedBytes;
        if (codec == CompressionCodec.UNCOMPRESSED || !of.compressed) {
            if (of.compressedBytes != of.uncompressedBytes) {
                throw new CorruptPageException(
                        "an uncompressed page of %d bytes stored as %d"
                                .formatted(of.uncompressedBytes, of.compressedBytes));
            }
            page = in;
            valuesFrom = from;
            valuesTo = from + of.uncompressedBytes;
            return;
        }
        makeRoom(of);
        System.arraycopy(in, from, buffer, 0, plainBytes);
        int expected = of.uncompressedBytes - plainBytes;
        if (expected > 0) {
            decompressor.decompress(
                    codec,
                    in,
                    from + plainBytes,
                    of.compressedBytes - plainBytes,
                    buffer,
                    plainBytes,
                    expected);
        }
        page = buffer;
        valuesFrom = 0;
        cache.offer(footer, at - of.bytes, of, buffer);
    }

    private void makeRoom(PageHeader of) {
        if (buffer.length < of.uncompressedBytes + BitPacking.PADDING) {
            checkRatio(of);
            decompressor.takeBack(buffer);
            buffer = decompressor.lend(of.uncompressedBytes + BitPacking.PADDING);
        }
    }

    /** Before memory is taken for it: no codec here makes more of a byte than this. */
    private static void checkRatio(PageHeader of) {
        if (of.uncompressedBytes > 1 << 20 && of.uncompressedBytes >>> 16 > of.compressedBytes) {
            throw new CorruptPageException(
                    "a page of %d bytes from %d"
                            .formatted(of.uncompressedBytes, of.compressedBytes));
        }
    }
}
