package org.skep.model.spi;

/** Makes back ends for clusters; found by {@link java.util.ServiceLoader}. */
public interface BackendProvider {
    /**
     * A back end for the workers of a cluster, which need not be reached yet.
     *
     * @param url as the cluster's own tools write it
     */
    Backend connect(String url);
}
