package org.skep.planner.check;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * Keys of the queries of one statement of which all uses must see the same rows; null for others.
 * See {@link OnceMark}.
 */
final class OnceKeys {
    private final FunctionTable functions;
    private int given;

    OnceKeys(FunctionTable functions) {
        this.functions = functions;
    }

    /**
     * @param name of the query in WITH
     */
    String of(SqlIdentifier name, SqlNode query) {
        // within a view all places are the same
        return Indeterminate.isIn(query, functions)
                ? "%s at %s, %d".formatted(name, name.getParserPosition(), given++)
                : null;
    }

    String of(Relation.View view, String name, SqlNode query) {
        return Indeterminate.isIn(query, functions) ? name + " is " + view : null;
    }
}
