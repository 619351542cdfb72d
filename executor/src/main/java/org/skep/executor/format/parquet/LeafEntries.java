package org.skep.executor.format.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;
import org.skep.model.data.Column;

/**
 * Reads one leaf of a nested column as Parquet stores it: levels for every entry, and the values
 * that are not null. How entries become rows is the matter of {@link NestedColumnReader}.
 */
final class LeafEntries {
    private final String file;
    private final Footer footer;
    private final Node leaf;
    private final Conversion conversion;
    private final PageReader pages;
    private final Decoders decoders;
    private final HybridDecoder levelDecoder = new HybridDecoder();
    private final HybridDecoder idDecoder = new HybridDecoder();

    private int rowGroup;
    private int pageEntries;
    private int nextEntry;
    private int[] pageRepetitions = new int[0];
    private int[] pageDefinitions = new int[0];
    private boolean idPage;
    private ValueDecoder decoder;
    private Values dictionary;

    private Values values;
    private int present;

    /** The levels of the entries of the rows that were read last. */
    int[] repetitions = new int[0];

    int[] definitions = new int[0];
    int entries;

    LeafEntries(
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

    int definitionOfValues() {
        return leaf.definition;
    }

    Conversion conversion() {
        return conversion;
    }

    void start(int group) {
        rowGroup = group;
        pages.start(footer.chunk(group, leaf), footer);
        pageEntries = 0;
        nextEntry = 0;
        dictionary = null;
    }

    /** Reads the entries of whole rows. */
    void read(int rows) {
        entries = 0;
        present = 0;
        values = new Values(leaf.physical(), Math.max(rows, 16));
        int started = 0;
        try {
            while (true) {
                if (nextEntry == pageEntries && !nextPage()) {
                    if (started < rows) {
                        throw new CorruptPageException("fewer rows than the row group has");
                    }
                    return;
                }
                int from = nextEntry;
                while (nextEntry < pageEntries
                        && (pageRepetitions[nextEntry] > 0 || started < rows)) {
                    started += pageRepetitions[nextEntry] == 0 ? 1 : 0;
                    nextEntry++;
                }
                append(from, nextEntry - from);
                if (nextEntry < pageEntries) {
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            throw place().error(e);
        }
    }

    /** The values that are not null, in the order of their entries. */
    Column values() {
        try {
            return conversion.convert(values, present, null);
        } catch (RuntimeException e) {
            throw place().error(e);
        }
    }

    Place place() {
        return new Place(file, rowGroup, leaf.name(), pages.offset());
    }

    private void append(int from, int count) {
        if (count == 0) {
            return;
        }
        if (entries == 0 && count > 0 && pageRepetitions[from] != 0) {
            throw new CorruptPageException("a row that begins in its middle");
        }
        int wanted = Math.addExact(entries, count);
        if (repetitions.length < wanted) {
            repetitions = Arrays.copyOf(repetitions, wanted + (wanted >> 1));
            definitions = Arrays.copyOf(definitions, wanted + (wanted >> 1));
        }
        System.arraycopy(pageRepetitions, from, repetitions, entries, count);
        System.arraycopy(pageDefinitions, from, definitions, entries, count);
        entries += count;
        int found = 0;
        for (int i = from; i < from + count; i++) {
            found += pageDefinitions[i] == leaf.definition ? 1 : 0;
        }
        values.reserve(present + found);
        if (idPage) {
            int[] ids = new int[found];
            idDecoder.read(ids, 0, found);
            for (int id : ids) {
                if (id < 0 || id >= dictionary.capacity()) {
                    throw new CorruptPageException(
                            "id %d in a dictionary of %d entries"
                                    .formatted(id, dictionary.capacity()));
                }
            }
            values.gather(dictionary, ids, 0, present, found);
        } else {
            decoder.read(values, present, found);
        }
        present += found;
    }

    private boolean nextPage() throws IOException {
        do {
            if (!pages.advance()) {
                return false;
            }
        } while (pages.header().values == 0);
        PageHeader header = pages.header();
        if (header.hasDictionaryIds() && dictionary == null) {
            dictionary = pages.dictionary();
        }
        pages.load();
        pageEntries = header.values;
        nextEntry = 0;
        if (pageDefinitions.length < pageEntries) {
            pageRepetitions = new int[pageEntries];
            pageDefinitions = new int[pageEntries];
        }
        boolean v2 = header.type == PageHeader.DATA_V2;
        levels(
                v2 ? Encoding.RLE : header.repetitionEncoding,
                leaf.repetition,
                pages.repetitionFrom,
                pages.repetitionTo,
                pageRepetitions);
        levels(
                v2 ? Encoding.RLE : header.definitionEncoding,
                leaf.definition,
                pages.definitionFrom,
                pages.definitionTo,
                pageDefinitions);
        startValues(header);
        return true;
    }

    private void startValues(PageHeader header) {
        int from = pages.valuesFrom;
        int to = pages.valuesTo;
        idPage = header.hasDictionaryIds();
        if (!idPage) {
            decoder = decoders.of(header.encoding);
            decoder.start(pages.page, from, to, header.values);
        } else if (from < to) {
            idDecoder.start(pages.page, from + 1, to, pages.page[from]);
        } else {
            idDecoder.start(pages.page, from, to, 1);
        }
    }

    private void levels(Encoding encoding, int most, int from, int to, int[] out) {
        int width = PageReader.bitWidth(most);
        if (most == 0) {
            Arrays.fill(out, 0, pageEntries, 0);
        } else if (encoding == Encoding.RLE) {
            levelDecoder.start(pages.page, from, to, width);
            levelDecoder.read(out, 0, pageEntries);
        } else {
            mostSignificantFirst(from, width, out);
        }
        for (int i = 0; i < pageEntries; i++) {
            if (out[i] > most) {
                throw new CorruptPageException(
                        "level %d where %d is the highest".formatted(out[i], most));
            }
        }
    }

    /** The deprecated packing of levels. */
    private void mostSignificantFirst(int from, int width, int[] out) {
        for (int i = 0; i < pageEntries; i++) {
            int level = 0;
            for (int b = 0; b < width; b++) {
                long bit = (long) i * width + b;
                int octet = pages.page[from + (int) (bit >>> 3)];
                level = level << 1 | octet >>> (7 - (int) (bit & 7)) & 1;
            }
            out[i] = level;
        }
    }
}
