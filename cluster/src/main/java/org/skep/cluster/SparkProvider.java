package org.skep.cluster;

import org.skep.model.spi.Backend;
import org.skep.model.spi.BackendProvider;

/** How the engine finds this module. */
public final class SparkProvider implements BackendProvider {
    @Override
    public Backend connect(String url) {
        return new SparkBackend(url);
    }
}
