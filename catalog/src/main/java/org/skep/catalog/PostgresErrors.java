package org.skep.catalog;

import java.sql.SQLException;
import java.util.List;
import org.skep.catalog.Transactions.CommitFailure;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** PostgreSQL's errors as ours, with the address and what to do. */
final class PostgresErrors {
    private final CatalogSettings settings;

    PostgresErrors(CatalogSettings settings) {
        this.settings = settings;
    }

    /** Without parameters, which may be secret. */
    private String where() {
        String uri = settings.properties().get(CatalogSettings.URI);
        return CatalogSettings.shown(uri).replaceFirst("^jdbc:", "").replace("?…", "");
    }

    QueryException of(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        boolean unknown = e instanceof CommitFailure && isCut(state);
        QueryException error =
                unknown
                        ? new QueryException(
                                ErrorCode.COMMIT_STATE_UNKNOWN,
                                "catalog %s: the connection was lost during a commit, and it is not known whether that was done: %s"
                                        .formatted(where(), firstLine(e)),
                                "look whether it was before you try again, at a table with SHOW SNAPSHOTS")
                        : new QueryException(
                                ErrorCode.CATALOG_FAILURE,
                                "catalog %s: %s".formatted(where(), firstLine(e)),
                                hint(state));
        error.initCause(e);
        return error;
    }

    /** What follows is for whoever reads the server's source. */
    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    private static boolean isCut(String state) {
        return state.startsWith("08") || state.startsWith("57P");
    }

    private String hint(String state) {
        String settings = this.settings.file().toString();
        if (isCut(state)) {
            return "is PostgreSQL running there? the address is in " + settings;
        }
        if (state.startsWith("28")) {
            return "user and password (or password-env) are in " + settings;
        }
        return switch (state) {
            case "3D000" ->
                    "make the database with CREATE DATABASE, or name another in " + settings;
            case "42501" -> "the user of the catalog must be allowed to make and change tables";
            case "42P07" ->
                    "somebody else has a table of that name: let the catalog have a schema of its own,"
                            + " with ?currentSchema=NAME behind the uri";
            case "55P03" -> "another process holds the catalog's write lock: try again";
            case "3F000" ->
                    "make the schema that the uri names with CREATE SCHEMA, and let the user of the"
                            + " catalog use it";
            default -> null;
        };
    }

    QueryException format(List<String> found) {
        return new QueryException(
                ErrorCode.CATALOG_FAILURE,
                "catalog %s has catalog format %s; this Skep knows format %d"
                        .formatted(where(), String.join(", ", found), CatalogTables.FORMAT),
                "it was written by another Skep: use that one, or name another database");
    }
}
