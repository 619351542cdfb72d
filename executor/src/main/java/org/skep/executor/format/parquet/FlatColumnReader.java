package org.skep.executor.format.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;

/**
 * Reads a column that is neither nested nor repeated. A batch of rows that are all in
 * dictionary-encoded pages stays a dictionary column; the dictionary is shared by all of the row
 * group.
 */
final class FlatColumnReader implements ColumnReader {
    private static final int[] NONE = {};

    private final String file;
    private final Footer footer;
    private final Node leaf;
    private final Conversion conversion;
    private final PageReader pages;
    private final Decoders decoders;
    private final HybridDecoder definitions = new HybridDecoder();
    private final HybridDecoder idDecoder = new HybridDecoder();

    private int rowGroup;
    private ColumnMetaData chunk;
    private long skipped;
    private int left;
    private boolean loaded;
    private boolean allPresent;
    private boolean idPage;
    private ValueDecoder decoder;
    private Values dictionary;
    private Column dictionaryColumn;

    private boolean rowsHaveNulls;
    private long[] validity;
    private int[] ids;
    private Values values;
    private int[] spareIds = NONE;
    private Values spareValues;
    private int filled;
    private int capacity;

    FlatColumnReader(
            String file,
            Footer footer,
            Node leaf,
            Conversion conversion,
            FileChannel channel,
            Decompressor decompressor) {
        this.file = file;
        this.footer = footer;
        this.leaf = leaf;
        this.conversion = conversion;
        this.pages = new PageReader(leaf, new ChunkSource(channel, decompressor), decompressor);
        this.decoders = new Decoders(leaf);
    }

    @Override
    public void start(int group) {
        rowGroup = group;
        chunk = footer.chunk(group, leaf);
        pages.start(chunk, footer);
        skipped = 0;
        left = 0;
        loaded = false;
        dictionary = null;
        dictionaryColumn = null;
    }

    @Override
    public void skip(long rows) {
        skipped += rows;
    }

    @Override
    public Column read(int rows, int[] selected, int count) {
        try {
            passSkipped();
            if (selected == null) {
                begin(count);
                append(rows);
                return finish();
            }
            if (!worthSkipping(rows, selected, count)) {
                begin(rows);
                append(rows);
                Column some = finish().gather(selected, count);
                recycle();
                return some;
            }
            begin(count);
            int next = 0;
            for (int i = 0; i < count; ) {
                int from = selected[i];
                int run = 1;
                while (i + run < count && selected[i + run] == from + run) {
                    run++;
                }
                skipped = from - next;
                passSkipped();
                append(run);
                next = from + run;
                i += run;
            }
            skipped = rows - next;
            return finish();
        } catch (IOException | RuntimeException e) {
            throw place().error(e);
        }
    }

    @Override
    public boolean decodesAll(int rows, int[] selected, int count) {
        boolean large = leaf.physical().isBytes() && !idPage;
        return !large && !worthSkipping(rows, selected, count);
    }

    /** A jump costs about as much as decoding sixteen numbers, or copying four strings. */
    private boolean worthSkipping(int rows, int[] selected, int count) {
        int runs = 1;
        for (int i = 1; i < count; i++) {
            runs += selected[i] != selected[i - 1] + 1 ? 1 : 0;
        }
        return runs * (leaf.physical().isBytes() && !idPage ? 4L : 16L) < rows;
    }

    private Place place() {
        return new Place(file, rowGroup, leaf.name(), pages.offset());
    }

    private void passSkipped() throws IOException {
        while (skipped > 0) {
            if (left == 0) {
                nextPage();
            }
            int take = (int) Math.min(skipped, left);
            if (take < left) {
                load();
                int present = allPresent ? take : definitions.countBits(take);
                if (idPage) {
                    idDecoder.skip(present);
                } else {
                    decoder.skip(present);
                }
            }
            left -= take;
            skipped -= take;
        }
    }

    private void nextPage() throws IOException {
        loaded = false;
        do {
            if (!pages.advance()) {
                throw new CorruptPageException("fewer rows than the row group has");
            }
            left = pages.header().values;
        } while (left == 0);
    }

    private void load() throws IOException {
        if (loaded) {
            return;
        }
        PageHeader header = pages.header();
        idPage = header.hasDictionaryIds();
        if (idPage && dictionary == null) {
            dictionary = pages.dictionary();
        }
        pages.load();
        boolean noLevels =
                header.type == PageHeader.DATA_V2
                        && header.nulls == 0
                        && pages.definitionFrom == pages.definitionTo;
        allPresent = leaf.definition == 0 || noLevels;
        if (!allPresent) {
            startDefinitions(header);
            allPresent = definitions.isRun(1, header.values);
        }
        int from = pages.valuesFrom;
        int to = pages.valuesTo;
        if (!idPage) {
            decoder = decoders.of(header.encoding);
            decoder.start(pages.page, from, to, header.values);
        } else if (from < to) {
            idDecoder.start(pages.page, from + 1, to, pages.page[from]);
        } else {
            idDecoder.start(pages.page, from, to, 1); // all null: no ids, not even their width
        }
        loaded = true;
    }

