package org.skep.parser;

import java.util.Objects;
import org.apache.calcite.sql.SqlNode;

/**
 * A query or expression as syntax. Who only carries it from the parser to the planner need not know
 * what is in it.
 */
public record Syntax(SqlNode node) {
    public Syntax {
        Objects.requireNonNull(node);
    }

    /** The same once more: checking changes the syntax that it is given. */
    public Syntax copy() {
        return new Syntax(Copies.of(node));
    }
}
