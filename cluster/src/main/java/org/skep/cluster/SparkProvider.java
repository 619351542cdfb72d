package org.skep.cluster;

import java.nio.file.Path;
import org.skep.model.spi.Backend;
import org.skep.model.spi.BackendProvider;

/** How the engine finds this module. */
public final class SparkProvider implements BackendProvider {
    @Override
    public Backend connect(String url, Path checkpoints) {
        return new SparkBackend(url, checkpoints);
    }
}
