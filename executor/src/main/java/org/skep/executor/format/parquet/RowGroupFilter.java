package org.skep.executor.format.parquet;

import java.nio.channels.FileChannel;
import java.util.List;
import org.skep.model.plan.Expr;

/**
 * Tells by statistics and Bloom filters which row groups of a file may have a row that is wanted.
 */
record RowGroupFilter(
        String file,
        Footer footer,
        FileChannel channel,
        List<FileColumn> columns,
        List<Expr> conditions) {
    boolean mayMatch(int rowGroup) {
        if (footer.rowGroup(rowGroup).getNum_rows() == 0) {
            return false;
        }
        if (conditions.isEmpty()) {
            return true;
        }
        BloomFilters blooms = new BloomFilters(file, footer, channel, columns, rowGroup);
        Pruner pruner = new Pruner(column -> columns.get(column).range(footer, rowGroup), blooms);
        return pruner.mayMatch(conditions);
    }
}
