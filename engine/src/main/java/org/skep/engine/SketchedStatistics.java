package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.catalog.iceberg.SketchedColumn;
import org.skep.model.file.TableStatistics;
import org.skep.model.file.TableStatistics.ColumnStatistics;
import org.skep.model.file.TableStatistics.Frequent;

/** What files say of a table's rows together with what sketches of a snapshot say. */
final class SketchedStatistics {
    private SketchedStatistics() {}

    /**
     * @param files of the table's present rows
     * @param sketches maybe of fewer or more rows, by columns
     */
    static TableStatistics of(TableStatistics files, Map<Integer, SketchedColumn> sketches) {
        if (sketches.isEmpty()) {
            return files;
        }
        List<ColumnStatistics> columns = new ArrayList<>();
        for (int i = 0; i < files.columns().size(); i++) {
            ColumnStatistics column = files.column(i);
            SketchedColumn sketched = sketches.get(i);
            columns.add(
                    sketched == null
                            ? column
                            : new ColumnStatistics(
                                    column.min(),
                                    column.max(),
                                    column.nulls(),
                                    sketched.distinctAmong(files.rows()),
                                    column.bytesPerRow(),
                                    shares(sketched),
                                    sketched.quantiles()));
        }
        return new TableStatistics(files.rows(), files.exact(), columns);
    }

    private static List<Frequent> shares(SketchedColumn column) {
        List<Frequent> shares = new ArrayList<>();
        if (column.rows() > 0) {
            for (SketchedColumn.FrequentValue value : column.frequent()) {
                double count = value.count() + column.error() / 2;
                shares.add(new Frequent(value.value(), Math.min(1, count / column.rows())));
            }
        }
        return shares;
    }
}
