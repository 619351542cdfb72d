package org.skep.executor.format.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** What stands at the end of a Parquet file, checked against the file's size. */
final class Footer {
    static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL = 8;
    private static final AtomicLong READ = new AtomicLong();

    /** No other footer that this process reads has it, not even one of the same file. */
    final long id = READ.incrementAndGet();

    final FileMetaData metadata;
    final Node schema;
    final List<Node> leaves;
    final long fileBytes;
    final int footerBytes;

    private Footer(FileMetaData metadata, long fileBytes, int footerBytes) {
        this.metadata = metadata;
        this.schema = Node.tree(metadata.getSchema());
        this.leaves = schema.leaves();
        this.fileBytes = fileBytes;
        this.footerBytes = footerBytes;
    }

    static Footer read(FileChannel channel, String file) {
        Place place = Place.of(file);
        try {
            Footer footer = parse(channel, place);
            footer.check();
            return footer;
        } catch (IOException | RuntimeException e) {
            throw e instanceof IOException && e.getCause() != null
                    ? place.corrupt("footer: " + e.getMessage())
                    : place.error(e);
        }
    }

    private static Footer parse(FileChannel channel, Place place) throws IOException {
        long size = channel.size();
        if (size < MAGIC.length + TAIL) {
            throw place.corrupt("%d bytes are too few".formatted(size));
        }
        byte[] tail = new byte[TAIL];
        read(channel, tail, TAIL, size - TAIL);
        byte[] magic = Arrays.copyOfRange(tail, 4, 8);
        if (Arrays.equals(magic, ENCRYPTED)) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    "%s is encrypted".formatted(place),
                    "write it without encryption");
        }
        int length = (int) BitPacking.INTS.get(tail, 0);
        if (!Arrays.equals(magic, MAGIC)) {
            throw place.corrupt("it does not end with PAR1");
        }
        if (length <= 0 || length > size - TAIL - MAGIC.length) {
            throw place.corrupt("a footer of %d bytes in a file of %d".formatted(length, size));
        }
        byte[] bytes = new byte[length];
        read(channel, bytes, length, size - TAIL - length);
        try {
            // the bound is on what a length in the footer may announce
            return new Footer(
                    Util.readFileMetaData(new ByteArrayInputStream(bytes), Math.max(length, 1024)),
                    size,
                    length);
        } catch (IOException e) {
            // Thrift's message names its classes; that the bytes make no sense is all it says
            throw place.corrupt("the footer of %d bytes cannot be read".formatted(length));
        }
    }

    static void read(FileChannel channel, byte[] into, int length, long offset) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new CorruptPageException("the file ends before offset " + (offset + length));
            }
        }
    }

    private void check() {
        long rows = 0;
        if (metadata.getRow_groups() == null) {
            throw new CorruptPageException("a footer without row groups");
        }
        for (RowGroup group : metadata.getRow_groups()) {
            if (group.getNum_rows() < 0 || group.getNum_rows() > Integer.MAX_VALUE) {
                throw new CorruptPageException(
                        "a row group of %d rows".formatted(group.getNum_rows()));
            }
            rows += group.getNum_rows();
            if (group.getColumns() == null || group.getColumns().size() != leaves.size()) {
                throw new CorruptPageException(
                        "a row group without a chunk for each of %d columns"
                                .formatted(leaves.size()));
            }
            for (Node leaf : leaves) {
                check(leaf, group.getColumns().get(leaf.leaf), group.getNum_rows());
            }
        }
        if (rows != metadata.getNum_rows()) {
            throw new CorruptPageException(
                    "%d rows in row groups, %d in the footer"
                            .formatted(rows, metadata.getNum_rows()));
        }
    }

    private void check(Node leaf, ColumnChunk chunk, long rows) {
        ColumnMetaData column = chunk.getMeta_data();
        if (column == null) {
            throw new CorruptPageException("column " + leaf.name() + " without metadata");
        }
        long start = chunkStart(column);
        long length = column.getTotal_compressed_size();
        if (column.getType() != leaf.element.getType() || column.getCodec() == null) {
            throw new CorruptPageException(
                    "column %s is %s in the schema and %s in a row group"
                            .formatted(leaf.name(), leaf.element.getType(), column.getType()));
        }
        boolean outside = start < MAGIC.length || length < 0 || length > fileBytes - TAIL - start;
        if (outside && rows > 0) {
            throw new CorruptPageException(
                    "column %s at offset %d with %d bytes, in a file of %d"
                            .formatted(leaf.name(), start, length, fileBytes));
        }
        if (column.getNum_values() < rows
                || leaf.repetition == 0 && column.getNum_values() != rows) {
            throw new CorruptPageException(
                    "column %s with %d values in %d rows"
                            .formatted(leaf.name(), column.getNum_values(), rows));
        }
    }

    static long chunkStart(ColumnMetaData column) {
        long data = column.getData_page_offset();
        long dictionary = column.getDictionary_page_offset();
        return column.isSetDictionary_page_offset() && dictionary > 0
                ? Math.min(dictionary, data)
                : data;
    }

    int rowGroups() {
        return metadata.getRow_groups().size();
    }

    RowGroup rowGroup(int index) {
        return metadata.getRow_groups().get(index);
    }

    ColumnMetaData chunk(int rowGroup, Node leaf) {
        return rowGroup(rowGroup).getColumns().get(leaf.leaf).getMeta_data();
    }

    /** Where a row group begins, and its compressed bytes, as {start, length}. */
    long[] extent(int rowGroup) {
        long start = Long.MAX_VALUE;
        long end = 0;
        for (ColumnChunk chunk : rowGroup(rowGroup).getColumns()) {
            long from = chunkStart(chunk.getMeta_data());
            start = Math.min(start, from);
            end = Math.max(end, from + chunk.getMeta_data().getTotal_compressed_size());
        }
        return new long[] {Math.min(start, end), Math.max(0, end - start)};
    }

    /** Free texts that the writer left in the footer. */
    Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        if (metadata.getKey_value_metadata() != null) {
            for (KeyValue entry : metadata.getKey_value_metadata()) {
                texts.put(entry.getKey(), entry.getValue());
            }
        }
        return texts;
    }
}
