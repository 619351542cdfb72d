package org.skep.engine;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.catalog.Catalog;
import org.skep.catalog.FileTableDefinition;
import org.skep.catalog.ManagedDefinition;
import org.skep.catalog.NamePattern;
import org.skep.catalog.TableDefinition;
import org.skep.catalog.TableEntry;
import org.skep.catalog.TemporaryViews;
import org.skep.catalog.ViewDefinition;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.FileSource;
import org.skep.model.settings.Settings;
import org.skep.model.spi.FileInspector;
import org.skep.planner.check.Names;
import org.skep.planner.check.Relation;
import org.skep.planner.check.Version;

/**
 * What names in FROM stand for, in this order: temporary views, a format before a path ({@code
 * csv.`x`}), tables and views of the catalog, files called by that very name.
 */
final class SessionNames implements Names {
    private final Catalog catalog;
    private final TemporaryViews views;
    private final FileInspector files;
    private final OpenedTables tables;
    private final Settings settings;

    SessionNames(Engine engine, TemporaryViews views, OpenedTables tables, Settings settings) {
        this.catalog = engine.catalog();
        this.views = views;
        this.files = engine.files();
        this.tables = tables;
        this.settings = settings;
    }

    @Override
    public Optional<Relation> find(List<String> name, String schema) {
        String last = name.get(name.size() - 1);
        if (name.size() == 1) {
            Optional<ViewDefinition> view = views.find(last);
            if (view.isPresent()) {
                return view.map(SessionNames::relation);
            }
        }
        if (name.size() == 2 && isFormat(name.get(0))) {
            return Optional.of(files(FileSource.of(name.get(0), List.of(last), Map.of())));
        }
        if (name.size() > 2) {
            throw new QueryException(
                    ErrorCode.TABLE_NOT_FOUND,
                    "no table '%s'".formatted(String.join(".", name)),
                    "a table's name has at most two parts: schema.table");
        }
        String in = name.size() == 2 ? name.get(0) : schema;
        Optional<TableDefinition> found = catalog.find(in, last);
        if (found.isPresent()) {
            return found.map(this::relation);
        }
        return name.size() == 1 && isFile(last)
                ? Optional.of(files(FileSource.of(null, List.of(last), Map.of())))
                : Optional.empty();
    }

    @Override
    public Optional<Relation> find(List<String> name, String schema, Version version) {
        String last = name.get(name.size() - 1);
        if (name.size() == 1 && views.find(last).isPresent()) {
            throw versionless(last, "a temporary view");
        }
        if (name.size() == 2 && isFormat(name.get(0))) {
            throw versionless(last, "a file");
        }
        Optional<TableDefinition> found =
                name.size() > 2
                        ? Optional.empty()
                        : catalog.find(name.size() == 2 ? name.get(0) : schema, last);
        return found.map(
                table ->
                        switch (table.kind()) {
                            case VIEW -> throw versionless(last, "a view");
                            case EXTERNAL_TABLE -> throw versionless(last, "an external table");
                            case TABLE -> {
                                ManagedTable now = tables.open((ManagedDefinition) table);
                                ManagedTable then = TableVersions.of(now, version);
                                yield new Relation.Files(tables.files(then));
                            }
                        });
    }

    private static QueryException versionless(String name, String what) {
        return new QueryException(
                ErrorCode.INVALID_STATEMENT,
                "'%s' is %s, which has no older versions".formatted(name, what),
                "only tables of the warehouse have snapshots");
    }

    private boolean isFormat(String name) {
        return files.formats().contains(name.toLowerCase(java.util.Locale.ROOT));
    }

    private static boolean isFile(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException noPathAtAll) {
            return false;
        }
    }

    private Relation relation(TableDefinition table) {
        return switch (table.kind()) {
            case VIEW -> relation((ViewDefinition) table);
            case TABLE -> new Relation.Files(tables.files((ManagedDefinition) table));
            case EXTERNAL_TABLE ->
                    new Relation.Files(
                            files.inspect(((FileTableDefinition) table).source(), settings));
        };
    }

    private static Relation relation(ViewDefinition view) {
        return new Relation.View(view.sql(), view.columns().names(), view.createdIn());
    }

    @Override
    public Relation files(FileSource source) {
        List<String> paths = source.paths().stream().map(SessionNames::absolute).toList();
        FileSource there =
                new FileSource(
                        source.format(),
                        paths,
                        new HashMap<>(source.options()),
                        source.declared(),
                        source.partitionColumns());
        return new Relation.Files(files.inspect(there, settings));
    }

    /** A path as typed, made absolute: {@code ~/} is the home folder, {@code file:} is dropped. */
    static String absolute(String path) {
        String plain = path.startsWith("file:") ? path.replaceFirst("^file:(//)?", "") : path;
        if (plain.startsWith("~/")) {
            plain = System.getProperty("user.home") + plain.substring(1);
        }
        if (plain.startsWith("/")) {
            return plain;
        }
        // Not by Path.of: a glob may hold characters that are no path.
        return Path.of("").toAbsolutePath() + "/" + plain;
    }

    @Override
    public Collection<String> suggestions(String schema) {
        List<String> names = new ArrayList<>(views.names());
        for (TableEntry entry : catalog.list(schema, NamePattern.ANY)) {
            names.add(entry.name());
        }
        return names;
    }
}
