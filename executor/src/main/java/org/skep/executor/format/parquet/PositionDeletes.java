package org.skep.executor.format.parquet;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.Wanted;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.LongColumn;
import org.skep.model.file.ColumnId;
import org.skep.model.file.DataFile;
import org.skep.model.file.DeleteFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.file.TableStatistics;
import org.skep.model.plan.Expr;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** The rows of a data file that Iceberg's position delete files say do not count any more. */
final class PositionDeletes {
    /** The columns of a delete file, with the numbers that Iceberg's specification gives them. */
    private static final Schema SCHEMA =
            Schema.of(
                    new Field("file_path", Type.STRING, false),
                    new Field("pos", Type.BIGINT, false));

    private static final List<ColumnId> IDS =
            List.of(new ColumnId(2_147_483_546, List.of()), new ColumnId(2_147_483_545, List.of()));

    private static final PositionDeletes NONE = new PositionDeletes(new long[0]);

    private final long[] positions;

    private PositionDeletes(long[] positions) {
        this.positions = positions;
    }

    static PositionDeletes of(DataFile file, ParquetFormat format, TaskContext task) {
        List<DeleteFile> files =
                file.deletes().stream()
                        .filter(delete -> delete.kind() == DeleteFile.Kind.POSITION)
                        .toList();
        if (files.isEmpty()) {
            return NONE;
        }
        long[] positions = new long[64];
        int count = 0;
        for (DeleteFile delete : files) {
            try (BatchReader reader = open(delete, file.path(), format, task)) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    LongColumn found = (LongColumn) batch.column(1).flat();
                    if (count + batch.rows() > positions.length) {
                        int size = Math.max(2 * positions.length, count + batch.rows());
                        positions = Arrays.copyOf(positions, size);
                    }
                    System.arraycopy(found.values(), 0, positions, count, batch.rows());
                    count += batch.rows();
                }
            }
        }
        long[] sorted = Arrays.copyOf(positions, count);
        Arrays.sort(sorted);
        return new PositionDeletes(sorted);
    }

    private static BatchReader open(
            DeleteFile delete, String path, ParquetFormat format, TaskContext task) {
        FileSource source = FileSource.of("parquet", List.of(delete.path()), Map.of());
        DataFile file = new DataFile(delete.path(), delete.bytes(), 0, List.of());
        FileTable table =
                new FileTable(source, SCHEMA, 0, List.of(), TableStatistics.UNKNOWN, IDS, null);
        Expr same =
                new Expr.In(
                        new Expr.Input(0, Type.STRING),
                        List.of(path, "file:" + path, "file://" + path));
        Split whole = new Split(file, 0, Long.MAX_VALUE, -1);
        return format.open(table, whole, List.of(0, 1), Wanted.rows(List.of(same)), task);
    }

    boolean isEmpty() {
        return positions.length == 0;
    }

    /**
     * Which of {@code rows} rows from {@code first} on still count.
     *
     * @param alive gets their places, from 0
     * @return how many there are
     */
    int alive(long first, int rows, int[] alive) {
        int next = Arrays.binarySearch(positions, first);
        next = next < 0 ? -next - 1 : firstOf(next);
        int count = 0;
        for (int row = 0; row < rows; row++) {
            while (next < positions.length && positions[next] < first + row) {
                next++; // said twice
            }
            if (next == positions.length || positions[next] != first + row) {
                alive[count++] = row;
            }
        }
        return count;
    }

    private int firstOf(int found) {
        int first = found;
        while (first > 0 && positions[first - 1] == positions[found]) {
            first--;
        }
        return first;
    }
}
