package org.skep.executor.format.parquet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileTable;
import org.skep.model.file.TableStatistics;
import org.skep.model.file.TableStatistics.ColumnStatistics;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/**
 * What footers say of some columns for sure: how many rows and how many nulls there are, and bounds
 * that occur. Statistics that are shortened, or that say nothing of NaN, are no such bounds.
 */
final class CertainStatistics {
    private final Schema schema;
    private final List<Integer> columns;
    private final Totals[] totals;
    private long rows;

    /** What is known of one column; bounds are null as long as there is no value. */
    private static final class Totals {
        Object min;
        Object max;
        boolean boundsKnown = true;
        long nulls;
        boolean nullsKnown = true;
    }

    /**
     * @param schema the data columns of the table
     * @param columns which of them
     */
    private CertainStatistics(Schema schema, List<Integer> columns) {
        this.schema = schema;
        this.columns = columns;
        this.totals = new Totals[columns.size()];
        Arrays.setAll(totals, i -> new Totals());
    }

    /** What is certain of these columns of a table; UNKNOWN when rows of it were deleted. */
    static TableStatistics of(FileTable table, List<Integer> columns, Footers footers) {
        Schema data = new Schema(table.schema().fields().subList(0, table.dataColumns()));
        CertainStatistics certain = new CertainStatistics(data, columns);
        for (DataFile file : table.files()) {
            if (!file.deletes().isEmpty()) {
                return TableStatistics.UNKNOWN;
            }
            Footer footer = footers.of(file);
            try {
                certain.add(footer, FileColumn.of(footer, data, table.ids(), columns));
            } catch (RuntimeException e) {
                throw Place.of(file.path()).error(e);
            }
        }
        return certain.result();
    }

    private void add(Footer footer, List<FileColumn> found) {
        for (int group = 0; group < footer.rowGroups(); group++) {
            long groupRows = footer.rowGroup(group).getNum_rows();
            rows += groupRows;
            for (int i = 0; i < totals.length && groupRows > 0; i++) {
                // what is not stored in the file, as partition columns, is not known of it
                boolean stored = columns.get(i) < schema.size();
                add(totals[i], stored ? found.get(i).range(footer, group) : null);
            }
        }
    }

    private static void add(Totals total, ColumnRange range) {
        if (range == null || range.nulls() < 0) {
            total.nullsKnown = false;
        } else {
            total.nulls += range.nulls();
        }
        if (range != null && range.hasNullsOnly()) {
            return;
        }
        if (range == null || !isCertain(range)) {
            total.boundsKnown = false;
            return;
        }
        boolean less = total.min == null || ColumnRange.compare(range.min(), total.min) < 0;
        boolean more = total.max == null || ColumnRange.compare(range.max(), total.max) > 0;
        total.min = less ? range.min() : total.min;
        total.max = more ? range.max() : total.max;
    }

    private static boolean isCertain(ColumnRange range) {
        return range.isKnown()
                && range.tight()
                && !range.type().isFloating()
                && isText(range, range.min())
                && isText(range, range.max());
    }

    /** False for a STRING that reading would complain about. */
    private static boolean isText(ColumnRange range, Object bound) {
        if (range.type().kind() != Type.Kind.STRING) {
            return true;
        }
        byte[] bytes = (byte[]) bound;
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8));
    }

    private TableStatistics result() {
        List<ColumnStatistics> known = new ArrayList<>();
        for (int i = 0; i < totals.length; i++) {
            Totals total = totals[i];
            boolean bounds = total.boundsKnown && total.min != null;
            Type type = bounds ? schema.type(columns.get(i)) : null;
            known.add(
                    new ColumnStatistics(
                            bounds ? Ranges.boxed(total.min, type) : null,
                            bounds ? Ranges.boxed(total.max, type) : null,
                            total.nullsKnown ? total.nulls : -1,
                            -1,
                            -1));
        }
        return new TableStatistics(rows, true, known);
    }
}
