package org.skep.planner.check;

import java.util.List;
import org.skep.model.file.FileTable;

/** What a name in FROM stands for. */
public sealed interface Relation {
    /** Files. */
    record Files(FileTable table) implements Relation {}

    /**
     * A view.
     *
     * @param columns new names of its columns, or empty
     * @param schema in which names of its query are looked up
     */
    record View(String sql, List<String> columns, String schema) implements Relation {}
}
