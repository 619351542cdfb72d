package org.skep.engine;

import java.nio.file.Path;
import org.skep.model.settings.Settings;

/**
 * How an engine is opened.
 *
 * @param warehouse the folder of the catalog and of managed tables; made when first written to
 * @param settings what new sessions begin with
 */
public record EngineOptions(Path warehouse, Settings settings) {
    /** The warehouse of {@code $SKEP_WAREHOUSE}, else {@code ~/.skep/warehouse}. */
    public static EngineOptions defaults() {
        String named = System.getenv("SKEP_WAREHOUSE");
        Path warehouse =
                named != null && !named.isBlank()
                        ? Path.of(named)
                        : Path.of(System.getProperty("user.home"), ".skep", "warehouse");
        return new EngineOptions(warehouse.toAbsolutePath(), Settings.defaults());
    }

    public EngineOptions withWarehouse(Path other) {
        return new EngineOptions(other.toAbsolutePath(), settings);
    }
}
