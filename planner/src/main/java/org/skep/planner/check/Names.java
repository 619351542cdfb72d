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

    /**
     * An older state of the table called {@code name}; empty when there is no such table.
     *
     * @throws org.skep.model.error.QueryException when what is called so has no older states, or
     *     not this one
     */
    Optional<Relation> find(List<String> name, String schema, Version version);

    /** Files that the query names itself, relative to the session's folder. */
    Relation files(FileSource source);

    /** Names to suggest when one was not found. */
    Collection<String> suggestions(String schema);
}
