package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Util;

/**
 * Copies of what is written once and checked more than once. A query must not be shared: the
 * validator gives each its own names. Anything else may be, and is, lest nesting multiply it.
 */
final class Copies {
    private Copies() {}

    /** {@code value = c} for each of the others, as {@code CASE value WHEN c} means it. */
    static List<SqlNode> equalities(SqlNode value, List<SqlNode> others) {
        boolean copied = others.size() > 1 && hasQuery(value);
        List<SqlNode> equalities = new ArrayList<>();
        for (SqlNode other : others) {
            SqlNode mine = copied ? value.accept(new Copying()) : value;
            equalities.add(
                    SqlStdOperatorTable.EQUALS.createCall(other.getParserPosition(), mine, other));
        }
        return equalities;
    }

    static SqlNode of(SqlNode node) {
        return node.accept(new Copying());
    }

    private static boolean hasQuery(SqlNode node) {
        try {
            node.accept(
                    new SqlBasicVisitor<Void>() {
                        @Override
                        public Void visit(SqlCall call) {
                            if (call.getKind().belongsTo(SqlKind.QUERY)) {
                                throw Util.FoundOne.NULL;
                            }
                            return super.visit(call);
                        }
                    });
            return false;
        } catch (Util.FoundOne found) {
            return true;
        }
    }

    /** Copies all that the validator changes in place. */
    private static final class Copying extends SqlShuttle {
        @Override
        public SqlNode visit(SqlCall call) {
            CallCopyingArgHandler arguments = new CallCopyingArgHandler(call, true);
            call.getOperator().acceptCall(this, call, false, arguments);
            return arguments.result();
        }

        @Override
        public SqlNode visit(SqlIdentifier name) {
            return name.clone(name.getParserPosition());
        }
    }
}
