package org.skep.planner.expr;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexNode;
import org.skep.model.error.QueryException;
import org.skep.model.spi.FunctionRegistry;

/** Works out constants with the very code that would do so at run time. */
public final class ConstantFolder implements RexExecutor {
    private final FunctionRegistry registry;

    public ConstantFolder(FunctionRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void reduce(RexBuilder rex, List<RexNode> constants, List<RexNode> reduced) {
        ToExpr toExpr = new ToExpr(rex, registry);
        for (RexNode constant : constants) {
            reduced.add(fold(rex, toExpr, constant).orElse(constant));
        }
    }

    /** What fails now may never be evaluated; it stays as it is and fails then, if at all. */
    private Optional<RexNode> fold(RexBuilder rex, ToExpr toExpr, RexNode constant) {
        try {
            Object value = registry.evaluate(toExpr.convert(constant));
            return Literals.literal(rex, value, constant.getType());
        } catch (QueryException | ArithmeticException failsAtRunTime) {
            return Optional.empty();
        }
    }
}
