package org.skep.model.error;

/**
 * What went wrong, who has to act, and the SQLSTATE a JDBC client sees.
 *
 * <p>To add an error, add a constant here and a golden case that provokes it.
 */
public enum ErrorCode {
    SYNTAX_ERROR(Actor.USER, "42601"),
    TABLE_NOT_FOUND(Actor.USER, "42P01"),
    COLUMN_NOT_FOUND(Actor.USER, "42703"),
    SCHEMA_NOT_FOUND(Actor.USER, "3F000"),
    FUNCTION_NOT_FOUND(Actor.USER, "42883"),
    SETTING_NOT_FOUND(Actor.USER, "42704"),
    VARIABLE_NOT_FOUND(Actor.USER, "42704"),
    AMBIGUOUS_NAME(Actor.USER, "42702"),
    ALREADY_EXISTS(Actor.USER, "42710"),
    TYPE_MISMATCH(Actor.USER, "42804"),
    GROUPING_ERROR(Actor.USER, "42803"),
    INVALID_STATEMENT(Actor.USER, "42000"),
    INVALID_ARGUMENT(Actor.USER, "22023"),
    INVALID_VALUE(Actor.USER, "22018"),
    INVALID_SETTING(Actor.USER, "22023"),
    DIVISION_BY_ZERO(Actor.USER, "22012"),
    NUMERIC_OVERFLOW(Actor.USER, "22003"),
    CARDINALITY_VIOLATION(Actor.USER, "21000"),
    NOT_NULL_VIOLATION(Actor.USER, "23502"),
    CHECK_VIOLATION(Actor.USER, "23514"),
    BAD_ROW(Actor.USER, "22P04"),
    NOT_SUPPORTED(Actor.USER, "0A000"),
    LIMIT_EXCEEDED(Actor.USER, "54000"),
    CANCELLED(Actor.USER, "57014"),
    FILE_NOT_FOUND(Actor.USER, "58P01"),
    FILE_NOT_READABLE(Actor.EXTERNAL, "58030"),
    FILE_NOT_WRITABLE(Actor.EXTERNAL, "58030"),
    CORRUPT_FILE(Actor.EXTERNAL, "58030"),
    CATALOG_FAILURE(Actor.EXTERNAL, "58000"),
    COMMIT_CONFLICT(Actor.EXTERNAL, "40001"),
    COMMIT_STATE_UNKNOWN(Actor.EXTERNAL, "08007"),
    CLUSTER_FAILURE(Actor.EXTERNAL, "08006"),
    OUT_OF_MEMORY(Actor.RESOURCE, "53200"),
    DISK_FULL(Actor.RESOURCE, "53100"),
    BUG(Actor.INTERNAL, "XX000");

    /** Who can do something about it. */
    public enum Actor {
        USER,
        RESOURCE,
        EXTERNAL,
        INTERNAL
    }

    private final Actor actor;
    private final String sqlState;

    ErrorCode(Actor actor, String sqlState) {
        this.actor = actor;
        this.sqlState = sqlState;
    }

    public Actor actor() {
        return actor;
    }

    public String sqlState() {
        return sqlState;
    }
}
