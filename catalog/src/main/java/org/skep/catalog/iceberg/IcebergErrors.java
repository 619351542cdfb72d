package org.skep.catalog.iceberg;

import java.time.Instant;
import java.util.function.Supplier;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.exceptions.ValidationException;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** Iceberg's exceptions as ours. */
final class IcebergErrors {
    private static final String PART_OF_FILE = "Cannot delete file where some, but not all";
    private static final String REWRITE =
            "INSERT OVERWRITE %s SELECT * FROM %s puts all rows where they belong now";

    private IcebergErrors() {}

    /**
     * @param table its name, for messages
     */
    static <T> T translated(String table, Supplier<T> work) {
        try {
            return work.get();
        } catch (QueryException e) {
            throw e;
        } catch (RuntimeException e) {
            throw translate(table, e);
        }
    }

    /** The same for work that changes a table, or may have done so when there is no answer. */
    static <T> T changed(String table, Supplier<T> work) {
        return translated(
                table,
                () -> {
                    try {
                        return work.get();
                    } catch (RESTException e) {
                        throw RestErrors.isOpen(e) ? new CommitStateUnknownException(e) : e;
                    }
                });
    }

    /**
     * The same for the work of a commit, where what Iceberg finds invalid is what others have
     * written meanwhile.
     *
     * @param winner says what they wrote
     */
    static <T> T committed(String table, Supplier<String> winner, Supplier<T> work) {
        return changed(
                table,
                () -> {
                    try {
                        return work.get();
                    } catch (ValidationException | CommitFailedException e) {
                        throw e.getMessage().startsWith(PART_OF_FILE)
                                ? partOfFile(table, e)
                                : conflict(table, winner.get(), e);
                    }
                });
    }

    /** What somebody else has written, for messages. */
    static String winner(Snapshot newest) {
        return newest == null
                ? "it is empty now"
                : "snapshot %d (%s) was made at %s"
                        .formatted(
                                newest.snapshotId(),
                                newest.operation(),
                                Instant.ofEpochMilli(newest.timestampMillis()));
    }

    private static QueryException partOfFile(String table, RuntimeException e) {
        return with(
                e,
                ErrorCode.INVALID_STATEMENT,
                "table '%s': rows that are to go share a file with others: %s"
                        .formatted(table, e.getMessage()),
                REWRITE.formatted(table, table));
    }

    /** The error for an overwrite by partitions of rows that are not in these. */
    static QueryException otherPartitioning(String table) {
        return new QueryException(
                ErrorCode.INVALID_STATEMENT,
                "table '%s' has files from before its partitioning was changed, which are not"
                                .formatted(table)
                        + " in the partitions to be replaced",
                REWRITE.formatted(table, table));
    }

    private static QueryException conflict(String table, String winner, RuntimeException e) {
        return with(
                e,
                ErrorCode.COMMIT_CONFLICT,
                "table '%s' was changed by somebody else meanwhile: %s (%s)"
                        .formatted(table, winner, reason(e)),
                "run the statement again: it will see what they wrote");
    }

    private static QueryException translate(String table, RuntimeException e) {
        if (e instanceof AlreadyExistsException) {
            return with(
                    e,
                    ErrorCode.ALREADY_EXISTS,
                    "table '%s' already exists".formatted(table),
                    "write IF NOT EXISTS to keep it, or OR REPLACE to replace it");
        }
        if (e instanceof CommitStateUnknownException) {
            return with(
                    e,
                    ErrorCode.COMMIT_STATE_UNKNOWN,
                    "it is not known whether the change of table '%s' was made: %s"
                            .formatted(table, deepest(e).getMessage()),
                    "look at SHOW SNAPSHOTS before you try again");
        }
        if (e instanceof CommitFailedException) {
            return conflict(table, "its pointer moved", e);
        }
        if (e instanceof ValidationException) {
            return with(
                    e,
                    ErrorCode.INVALID_STATEMENT,
                    "table '%s': %s".formatted(table, e.getMessage()),
                    null);
        }
        if (e instanceof NoSuchTableException) {
            return with(e, ErrorCode.TABLE_NOT_FOUND, "no table '%s'".formatted(table), null);
        }
        if (e instanceof NoSuchNamespaceException) {
            return with(
                    e,
                    ErrorCode.SCHEMA_NOT_FOUND,
                    "table '%s': %s".formatted(table, e.getMessage()),
                    "its schema was dropped by somebody else");
        }
        if (e instanceof RESTException) {
            return RestErrors.failure("table '%s'".formatted(table), e);
        }
        if (e instanceof UnsupportedOperationException && isMissing(e)) {
            return with(
                    e,
                    ErrorCode.NOT_SUPPORTED,
                    "table '%s': %s".formatted(table, e.getMessage()),
                    "that is the REST catalog server of catalog.properties");
        }
        if (e instanceof NotFoundException) {
            return with(
                    e,
                    ErrorCode.FILE_NOT_FOUND,
                    "table '%s' lacks a file: %s".formatted(table, reason(e)),
                    "a file of the table was deleted; go back to a snapshot that is whole");
        }
        if (e instanceof RuntimeIOException || e instanceof java.io.UncheckedIOException) {
            boolean full = String.valueOf(reason(e)).contains("No space left");
            return with(
                    e,
                    full ? ErrorCode.DISK_FULL : ErrorCode.CATALOG_FAILURE,
                    "table '%s': %s".formatted(table, reason(e)),
                    full ? "free some space and run the statement again" : null);
        }
        return with(e, ErrorCode.BUG, "table '%s': %s".formatted(table, e), null);
    }

    private static boolean isMissing(RuntimeException e) {
        return String.valueOf(e.getMessage()).startsWith("Server does not support endpoint");
    }

    private static Throwable deepest(Throwable e) {
        return e.getCause() == null ? e : deepest(e.getCause());
    }

    private static String reason(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage();
    }

    private static QueryException with(
            RuntimeException cause, ErrorCode code, String message, String hint) {
        QueryException error = new QueryException(code, message, hint);
        error.initCause(cause);
        return error;
    }
}
