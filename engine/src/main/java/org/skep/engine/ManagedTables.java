package org.skep.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.skep.catalog.Catalog;
import org.skep.catalog.ManagedDefinition;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.Sketches;
import org.skep.model.file.FileTable;
import org.skep.model.file.TableStatistics;
import org.skep.model.spi.FileInspector;

/** The tables of the warehouse as files to read; what never changes is kept. Thread-safe. */
final class ManagedTables {
    private static final int KEPT = 100;

    private final Catalog catalog;
    private final FileInspector files;
    private final Map<String, FileTable> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, FileTable> eldest) {
                    return size() > KEPT;
                }
            };

    ManagedTables(Catalog catalog, FileInspector files) {
        this.catalog = catalog;
        this.files = files;
    }

    /** The table at its newest snapshot. */
    ManagedTable open(ManagedDefinition definition) {
        return catalog.tables()
                .find(definition.schema(), definition.name())
                .orElseThrow(
                        () ->
                                catalog.tableNotFound(
                                        definition.schema(),
                                        definition.name(),
                                        java.util.List.of()));
    }

    /** The files of a table, with what their footers say of them. */
    FileTable files(ManagedTable table) {
        synchronized (known) {
            FileTable found = known.get(table.version());
            if (found != null) {
                return found;
            }
        }
        FileTable planned = table.files();
        TableStatistics measured = files.statistics(planned, planned.files());
        TableStatistics statistics =
                new TableStatistics(
                        planned.statistics().rows(),
                        planned.statistics().exact(),
                        measured.columns());
        FileTable whole =
                planned.with(SketchedStatistics.of(statistics, new Sketches(table).columns()));
        synchronized (known) {
            known.put(table.version(), whole);
        }
        return whole;
    }
}
