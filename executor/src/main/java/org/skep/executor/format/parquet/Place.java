package org.skep.executor.format.parquet;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * Where in a file something is being read, for messages. Row group, column, offset may be unknown.
 */
record Place(String file, int rowGroup, String column, long offset) {
    static Place of(String file) {
        return new Place(file, -1, null, -1);
    }

    Place at(long otherOffset) {
        return new Place(file, rowGroup, column, otherOffset);
    }

    /** What reading failed with, as the error that a user sees. */
    QueryException error(Exception e) {
        if (e instanceof QueryException known) {
            return known;
        }
        if (e instanceof ClosedByInterruptException) {
            return new QueryException(ErrorCode.CANCELLED, "the query was cancelled", e);
        }
        if (e instanceof IOException) {
            return new QueryException(
                    ErrorCode.FILE_NOT_READABLE, "cannot read " + this + ": " + e.getMessage(), e);
        }
        return corrupt(e.getMessage() == null ? "unreadable" : e.getMessage(), e);
    }

    QueryException corrupt(String what) {
        return corrupt(what, null);
    }

    private QueryException corrupt(String what, Throwable cause) {
        QueryException error =
                new QueryException(
                        ErrorCode.CORRUPT_FILE,
                        "corrupt Parquet file %s: %s".formatted(this, what),
                        "write the file again, or leave it out of the query");
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(file);
        if (rowGroup >= 0) {
            out.append(", row group ").append(rowGroup);
        }
        if (column != null) {
            out.append(", column ").append(column);
        }
        if (offset >= 0) {
            out.append(", offset ").append(offset);
        }
        return out.toString();
    }
}
