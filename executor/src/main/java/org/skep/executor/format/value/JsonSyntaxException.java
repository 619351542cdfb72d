package org.skep.executor.format.value;

/** Text that is not JSON, or not the JSON that is due; caught where file and line are known. */
public final class JsonSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;

    JsonSyntaxException(int position, String message) {
        super(message, null, false, false);
        this.position = position;
    }

    /** Where in the bytes. */
    public int position() {
        return position;
    }
}
