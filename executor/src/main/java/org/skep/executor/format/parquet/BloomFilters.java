package org.skep.executor.format.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;

/** The Bloom filters of one row group, read when they are first asked. */
final class BloomFilters implements Pruner.Membership {
    private static final int HEADER = 64;

    private final String file;
    private final Footer footer;
    private final FileChannel channel;
    private final List<FileColumn> columns;
    private final int rowGroup;
    private final Map<Integer, Optional<BlockSplitBloomFilter>> filters = new HashMap<>();

    BloomFilters(
            String file,
            Footer footer,
            FileChannel channel,
            List<FileColumn> columns,
            int rowGroup) {
        this.file = file;
        this.footer = footer;
        this.channel = channel;
        this.columns = columns;
        this.rowGroup = rowGroup;
    }

    @Override
    public boolean mayContain(int column, Object value) {
        FileColumn of = columns.get(column);
        if (!of.isFlat()) {
            return true;
        }
        BlockSplitBloomFilter filter =
                filters.computeIfAbsent(column, any -> read(of.node())).orElse(null);
        if (filter == null) {
            return true;
        }
        Optional<Long> hash = hash(filter, of, value);
        return hash.isEmpty() || filter.findHash(hash.get());
    }

    /** The hash of the value as the file stores it; none when the two are not the same. */
    private static Optional<Long> hash(BlockSplitBloomFilter filter, FileColumn of, Object value) {
        LeafType.Step step = LeafType.of(of.node()).step();
        return switch (step) {
            case INT, INT_TO_LONG, LONG -> {
                long number =
                        value instanceof BigDecimal decimal
                                ? decimal.setScale(of.type().scale()).unscaledValue().longValue()
                                : ((Number) value).longValue();
                yield Optional.of(
                        of.node().physical() == Physical.INT32
                                ? filter.hash((int) number)
                                : filter.hash(number));
            }
            case BYTES -> {
                byte[] bytes =
                        value instanceof String text
                                ? text.getBytes(StandardCharsets.UTF_8)
                                : (byte[]) value;
                yield Optional.of(filter.hash(Binary.fromConstantByteArray(bytes)));
            }
            case BOOLEAN,
                    UNSIGNED_8,
                    UNSIGNED_16,
                    UNSIGNED_32,
                    UNSIGNED_64,
                    DOUBLE,
                    HALF_FLOAT,
                    MILLIS,
                    NANOS,
                    INT96,
                    UUID,
                    INTERVAL,
                    DECIMAL_BYTES,
                    NOTHING ->
                    Optional.empty();
        };
    }

    private Optional<BlockSplitBloomFilter> read(Node leaf) {
        ColumnMetaData chunk = footer.chunk(rowGroup, leaf);
        if (!chunk.isSetBloom_filter_offset()) {
            return Optional.empty();
        }
        long offset = chunk.getBloom_filter_offset();
        Place place = new Place(file, rowGroup, leaf.name(), offset);
        try {
            return read(offset);
        } catch (IOException e) {
            throw place.corrupt("bloom filter: " + e.getMessage());
        } catch (RuntimeException e) {
            throw place.error(e);
        }
    }

    private Optional<BlockSplitBloomFilter> read(long offset) throws IOException {
        if (offset < 0 || offset >= footer.fileBytes) {
            throw new CorruptPageException("a Bloom filter outside of the file");
        }
        byte[] head = new byte[(int) Math.min(HEADER, footer.fileBytes - offset)];
        Footer.read(channel, head, head.length, offset);
        ByteArrayInputStream in = new ByteArrayInputStream(head);
        BloomFilterHeader header = Util.readBloomFilterHeader(in);
        long from = offset + head.length - in.available();
        int bytes = header.getNumBytes();
        boolean known =
                header.getAlgorithm() != null
                        && header.getAlgorithm().isSetBLOCK()
                        && header.getHash() != null
                        && header.getHash().isSetXXHASH()
                        && header.getCompression() != null
                        && header.getCompression().isSetUNCOMPRESSED();
        if (!known) {
            return Optional.empty();
        }
        if (bytes < 32
                || bytes % 32 != 0
                || bytes > BlockSplitBloomFilter.UPPER_BOUND_BYTES
                || bytes > footer.fileBytes - from) {
            throw new CorruptPageException("a Bloom filter of %d bytes".formatted(bytes));
        }
        byte[] bits = new byte[bytes];
        Footer.read(channel, bits, bytes, from);
        return Optional.of(new BlockSplitBloomFilter(bits));
    }
}
