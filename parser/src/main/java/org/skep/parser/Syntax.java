package org.skep.parser;

import java.util.Objects;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.model.type.Type;

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

    /** This expression, cast. */
    public Syntax cast(Type type) {
        SqlParserPos place = node.getParserPosition();
        return new Syntax(
                SqlStdOperatorTable.CAST.createCall(place, node, SkepTypeSpec.of(type, place)));
    }
}
