package org.skep.tests.distorted;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.skep.model.file.FileTable;
import org.skep.model.file.TableStatistics;
import org.skep.model.file.TableStatistics.ColumnStatistics;

/**
 * Makes what is known of tables wrong: row counts and numbers of different values, each multiplied
 * by a factor from 1/{@code most} to {@code most}, evenly on a logarithmic scale. The same for the
 * same seed, table and column. Row counts are then no longer said to be exact, as those of samples
 * and of older states are not.
 *
 * @param most the largest factor; 1 changes nothing
 * @param rows whether row counts are wrong too
 */
public record Distortion(long seed, double most, boolean rows) {
    public static final Distortion NONE = new Distortion(0, 1, false);

    /** The table as the planner is to see it. */
    FileTable of(String name, FileTable table) {
        if (most == 1 || table.statistics().rows() < 0) {
            return table;
        }
        TableStatistics known = table.statistics();
        double count = rows ? Math.max(1, known.rows() * factor(name)) : known.rows();
        List<ColumnStatistics> columns = new ArrayList<>();
        for (int i = 0; i < known.columns().size(); i++) {
            ColumnStatistics column = known.column(i);
            double distinct =
                    column.distinct() < 0
                            ? column.distinct()
                            : Math.max(1, column.distinct() * factor(name + "." + i));
            columns.add(
                    new ColumnStatistics(
                            column.min(),
                            column.max(),
                            column.nulls(),
                            distinct,
                            column.bytesPerRow(),
                            column.frequent(),
                            column.quantiles()));
        }
        return table.with(new TableStatistics(count, known.exact() && !rows, columns));
    }

    private double factor(String what) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + what.hashCode());
        random.nextLong(); // the first value of neighbouring seeds is nearly the same
        return Math.pow(most, 2 * random.nextDouble() - 1);
    }
}
