package org.skep.model.file;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;

/**
 * Files as a user named them, before anyone has looked at them.
 *
 * @param format {@code parquet}, {@code csv}, {@code json}, {@code text} …; null to tell by name
 *     and content
 * @param paths files, folders or globs; absolute
 * @param options by lower-case name, see the formats
 * @param declared the data columns when the user declared them, else null
 * @param partitionColumns the declared columns that come from {@code key=value} folders; null to
 *     discover them
 */
public record FileSource(
        String format,
        List<String> paths,
        Map<String, String> options,
        Schema declared,
        List<Field> partitionColumns)
        implements Serializable {
    public FileSource {
        paths = List.copyOf(paths);
        options = Map.copyOf(options);
        partitionColumns = partitionColumns == null ? null : List.copyOf(partitionColumns);
    }

    public static FileSource of(String format, List<String> paths, Map<String, String> options) {
        return new FileSource(format, paths, options, null, null);
    }

    public FileSource withFormat(String known) {
        return new FileSource(known, paths, options, declared, partitionColumns);
    }
}
