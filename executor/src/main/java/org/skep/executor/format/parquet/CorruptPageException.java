package org.skep.executor.format.parquet;

/**
 * Bytes that do not mean what they should; {@link Place} turns it into an error that says where.
 */
final class CorruptPageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CorruptPageException(String message) {
        super(message);
    }
}
