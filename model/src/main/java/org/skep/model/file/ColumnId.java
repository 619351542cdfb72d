package org.skep.model.file;

import java.io.Serializable;
import java.util.List;

/**
 * What a column is called in its table's files, whatever its name is by now: a number that renaming
 * does not change and that is not given again (Iceberg's field id).
 *
 * @param children of the element of an ARRAY, key and value of a MAP, the members of a STRUCT
 */
public record ColumnId(int id, List<ColumnId> children) implements Serializable {
    public ColumnId {
        children = List.copyOf(children);
    }
}
