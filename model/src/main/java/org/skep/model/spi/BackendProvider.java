package org.skep.model.spi;

import java.nio.file.Path;

/** Makes back ends for clusters; found by {@link java.util.ServiceLoader}. */
public interface BackendProvider {
    /**
     * A back end for the workers of a cluster, which need not be reached yet.
     *
     * @param url as the cluster's own tools write it
     * @param checkpoints a folder, made when it is needed, that this process and the workers share
     */
    Backend connect(String url, Path checkpoints);
}
