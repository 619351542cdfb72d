package org.skep.planner.change;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.parser.RowAction;
import org.skep.parser.Statement;
import org.skep.parser.Syntax;
import org.skep.planner.check.CheckErrors;

/**
 * Which rows a statement changes is computed more than once: to find the files, and to write them
 * anew. So nothing that it depends on may differ from one time to the next.
 */
final class Repeatable extends SqlBasicVisitor<Void> {
    private final FunctionRegistry functions;

    private Repeatable(FunctionRegistry functions) {
        this.functions = functions;
    }

    static void check(Statement.Change change, FunctionRegistry functions) {
        Repeatable check = new Repeatable(functions);
        check.visit(change.source());
        check.visit(change.condition());
        for (RowAction action : change.actions()) {
            check.visit(action.condition());
        }
    }

    private void visit(Syntax syntax) {
        if (syntax != null) {
            syntax.node().accept(this);
        }
    }

    @Override
    public Void visit(SqlCall call) {
        String name = call.getOperator().getName();
        if (!functions.scalar(name, List.of()).map(Signature::deterministic).orElse(true)) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    CheckErrors.position(call.getParserPosition()),
                    "%s() gives another value each time, so it cannot tell which rows to change"
                            .formatted(name.toLowerCase(java.util.Locale.ROOT)),
                    "write its values into a table first, then change rows by that table");
        }
        return super.visit(call);
    }
}
