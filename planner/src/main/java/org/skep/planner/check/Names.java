package org.skep.planner.check;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.skep.model.file.FileSource;

/** What names stand for in a session: the planner's only way to the catalog and to files. */
public interface Names {
    /**
     * The relation called {@code name}, of one part or more; empty when there is none.
     *
     * @param schema where a name of one part is looked up
     */
    Optional<Relation> find(List<String> name, String schema);

    /** Files that the query names itself, relative to the session's folder. */
    Relation files(FileSource source);

    /** Names to suggest when one was not found. */
    Collection<String> suggestions(String schema);
}
