package org.skep.catalog;

import java.util.List;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;

/** Names that are missing or taken. */
final class CatalogErrors {
    private CatalogErrors() {}

    static QueryException schemaNotFound(String name, List<String> known) {
        String near = Suggestion.hint(name, known);
        return new QueryException(
                ErrorCode.SCHEMA_NOT_FOUND,
                "no schema '%s'".formatted(name),
                near != null ? near : "schemas are " + String.join(", ", known));
    }

    static QueryException alreadyExists(TableDefinition old, boolean sameKind) {
        String what = old instanceof ViewDefinition ? "view" : "table";
        return new QueryException(
                ErrorCode.ALREADY_EXISTS,
                "%s '%s' already exists".formatted(what, old.name()),
                sameKind
                        ? "write IF NOT EXISTS to keep it, or OR REPLACE to replace it"
                        : "drop the %s first".formatted(what));
    }
}
