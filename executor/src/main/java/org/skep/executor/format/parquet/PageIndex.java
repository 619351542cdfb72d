package org.skep.executor.format.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Util;
import org.skep.model.plan.Expr;

/** Finds by the bounds of single pages which rows of a row group may satisfy conditions. */
final class PageIndex {
    private static final int LARGEST = 1 << 28;

    private final String file;
    private final Footer footer;
    private final FileChannel channel;
    private final List<FileColumn> columns;

    PageIndex(String file, Footer footer, FileChannel channel, List<FileColumn> columns) {
        this.file = file;
        this.footer = footer;
        this.channel = channel;
        this.columns = columns;
    }

    RowRanges rows(int rowGroup, List<Expr> conditions) {
        RowRanges rows = RowRanges.all(footer.rowGroup(rowGroup).getNum_rows());
        for (Expr condition : conditions) {
            int[] used = condition.columns();
            if (used.length == 1 && columns.get(used[0]).isFlat()) {
                RowRanges found = rows(rowGroup, columns.get(used[0]), condition);
                rows = found == null ? rows : rows.and(found);
            }
        }
        return rows;
    }

    private RowRanges rows(int rowGroup, FileColumn column, Expr condition) {
        Node leaf = column.node();
        ColumnChunk chunk = footer.rowGroup(rowGroup).getColumns().get(leaf.leaf);
        boolean indexed =
                chunk.isSetColumn_index_offset()
                        && chunk.isSetOffset_index_offset()
                        && Ranges.hasTypeOrder(footer, leaf);
        if (!indexed) {
            return null;
        }
        Place place = new Place(file, rowGroup, leaf.name(), chunk.getColumn_index_offset());
        try {
            byte[] bounds = read(chunk.getColumn_index_offset(), chunk.getColumn_index_length());
            byte[] places = read(chunk.getOffset_index_offset(), chunk.getOffset_index_length());
            ColumnIndex index = Util.readColumnIndex(new ByteArrayInputStream(bounds));
            OffsetIndex offsets = Util.readOffsetIndex(new ByteArrayInputStream(places));
            long rows = footer.rowGroup(rowGroup).getNum_rows();
            return rows(index, offsets, column, condition, rows);
        } catch (IOException e) {
            throw place.corrupt("page index: " + e.getMessage());
        } catch (RuntimeException e) {
            throw place.error(e);
        }
    }

    private static RowRanges rows(
            ColumnIndex index, OffsetIndex offsets, FileColumn column, Expr condition, long rows) {
        int pages = offsets.getPage_locationsSize();
        if (index.getNull_pagesSize() != pages
                || index.getMin_valuesSize() != pages
                || index.getMax_valuesSize() != pages) {
            throw new CorruptPageException("a page index without bounds for each page");
        }
        RowRanges found = new RowRanges();
        long from = 0;
        for (int page = 0; page < pages; page++) {
            List<PageLocation> places = offsets.getPage_locations();
            long to = page + 1 < pages ? places.get(page + 1).getFirst_row_index() : rows;
            if (places.get(page).getFirst_row_index() != from || to < from || to > rows) {
                throw new CorruptPageException("a page index whose rows are out of order");
            }
            ColumnRange range = range(index, page, column, to - from);
            Pruner pruner = new Pruner(any -> range, (any, value) -> true);
            if (pruner.mayBeTrue(condition)) {
                found.add(from, to);
            }
            from = to;
        }
        return found;
    }

    private static ColumnRange range(ColumnIndex index, int page, FileColumn column, long rows) {
        if (index.getNull_pages().get(page)) {
            return new ColumnRange(column.type(), null, null, false, rows, rows);
        }
        boolean counted = index.isSetNull_counts() && index.getNull_countsSize() > page;
        long nulls = counted ? index.getNull_counts().get(page) : -1;
        return Ranges.range(
                column.node(),
                column.conversion(),
                bytes(index.getMin_values().get(page)),
                bytes(index.getMax_values().get(page)),
                false,
                column.node().definition == 0 ? 0 : nulls,
                rows);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private byte[] read(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || length > LARGEST || length > footer.fileBytes - offset) {
            throw new CorruptPageException(
                    "a page index of %d bytes at offset %d".formatted(length, offset));
        }
        byte[] bytes = new byte[length];
        Footer.read(channel, bytes, length, offset);
        return bytes;
    }
}
