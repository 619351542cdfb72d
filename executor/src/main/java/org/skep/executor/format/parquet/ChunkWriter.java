package org.skep.executor.format.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.format.BloomFilterAlgorithm;
import org.apache.parquet.format.BloomFilterCompression;
import org.apache.parquet.format.BloomFilterHash;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.SplitBlockAlgorithm;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Uncompressed;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.XxHash;
import org.skep.executor.format.codec.CountingOutput;

/**
 * Writes the column chunk of one leaf: a dictionary if it pays, pages, and what is known of them.
 */
final class ChunkWriter {
    private static final int PAGE_BYTES = 1 << 20;

    /** Small enough that bounds of pages tell something, and a multiple of the usual batch. */
    private static final int PAGE_ROWS = 20_480;

    private final LeafBuffer buffer;
    private final List<String> path;
    private final CountingOutput out;
    private final Compressor compressor;
    private final BloomFilterOptions bloomFilters;
    private final ByteSink page = new ByteSink();
    private final CRC32 crc = new CRC32();
    private final List<PageLocation> locations = new ArrayList<>();
    private final List<Boolean> nullPages = new ArrayList<>();
    private final List<ByteBuffer> mins = new ArrayList<>();
    private final List<ByteBuffer> maxs = new ArrayList<>();
    private final List<Long> nullCounts = new ArrayList<>();
    private final Extremes extremes;
    private boolean indexable = true;
    private long uncompressedBytes;

    /** A chunk as the footer describes it; the column index may be missing. */
    record Written(ColumnMetaData metadata, ColumnIndex columnIndex, OffsetIndex offsetIndex) {}

    ChunkWriter(
            LeafBuffer buffer,
            List<String> path,
            CountingOutput out,
            Compressor compressor,
            BloomFilterOptions bloomFilters) {
        this.bloomFilters = bloomFilters;
        this.buffer = buffer;
        this.extremes = new Extremes(buffer.values);
        this.path = path;
        this.out = out;
        this.compressor = compressor;
    }

    /**
     * @param sketch takes in the values too; or null
     */
    Written write(ChunkSketch sketch) throws IOException {
        long start = out.position();
        Values values = buffer.values;
        DictionaryBuilder dictionary = DictionaryBuilder.build(values, buffer.present);
        if (sketch != null) {
            sketch.add(values, buffer.present, dictionary);
        }
        Encoding encoding =
                dictionary != null
                        ? Encoding.RLE_DICTIONARY
                        : ValueEncoder.choose(values, buffer.present);
        if (dictionary != null) {
            writeDictionary(dictionary);
        }
        long dataStart = out.position();
        int value = 0;
        long row = 0;
        for (int from = 0; from < buffer.entries; ) {
            int to = pageEnd(from, value, dictionary != null);
            int present = 0;
            int rows = 0;
            for (int i = from; i < to; i++) {
                present += buffer.definitions[i] == buffer.leaf.definition ? 1 : 0;
                rows += buffer.repetitions[i] == 0 ? 1 : 0;
            }
            locations.add(new PageLocation(out.position(), 0, row));
            writePage(from, to, value, present, encoding, dictionary);
            index(value, value + present, to - from - present, dictionary);
            value += present;
            row += rows;
            from = to;
        }
        ColumnMetaData metadata = metadata(start, dataStart, encoding, dictionary);
        writeBloomFilter(metadata, dictionary);
        OffsetIndex offsets = new OffsetIndex(locations);
        ColumnIndex index = null;
        if (indexable) {
            index = new ColumnIndex(nullPages, mins, maxs, BoundaryOrder.UNORDERED);
            index.setNull_counts(nullCounts);
        }
        return new Written(metadata, index, offsets);
    }

    private void writeBloomFilter(ColumnMetaData metadata, DictionaryBuilder dictionary)
            throws IOException {
        BlockSplitBloomFilter filter = bloomFilters.filter(buffer, dictionary);
        if (filter == null) {
            return;
        }
        long start = out.position();
        BloomFilterHeader header =
                new BloomFilterHeader(
                        filter.getBitsetSize(),
                        BloomFilterAlgorithm.BLOCK(new SplitBlockAlgorithm()),
                        BloomFilterHash.XXHASH(new XxHash()),
                        BloomFilterCompression.UNCOMPRESSED(new Uncompressed()));
        Util.writeBloomFilterHeader(header, out);
        filter.writeTo(out);
        metadata.setBloom_filter_offset(start);
        metadata.setBloom_filter_length((int) (out.position() - start));
    }

    /** Pages end with a row. */
    private int pageEnd(int from, int firstValue, boolean ids) {
        long bytes = 0;
        int rows = 0;
        int value = firstValue;
        Values values = buffer.values;
        for (int i = from; i < buffer.entries; i++) {
            if (buffer.repetitions[i] == 0) {
                if (rows == PAGE_ROWS || bytes > PAGE_BYTES) {
                    return i;
                }
                rows++;
            }
            if (buffer.definitions[i] == buffer.leaf.definition) {
                boolean bytesKind = values.kind.isBytes() && !ids;
                bytes += bytesKind ? 4 + values.lengths[value] : 8;
                value++;
            }
        }
        return buffer.entries;
    }

