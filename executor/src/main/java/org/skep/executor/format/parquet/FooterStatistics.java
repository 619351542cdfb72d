package org.skep.executor.format.parquet;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.format.ColumnMetaData;
import org.skep.model.file.ColumnId;
import org.skep.model.file.DataFile;
import org.skep.model.file.TableStatistics;
import org.skep.model.file.TableStatistics.ColumnStatistics;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Adds up what footers say of a table's columns. */
final class FooterStatistics {
    private static final int HEADER = 256;

    private final Schema schema;
    private final List<ColumnId> ids;
    private final Totals[] totals;
    private double rows;
    private long largestRows;
    private DataFile largestFile;
    private Footer largestFooter;
    private int largestGroup;

    /** What is known of one column. */
    private static final class Totals {
        Object min;
        Object max;
        boolean boundsKnown = true;
        double nulls;
        boolean nullsKnown = true;
        double bytes;
        boolean bytesKnown = true;
    }

    /**
     * @param ids by which the files know the columns; empty when by their names
     */
    FooterStatistics(Schema schema, List<ColumnId> ids) {
        this.schema = schema;
        this.ids = ids;
        this.totals = new Totals[schema.size()];
        for (int i = 0; i < totals.length; i++) {
            totals[i] = new Totals();
        }
    }

    void add(DataFile file, Footer footer) {
        List<Integer> all = IntStream.range(0, schema.size()).boxed().toList();
        List<FileColumn> columns;
        try {
            columns = FileColumn.of(footer, schema, ids, all);
        } catch (RuntimeException e) {
            throw Place.of(file.path()).error(e);
        }
        for (int group = 0; group < footer.rowGroups(); group++) {
            long groupRows = footer.rowGroup(group).getNum_rows();
            rows += groupRows;
            if (groupRows > largestRows) {
                largestRows = groupRows;
                largestFile = file;
                largestFooter = footer;
                largestGroup = group;
            }
            for (int i = 0; i < totals.length && groupRows > 0; i++) {
                add(totals[i], columns.get(i), footer, group);
            }
        }
    }

    private static void add(Totals total, FileColumn column, Footer footer, int group) {
        long rows = footer.rowGroup(group).getNum_rows();
        ColumnRange range = column.range(footer, group);
        if (range == null || range.nulls() < 0) {
            total.nullsKnown = false;
        } else {
            total.nulls += range.nulls();
        }
        if (range == null || !range.isKnown() && !range.hasNullsOnly()) {
            total.boundsKnown = false;
        } else if (range.isKnown()) {
            boolean less = total.min == null || ColumnRange.compare(range.min(), total.min) < 0;
            boolean more = total.max == null || ColumnRange.compare(range.max(), total.max) > 0;
            total.min = less ? range.min() : total.min;
            total.max = more ? range.max() : total.max;
        }
        if (column.node() == null) {
            return;
        }
        for (Node leaf : column.node().leaves()) {
            ColumnMetaData chunk = footer.chunk(group, leaf);
            boolean bytes = leaf.physical() == Physical.BYTE_ARRAY;
            if (!bytes) {
                total.bytes += (double) decodedWidth(leaf) * chunk.getNum_values();
            } else if (chunk.isSetSize_statistics()
                    && chunk.getSize_statistics().isSetUnencoded_byte_array_data_bytes()) {
                total.bytes += chunk.getSize_statistics().getUnencoded_byte_array_data_bytes();
            } else {
                // dictionary-encoded strings are longer than their ids; assume a middling length
                double stored = chunk.getTotal_uncompressed_size();
                boolean ids = chunk.isSetDictionary_page_offset();
                total.bytes += ids ? Math.max(stored, 12.0 * rows) : stored;
            }
        }
    }

    private static int decodedWidth(Node leaf) {
        return switch (leaf.physical()) {
            case BOOLEAN -> 1;
            case INT32 -> 4;
            case INT64, INT96, FLOAT, DOUBLE -> 8;
            case BYTE_ARRAY -> 0;
            case FIXED -> leaf.width();
        };
    }

    /**
     * @param scale how many times more files there are than were added
     */
    TableStatistics result(double scale) {
        ColumnStatistics[] columns = new ColumnStatistics[totals.length];
        long[] entries = largestFooter == null ? new long[totals.length] : dictionaryEntries();
        for (int i = 0; i < columns.length; i++) {
            Totals total = totals[i];
            Type type = schema.type(i);
            boolean bounds = total.boundsKnown && total.min != null;
            columns[i] =
                    new ColumnStatistics(
                            bounds ? Ranges.boxed(total.min, type) : null,
                            bounds ? Ranges.boxed(total.max, type) : null,
                            total.nullsKnown ? total.nulls * scale : -1,
                            distinct(total, type, entries[i], bounds, scale),
                            rows == 0 || !total.bytesKnown ? -1 : total.bytes / rows);
        }
        return new TableStatistics(rows * scale, scale == 1, List.of(columns));
    }

    private double distinct(Totals total, Type type, long entries, boolean bounds, double scale) {
        double present = rows * scale - (total.nullsKnown ? total.nulls * scale : 0);
        double most = Math.max(0, present);
        boolean ranged = false;
        if (bounds && (type.isInteger() || type.kind() == Type.Kind.DATE)) {
            double span =
                    ((Number) total.max).doubleValue() - ((Number) total.min).doubleValue() + 1;
            most = Math.min(most, span);
            ranged = true;
        }
        if (type.kind() == Type.Kind.BOOLEAN) {
            return Math.min(most, 2);
        }
        if (entries < 0) {
            return ranged ? most : -1;
        }
        // many different values in one row group mean more in others, few mean the same few
        double share = (double) entries / Math.max(1, largestRows);
        double growth = Math.pow(rows * scale / Math.max(1, largestRows), Math.min(1, 2 * share));
        return Math.min(most, entries * growth);
    }

    /**
     * How many dictionary entries each column has in the largest row group; -1 when not only ids.
     */
    private long[] dictionaryEntries() {
        long[] entries = new long[totals.length];
        List<Integer> all = IntStream.range(0, schema.size()).boxed().toList();
        List<FileColumn> columns = FileColumn.of(largestFooter, schema, ids, all);
        try (FileChannel channel = Footers.open(largestFile)) {
            for (int i = 0; i < entries.length; i++) {
                FileColumn column = columns.get(i);
                entries[i] = column.isFlat() ? dictionaryEntries(channel, column.node()) : -1;
            }
        } catch (IOException e) {
            throw Place.of(largestFile.path()).error(e);
        }
        return entries;
    }

    private long dictionaryEntries(FileChannel channel, Node leaf) throws IOException {
        ColumnMetaData chunk = largestFooter.chunk(largestGroup, leaf);
        if (!FlatColumnReader.hasOnlyDictionaryPages(chunk)) {
            return -1;
        }
        long offset = chunk.getDictionary_page_offset();
        if (offset < 0 || offset >= largestFooter.fileBytes) {
            return -1;
        }
        byte[] bytes = new byte[(int) Math.min(HEADER, largestFooter.fileBytes - offset)];
        Footer.read(channel, bytes, bytes.length, offset);
        try {
            PageHeader header = PageHeader.parse(bytes, 0, bytes.length);
            return header.type == PageHeader.DICTIONARY ? header.values : -1;
        } catch (BufferUnderflowException | CorruptPageException unreadable) {
            return -1; // an estimate is not worth an error: reading the column will tell
        }
    }
}
