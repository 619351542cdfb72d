package org.skep.planner.check;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Puts all of a view's query at the place where the view is named: its own places are in a text
 * that the user did not write into this statement, and would underline something else there.
 */
public final class Relocation extends SqlShuttle {
    private final SqlParserPos place; // null where each keeps its own

    private Relocation(SqlParserPos place) {
        this.place = place;
    }

    public static SqlNode to(SqlParserPos place, SqlNode query) {
        return query.accept(new Relocation(place));
    }

    /** All of a query once more, at the same place. */
    static SqlNode copy(SqlNode query) {
        return query.accept(new Relocation(null));
    }

    private SqlParserPos place(SqlNode node) {
        return place == null ? node.getParserPosition() : place;
    }

    @Override
    public SqlNode visit(SqlIdentifier identifier) {
        return identifier.clone(place(identifier));
    }

    @Override
    public SqlNode visit(SqlLiteral literal) {
        return literal.clone(place(literal));
    }

    @Override
    public SqlNode visit(SqlIntervalQualifier qualifier) {
        return qualifier.clone(place(qualifier));
    }

    @Override
    public SqlNode visit(SqlNodeList list) {
        List<SqlNode> moved = new ArrayList<>(list.size());
        for (SqlNode node : list) {
            moved.add(node == null ? null : node.accept(this));
        }
        return new SqlNodeList(moved, place(list));
    }

    @Override
    public SqlNode visit(SqlCall call) {
        List<SqlNode> operands = call.getOperandList();
        SqlNode[] moved = new SqlNode[operands.size()];
        for (int i = 0; i < moved.length; i++) {
            SqlNode operand = operands.get(i);
            moved[i] = operand == null ? null : operand.accept(this);
        }
        return call.getOperator().createCall(call.getFunctionQuantifier(), place(call), moved);
    }
}