    private void startDefinitions(PageHeader header) {
        if (header.definitionEncoding == Encoding.RLE || header.type == PageHeader.DATA_V2) {
            definitions.start(pages.page, pages.definitionFrom, pages.definitionTo, 1);
            return;
        }
        // the older packing begins at the other end of each byte
        int bytes = pages.definitionTo - pages.definitionFrom;
        byte[] turned = new byte[bytes + BitPacking.PADDING];
        for (int i = 0; i < bytes; i++) {
            int octet = pages.page[pages.definitionFrom + i];
            turned[i] = (byte) (Integer.reverse(octet) >>> 24);
        }
        definitions.startPacked(turned, 0, bytes, 1, header.values);
    }

    private void begin(int rows) {
        capacity = rows;
        filled = 0;
        rowsHaveNulls = false;
        validity = null;
        ids = null;
        values = null;
    }

    private void append(int rows) throws IOException {
        int rest = rows;
        while (rest > 0) {
            if (left == 0) {
                nextPage();
            }
            load();
            int take = Math.min(rest, left);
            appendFromPage(take);
            left -= take;
            rest -= take;
        }
    }

    private void appendFromPage(int rows) {
        int present = rows;
        if (allPresent) {
            if (validity != null) {
                HybridDecoder.setRange(validity, filled, rows);
            }
        } else {
            if (validity == null) {
                validity = new long[Bits.words(capacity)];
                HybridDecoder.setRange(validity, 0, filled);
            }
            present = definitions.readBits(validity, filled, rows);
            rowsHaveNulls |= present < rows;
        }
        if (idPage) {
            appendIds(rows, present);
        } else {
            if (values == null) {
                values = Values.in(spareValues, leaf.physical(), capacity);
                spareValues = null;
                if (ids != null
                        && dictionary.capacity() > 0) { // the dictionary ended within this batch
                    values.gather(dictionary, ids, 0, 0, filled);
                }
                ids = null;
            }
            decoder.read(values, filled, present);
            if (present < rows) {
                values.spread(filled, rows, present, validity);
            }
        }
        filled += rows;
    }

    private void appendIds(int rows, int present) {
        boolean apart = values != null;
        int at = apart ? 0 : filled;
        int[] into = apart ? new int[rows] : ids;
        if (into == null) {
            boolean fits = capacity <= spareIds.length && spareIds.length <= 2 * capacity;
            ids = fits ? spareIds : new int[capacity];
            spareIds = NONE;
            into = ids;
        }
        idDecoder.read(into, at, present);
        checkIds(into, at, present);
        if (apart) {
            values.gather(dictionary, into, 0, filled, present);
            if (present < rows) {
                values.spread(filled, rows, present, validity);
            }
        } else if (present < rows) {
            Values.spread(into, at, rows, present, validity);
        }
    }

    private void checkIds(int[] into, int at, int count) {
        int most = dictionary.capacity() - 1;
        int bad = 0; // negative when an id is, or is too large
        for (int i = at; i < at + count; i++) {
            bad |= into[i] | most - into[i];
        }
        if (bad >= 0) {
            return;
        }
        for (int i = at; i < at + count; i++) {
            if (into[i] < 0 || into[i] > most) {
                throw new CorruptPageException(
                        "id %d in a dictionary of %d entries".formatted(into[i], most + 1));
            }
        }
    }

    @Override
    public void recycle() {
        if (ids != null) {
            spareIds = ids;
        }
        if (values != null && values.isCopiedWhole()) {
            spareValues = values;
        }
        ids = null;
        values = null;
    }

    private Column finish() {
        long[] bits = rowsHaveNulls ? validity : null;
        if (values != null) {
            return conversion.convert(values, filled, bits);
        }
        if (conversion.isNothing()) {
            return Column.nulls(conversion.type(), filled);
        }
        Column entries = dictionaryColumn();
        return entries.rows() == 0
                ? Column.nulls(conversion.type(), filled)
                : new DictionaryColumn(ids, entries, filled, bits);
    }

    private Column dictionaryColumn() {
        if (dictionaryColumn == null) {
            dictionaryColumn = conversion.convert(dictionary, dictionary.capacity(), null);
        }
        return dictionaryColumn;
    }

    @Override
    public Column dictionary() {
        if (conversion.isNothing() || !hasOnlyDictionaryPages(chunk)) {
            return null;
        }
        try {
            if (left == 0 && !loaded) {
                nextPage();
            }
            if (dictionary == null) {
                dictionary = pages.dictionary();
            }
            return dictionaryColumn();
        } catch (IOException | RuntimeException e) {
            throw place().error(e);
        }
    }

    static boolean hasOnlyDictionaryPages(ColumnMetaData chunk) {
        if (!chunk.isSetEncoding_stats() || !chunk.isSetDictionary_page_offset()) {
            return false;
        }
        boolean any = false;
        for (PageEncodingStats stats : chunk.getEncoding_stats()) {
            boolean data =
                    stats.getPage_type() == PageType.DATA_PAGE
                            || stats.getPage_type() == PageType.DATA_PAGE_V2;
            if (data && stats.getCount() > 0) {
                boolean ids =
                        stats.getEncoding() == Encoding.RLE_DICTIONARY
                                || stats.getEncoding() == Encoding.PLAIN_DICTIONARY;
                if (!ids) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }
}
