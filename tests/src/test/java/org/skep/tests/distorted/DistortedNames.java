package org.skep.tests.distorted;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.model.file.FileSource;
import org.skep.model.settings.Settings;
import org.skep.model.spi.FileInspector;
import org.skep.planner.check.Names;
import org.skep.planner.check.Relation;
import org.skep.planner.check.Version;

/** The Parquet files of a folder as tables, with distorted statistics. */
record DistortedNames(Path folder, FileInspector files, Settings settings, Distortion distortion)
        implements Names {
    @Override
    public Optional<Relation> find(List<String> name, String schema) {
        String table = name.get(name.size() - 1);
        Path file = folder.resolve(table + ".parquet");
        return Files.exists(file)
                ? Optional.of(
                        table(table, FileSource.of("parquet", List.of(file.toString()), Map.of())))
                : Optional.empty();
    }

    @Override
    public Optional<Relation> find(List<String> name, String schema, Version version) {
        return Optional.empty();
    }

    @Override
    public Relation files(FileSource source) {
        return table(source.paths().toString(), source);
    }

    private Relation table(String name, FileSource source) {
        return new Relation.Files(distortion.of(name, files.inspect(source, settings)));
    }

    @Override
    public Collection<String> suggestions(String schema) {
        return List.of();
    }
}
