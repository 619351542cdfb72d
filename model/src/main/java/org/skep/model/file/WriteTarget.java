package org.skep.model.file;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/**
 * Where and how a {@code Write} writes. Files count when whoever runs the statement says so, after
 * all tasks have succeeded: by moving them out of a staging folder, or by committing their names to
 * a table.
 *
 * @param format {@code parquet}, {@code csv}, {@code json} or {@code text}
 * @param folder absolute path of an existing folder
 * @param options by lower-case name, see the formats
 * @param run part of every file's name, so that no other statement has a file of that name; null
 *     for plain names in a folder of this statement alone
 * @param ids of the columns, for files that are to know them by more than their names; or empty
 * @param fileBytes after how many bytes in a file the next one is begun, about
 * @param partitions names of the last columns of the rows, which are not written: rows that differ
 *     in them go to different files, in folders {@code name=value}
 * @param sketched of so many of the first columns a sketch is made on the way; 0 for none
 */
public record WriteTarget(
        String format,
        String folder,
        Map<String, String> options,
        String run,
        List<ColumnId> ids,
        long fileBytes,
        List<String> partitions,
        int sketched)
        implements Serializable {
    /**
     * What a {@code Write} gives: one row per file, its name relative to the folder, with the texts
     * of its partition's values. The first row of a task has the sketches of all that the task has
     * written, as {@code ColumnSketch.toBytes} has them, empty for columns that have none.
     */
    public static final Schema REPORT =
            Schema.of(
                    new Field("file", Type.STRING, false),
                    new Field("rows", Type.BIGINT, false),
                    new Field("bytes", Type.BIGINT, false),
                    new Field("partition", Type.array(Type.STRING), false),
                    new Field("sketches", Type.array(Type.BINARY), false));

    /** Bytes of a file, unless somebody asks for others: as Iceberg has it. */
    public static final long USUAL_FILE_BYTES = 512L << 20;

    public WriteTarget {
        if (fileBytes <= 0) {
            throw new IllegalArgumentException("files of %d bytes".formatted(fileBytes));
        }
        options = Map.copyOf(options);
        ids = List.copyOf(ids);
        partitions = List.copyOf(partitions);
    }

    /** Files of one statement alone. */
    public WriteTarget(String format, String folder, Map<String, String> options) {
        this(format, folder, options, null, List.of(), USUAL_FILE_BYTES, List.of(), 0);
    }

    /** One file, however large, if one task writes all rows. */
    public static WriteTarget ofOneFile(String format, String folder, Map<String, String> options) {
        return new WriteTarget(
                format, folder, options, null, List.of(), Long.MAX_VALUE, List.of(), 0);
    }
}
