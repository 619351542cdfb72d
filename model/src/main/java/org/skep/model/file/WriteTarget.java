package org.skep.model.file;

import java.io.Serializable;
import java.util.Map;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/**
 * Where and how a {@code Write} writes. Tasks write into {@code staging}, a folder of this
 * statement alone; whoever runs the statement moves the files from there when all tasks have
 * succeeded.
 *
 * @param format {@code parquet}, {@code csv}, {@code json} or {@code text}
 * @param staging absolute path of an existing folder
 * @param options by lower-case name, see the formats
 */
public record WriteTarget(String format, String staging, Map<String, String> options)
        implements Serializable {
    /** What a {@code Write} gives: one row per file; the file's name is relative to the folder. */
    public static final Schema REPORT =
            Schema.of(
                    new Field("file", Type.STRING, false),
                    new Field("rows", Type.BIGINT, false),
                    new Field("bytes", Type.BIGINT, false));

    public WriteTarget {
        options = Map.copyOf(options);
    }
}
