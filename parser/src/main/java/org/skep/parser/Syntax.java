package org.skep.parser;

import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.skep.model.type.Type;

/**
 * A query or expression as syntax. Who only carries it from the parser to the planner need not know
 * what is in it.
 */
public record Syntax(SqlNode node) {
    public Syntax {
        Objects.requireNonNull(node);
    }

    /** All names in it, in lower case: columns, and tables before them. */
    public Set<String> names() {
        Set<String> names = new HashSet<>();
        node.accept(
                new SqlBasicVisitor<Void>() {
                    @Override
                    public Void visit(SqlIdentifier name) {
                        name.names.forEach(part -> names.add(part.toLowerCase(Locale.ROOT)));
                        return null;
                    }
                });
        return names;
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
