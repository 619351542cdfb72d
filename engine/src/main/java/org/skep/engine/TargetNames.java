package org.skep.engine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.planner.Planner;
import org.skep.planner.change.ChangeQueries;
import org.skep.planner.check.Names;
import org.skep.planner.check.Relation;
import org.skep.planner.check.Version;

/**
 * The names of a session, and one for the table that a statement changes, or for some of its files.
 */
record TargetNames(Names session, FileTable target) implements Names {
    static Planner.Context context(Planner.Context session, FileTable target) {
        return new Planner.Context(
                new TargetNames(session.names(), target), session.schema(), session.settings());
    }

    @Override
    public Optional<Relation> find(List<String> name, String schema) {
        return name.equals(List.of(ChangeQueries.TARGET))
                ? Optional.of(new Relation.Files(target))
                : session.find(name, schema);
    }

    @Override
    public Optional<Relation> find(List<String> name, String schema, Version version) {
        return session.find(name, schema, version);
    }

    @Override
    public Relation files(FileSource source) {
        return session.files(source);
    }

    @Override
    public Collection<String> suggestions(String schema) {
        return session.suggestions(schema);
    }
}
