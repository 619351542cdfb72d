package org.skep.executor.format.parquet;

import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.skep.executor.format.FileFormat;
import org.skep.model.file.ColumnId;
import org.skep.model.file.FileTable;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/**
 * A column of a table as one file has it.
 *
 * @param type as the table says
 * @param node the field of the file; null when it has none
 * @param conversion of a column that is neither nested nor repeated; else null
 * @param id by which the file knows the column and what is in it; null when by name
 * @param isRowNumber of the pseudo-column that numbers the file's rows
 */
record FileColumn(Type type, Node node, Conversion conversion, ColumnId id, boolean isRowNumber) {
    /**
     * The columns numbered {@code columns}; those the table does not have are of no file either.
     */
    static List<FileColumn> of(Footer footer, FileTable table, List<Integer> columns) {
        return of(footer, table.schema(), table.ids(), columns);
    }

    /**
     * @param ids of the table's columns; empty when they go by their names, as do all columns of a
     *     file without ids
     */
    static List<FileColumn> of(
            Footer footer, Schema table, List<ColumnId> ids, List<Integer> columns) {
        boolean byId = !ids.isEmpty() && footer.schema.hasIds();
        List<FileColumn> found = new ArrayList<>();
        for (int column : columns) {
            if (column == FileFormat.LINE || column >= table.size()) {
                boolean number = column == FileFormat.LINE;
                found.add(new FileColumn(Type.BIGINT, null, null, null, number));
            } else {
                Field field = table.field(column);
                ColumnId id = byId ? ids.get(column) : null;
                Node node = footer.schema.child(field.name(), id);
                boolean flat = node != null && node.isLeaf() && !node.isRepeated();
                found.add(
                        new FileColumn(
                                field.type(),
                                node,
                                flat ? Conversion.of(node, field.type()) : null,
                                id,
                                false));
            }
        }
        return found;
    }

    boolean isFlat() {
        return conversion != null;
    }

    /** What the row group's statistics say; null when the column is nested or numbers rows. */
    ColumnRange range(Footer footer, int rowGroup) {
        if (isRowNumber) {
            return null;
        }
        if (node == null) {
            long rows = footer.rowGroup(rowGroup).getNum_rows();
            return new ColumnRange(type, null, null, false, rows, rows);
        }
        return isFlat() ? Ranges.of(footer, rowGroup, node, conversion) : null;
    }

    /** Compressed bytes of a row group that reading this takes. */
    long compressedBytes(Footer footer, int rowGroup) {
        if (node == null) {
            return 0;
        }
        return node.leaves().stream()
                .mapToLong(leaf -> footer.chunk(rowGroup, leaf).getTotal_compressed_size())
                .sum();
    }

    ColumnReader open(String file, Footer footer, FileChannel channel, Decompressor decompressor) {
        if (isRowNumber) {
            return new RowNumbers(footer);
        }
        if (node == null) {
            return new ColumnReader.Missing(type);
        }
        if (isFlat()) {
            return new FlatColumnReader(file, footer, node, conversion, channel, decompressor);
        }
        List<LeafEntries> leaves = new ArrayList<>();
        Shape.Maker maker =
                new Shape.Maker(
                        (leaf, as) ->
                                new LeafEntries(file, footer, leaf, as, channel, decompressor),
                        leaves);
        return new NestedColumnReader(maker.shape(node, type, id), leaves);
    }
}
