package org.skep.model.file;

import java.io.Serializable;
import java.util.List;

/**
 * A file that says which rows of data files do not count any more.
 *
 * @param columns of EQUALITY the numbers of the columns whose values tell which rows; else empty
 */
public record DeleteFile(String path, long bytes, Kind kind, List<Integer> columns)
        implements Serializable {
    /** How rows are named. */
    public enum Kind {
        /** By data file and position. */
        POSITION,
        /** By the values of some columns. */
        EQUALITY
    }

    public DeleteFile {
        columns = List.copyOf(columns);
    }
}