    private void writeDictionary(DictionaryBuilder dictionary) throws IOException {
        page.clear();
        for (int entry = 0; entry < dictionary.entries(); entry++) {
            ValueEncoder.plain(buffer.values, dictionary.firsts()[entry], page);
        }
        PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, page.size(), 0);
        header.setDictionary_page_header(
                new DictionaryPageHeader(dictionary.entries(), Encoding.PLAIN));
        write(header);
    }

    private void writePage(
            int from,
            int to,
            int value,
            int present,
            Encoding encoding,
            DictionaryBuilder dictionary)
            throws IOException {
        page.clear();
        levels(buffer.repetitions, from, to, buffer.leaf.repetition);
        levels(buffer.definitions, from, to, buffer.leaf.definition);
        if (dictionary != null) {
            int width = PageReader.bitWidth(Math.max(0, dictionary.entries() - 1));
            page.write(width);
            HybridEncoder.encode(dictionary.ids(), value, value + present, width, page);
        } else {
            ValueEncoder.encode(buffer.values, value, present, encoding, page);
        }
        PageHeader header = new PageHeader(PageType.DATA_PAGE, page.size(), 0);
        header.setData_page_header(
                new DataPageHeader(to - from, encoding, Encoding.RLE, Encoding.RLE));
        int size = write(header);
        locations.get(locations.size() - 1).setCompressed_page_size(size);
    }

    private void levels(int[] levels, int from, int to, int most) {
        if (most > 0) {
            int at = page.size();
            page.writeInt(0);
            HybridEncoder.encode(levels, from, to, PageReader.bitWidth(most), page);
            page.setInt(at, page.size() - at - 4);
        }
    }

    /** Writes the page behind its header and says how many bytes both take. */
    private int write(PageHeader header) throws IOException {
        ByteSink body = compressor.compress(page);
        crc.reset();
        crc.update(body.bytes(), 0, body.size());
        header.setCompressed_page_size(body.size());
        header.setCrc((int) crc.getValue());
        long before = out.position();
        Util.writePageHeader(header, out);
        uncompressedBytes += out.position() - before + page.size();
        out.write(body.bytes(), 0, body.size());
        return (int) (out.position() - before);
    }

    private void index(int from, int to, long nulls, DictionaryBuilder dictionary) {
        Extremes ofPage =
                dictionary == null
                        ? Extremes.of(buffer.values, from, to)
                        : Extremes.of(buffer.values, dictionary, from, to);
        extremes.add(ofPage);
        Bounds bounds = Bounds.of(buffer.values, ofPage);
        nullPages.add(from == to);
        nullCounts.add(nulls);
        mins.add(ByteBuffer.wrap(bounds == null ? new byte[0] : bounds.min()));
        maxs.add(ByteBuffer.wrap(bounds == null ? new byte[0] : bounds.max()));
        indexable &= from == to || bounds != null; // a page of nothing but NaN has no bounds
    }

    private ColumnMetaData metadata(
            long start, long dataStart, Encoding encoding, DictionaryBuilder dictionary) {
        Set<Encoding> encodings = new TreeSet<>(Set.of(Encoding.RLE, encoding));
        List<PageEncodingStats> pages = new ArrayList<>();
        if (dictionary != null) {
            encodings.add(Encoding.PLAIN);
            pages.add(new PageEncodingStats(PageType.DICTIONARY_PAGE, Encoding.PLAIN, 1));
        }
        pages.add(new PageEncodingStats(PageType.DATA_PAGE, encoding, locations.size()));
        ColumnMetaData metadata =
                new ColumnMetaData(
                        buffer.leaf.physical().format(),
                        List.copyOf(encodings),
                        path,
                        compressor.codec(),
                        buffer.entries,
                        uncompressedBytes,
                        out.position() - start,
                        dataStart);
        if (dictionary != null) {
            metadata.setDictionary_page_offset(start);
        }
        metadata.setEncoding_stats(pages);
        metadata.setStatistics(statistics(dictionary));
        if (buffer.leaf.physical() == Physical.BYTE_ARRAY) {
            SizeStatistics sizes = new SizeStatistics();
            sizes.setUnencoded_byte_array_data_bytes(buffer.values.dataEnd);
            metadata.setSize_statistics(sizes);
        }
        return metadata;
    }

    private Statistics statistics(DictionaryBuilder dictionary) {
        Statistics statistics = new Statistics();
        statistics.setNull_count((long) buffer.entries - buffer.present);
        Bounds bounds = Bounds.of(buffer.values, extremes);
        if (bounds != null) {
            statistics.setMin_value(bounds.min());
            statistics.setMax_value(bounds.max());
            statistics.setIs_min_value_exact(bounds.isMinExact());
            statistics.setIs_max_value_exact(bounds.isMaxExact());
        }
        if (dictionary != null) {
            statistics.setDistinct_count(dictionary.entries());
        }
        return statistics;
    }
}
