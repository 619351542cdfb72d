package org.skep.executor.format.parquet;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.file.DataFile;
import org.skep.model.file.Split;
import org.skep.model.settings.Settings;

/** Groups row groups into stretches of about equal work. */
final class Splits {
    /** Less than this is not worth a task. */
    private static final long LEAST_BYTES = 1L << 20;

    private static final int TASKS_PER_THREAD = 4;

    private Splits() {}

    static List<Split> of(
            DataFile file,
            Footer footer,
            List<FileColumn> columns,
            RowGroupFilter filter,
            Settings settings) {
        List<Integer> wanted = new ArrayList<>();
        long total = 0;
        for (int group = 0; group < footer.rowGroups(); group++) {
            if (filter.mayMatch(group)) {
                wanted.add(group);
                total += bytes(footer, columns, group);
            }
        }
        long shared = total / ((long) TASKS_PER_THREAD * settings.threads());
        long target = Math.min(settings.splitBytes(), Math.max(LEAST_BYTES, shared));
        DataFile read = file.withoutStatistics();
        List<Split> splits = new ArrayList<>();
        long start = -1;
        long end = 0;
        long rows = 0;
        long bytes = 0;
        for (int group : wanted) {
            long next = bytes(footer, columns, group);
            if (start >= 0 && bytes + next > target) {
                splits.add(new Split(read, start, end - start, rows));
                start = -1;
            }
            long[] extent = footer.extent(group);
            if (start < 0) {
                start = extent[0];
                rows = 0;
                bytes = 0;
            }
            end = Math.max(start, extent[0]) + Math.max(1, extent[1]);
            rows += footer.rowGroup(group).getNum_rows();
            bytes += next;
        }
        if (start >= 0) {
            splits.add(new Split(read, start, end - start, rows));
        }
        return splits;
    }

    private static long bytes(Footer footer, List<FileColumn> columns, int group) {
        return columns.stream().mapToLong(column -> column.compressedBytes(footer, group)).sum();
    }
}
