package org.skep.planner.check;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * Keys of the queries of one statement that are computed once; null for others. See {@link
 * OnceMark}.
 */
final class OnceKeys {
    private final FunctionTable functions;
    private JoinHints hints;
    private int given;

    OnceKeys(FunctionTable functions) {
        this.functions = functions;
    }

    /** The statement's hints hear which of those for checkpoints have a key. */
    OnceKeys with(JoinHints statement) {
        hints = statement;
        return this;
    }

    /**
     * @param name of the query in WITH
     */
    String of(SqlIdentifier name, SqlNode query) {
        // within a view all places are the same
        String key = "%s at %s, %d".formatted(name, name.getParserPosition(), given++);
        return key(key, query);
    }

    String of(Relation.View view, String name, SqlNode query) {
        return key(name + " is " + view, query);
    }

    /** Of a query in FROM, which has one use. */
    String of(SqlNode query) {
        String key = "%s, %d".formatted(query.getParserPosition(), given++);
        return hints.asksCheckpoint(query, OnceMark.checkpoint(key))
                ? OnceMark.checkpoint(key)
                : null;
    }

    private String key(String key, SqlNode query) {
        String checkpoint = OnceMark.checkpoint(key);
        if (hints.asksCheckpoint(query, checkpoint)) {
            return checkpoint;
        }
        return Indeterminate.isIn(query, functions) ? key : null;
    }
}
