package org.skep.cluster.standalone;

/** The cluster cannot be started, asked or stopped; the message says why and what to do. */
final class ClusterException extends Exception {
    private static final long serialVersionUID = 1L;

    ClusterException(String message) {
        super(message);
    }

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
