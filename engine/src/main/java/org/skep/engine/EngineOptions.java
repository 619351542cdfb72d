package org.skep.engine;

import java.nio.file.Path;
import org.skep.model.settings.Settings;

/**
 * How an engine is opened.
 *
 * @param warehouse the folder of the catalog and of managed tables; made when first written to
 * @param settings what new sessions begin with
 * @param cluster URL of the cluster on whose workers queries run, such as {@code
 *     spark://host:7077}; null to run them in this process
 */
public record EngineOptions(Path warehouse, Settings settings, String cluster) {
    public EngineOptions(Path warehouse, Settings settings) {
        this(warehouse, settings, null);
    }

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
        return new EngineOptions(other.toAbsolutePath(), settings, cluster);
    }

    public EngineOptions withCluster(String url) {
        return new EngineOptions(warehouse, settings, url);
    }
}
