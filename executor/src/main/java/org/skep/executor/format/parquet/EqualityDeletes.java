package org.skep.executor.format.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.Wanted;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.DataFile;
import org.skep.model.file.DeleteFile;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;

/**
 * Leaves out the rows that Iceberg's equality delete files name by their values. The columns of
 * these values are read too, whether the scan wants them or not.
 */
final class EqualityDeletes implements BatchReader {
    private final BatchReader rows;
    private final int width;
    private final Map<List<Integer>, Set<List<Object>>> deleted;

    private EqualityDeletes(
            BatchReader rows, int width, Map<List<Integer>, Set<List<Object>>> deleted) {
        this.rows = rows;
        this.width = width;
        this.deleted = deleted;
    }

    /** Opens a split of a file with such deletes. */
    static BatchReader open(
            FileTable table,
            Split split,
            List<Integer> columns,
            Wanted wanted,
            ParquetFormat format,
            TaskContext task) {
        Map<List<Integer>, List<DeleteFile>> byColumns = new HashMap<>();
        for (DeleteFile delete : split.file().deletes()) {
            if (delete.kind() == DeleteFile.Kind.EQUALITY) {
                byColumns
                        .computeIfAbsent(places(table, delete), key -> new ArrayList<>())
                        .add(delete);
            }
        }
        List<Integer> read = new ArrayList<>(columns);
        Map<List<Integer>, Set<List<Object>>> deleted = new HashMap<>();
        byColumns.forEach(
                (places, files) -> {
                    List<Integer> at = new ArrayList<>();
                    for (int place : places) {
                        if (!read.contains(place)) {
                            read.add(place);
                        }
                        at.add(read.indexOf(place));
                    }
                    deleted.put(at, values(table, places, files, format, task));
                });
        List<DeleteFile> others =
                split.file().deletes().stream()
                        .filter(delete -> delete.kind() != DeleteFile.Kind.EQUALITY)
                        .toList();
        DataFile file = split.file();
        DataFile left =
                new DataFile(
                        file.path(),
                        file.bytes(),
                        file.modifiedMillis(),
                        file.partitionValues(),
                        file.statistics(),
                        others);
        Split same = new Split(left, split.start(), split.length(), split.rows());
        BatchReader rows = format.open(table, same, read, wanted, task);
        return new EqualityDeletes(rows, columns.size(), deleted);
    }

    /** The columns of the table that a delete file tells rows by. */
    private static List<Integer> places(FileTable table, DeleteFile delete) {
        List<Integer> places = new ArrayList<>();
        for (int id : delete.columns()) {
            int place = -1;
            for (int i = 0; i < table.ids().size(); i++) {
                place = table.ids().get(i).id() == id ? i : place;
            }
            if (place < 0) {
                throw new QueryException(
                        ErrorCode.NOT_SUPPORTED,
                        "delete file %s names rows by a column that the table has no more"
                                .formatted(delete.path()),
                        "have the table's files rewritten by the engine that wrote it");
            }
            places.add(place);
        }
        return places;
    }

    private static Set<List<Object>> values(
            FileTable table,
            List<Integer> places,
            List<DeleteFile> files,
            ParquetFormat format,
            TaskContext task) {
        Set<List<Object>> values = new HashSet<>();
        for (DeleteFile delete : files) {
            DataFile file = new DataFile(delete.path(), delete.bytes(), 0, List.of());
            Split whole = new Split(file, 0, Long.MAX_VALUE, -1);
            try (BatchReader reader = format.open(table, whole, places, Wanted.ALL, task)) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    for (int row = 0; row < batch.rows(); row++) {
                        values.add(key(batch.columns(), row));
                    }
                }
            }
        }
        return values;
    }

    private static List<Object> key(List<Column> columns, int row) {
        List<Object> key = new ArrayList<>(columns.size());
        for (Column column : columns) {
            Object value = column.value(row);
            key.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
        }
        return key;
    }

    @Override
    public Batch next() {
        for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
            int[] kept = new int[batch.rows()];
            int count = 0;
            for (int row = 0; row < batch.rows(); row++) {
                if (!isDeleted(batch, row)) {
                    kept[count++] = row;
                }
            }
            if (count > 0) {
                Column[] wanted = batch.columns().subList(0, width).toArray(Column[]::new);
                Batch narrow = new Batch(batch.rows(), wanted);
                return count == batch.rows() ? narrow : narrow.gather(kept, count);
            }
        }
        return null;
    }

    private boolean isDeleted(Batch batch, int row) {
        for (Map.Entry<List<Integer>, Set<List<Object>>> each : deleted.entrySet()) {
            List<Column> columns = each.getKey().stream().map(batch::column).toList();
            if (each.getValue().contains(key(columns, row))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        rows.close();
    }
}
