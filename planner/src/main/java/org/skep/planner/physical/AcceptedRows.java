package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.planner.expr.Casts;

/**
 * Rows of a table, all of which hold to NOT NULL and the CHECKs: the first that does not is an
 * error that shows it. What it would show is computed for that row only.
 */
public final class AcceptedRows {
    private static final int MOST_SHOWN = 8;
    private static final Expr TRUE = new Expr.Literal(true, Type.BOOLEAN);

    private AcceptedRows() {}

    public static PlanNode of(
            PlanNode rows, Schema table, List<RowCheck> checks, FunctionRegistry functions) {
        List<Expr> conditions = new ArrayList<>();
        Expr shown = shown(table, functions);
        for (int i = 0; i < table.size(); i++) {
            if (!table.field(i).nullable()) {
                Expr missing = new Expr.IsNull(new Expr.Input(i, table.type(i)));
                String rule = "NOT NULL " + table.field(i).name();
                conditions.add(unless(missing, rule, shown, functions));
            }
        }
        for (RowCheck check : checks) {
            Expr broken = new Expr.Not(check.condition()); // unknown is not broken
            String rule = "%s (%s)".formatted(check.name(), check.text());
            conditions.add(unless(broken, rule, shown, functions));
        }
        return conditions.isEmpty()
                ? rows
                : new PlanNode.Filter(rows, Expr.conjunction(conditions));
    }

    private static Expr unless(Expr broken, String rule, Expr shown, FunctionRegistry functions) {
        Expr fail = call("reject_row", List.of(text(rule), shown), functions);
        return new Expr.Case(List.of(broken, fail, TRUE), Type.BOOLEAN);
    }

    /** {@code (id = 7, name = NULL, …)}. */
    private static Expr shown(Schema table, FunctionRegistry functions) {
        List<Expr> parts = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_SHOWN, table.size()); i++) {
            parts.add(text((i == 0 ? "(" : ", ") + table.field(i).name() + " = "));
            Expr column = new Expr.Input(i, table.type(i));
            Expr value = Casts.to(column, Type.STRING);
            parts.add(
                    new Expr.Case(
                            List.of(new Expr.IsNull(column), text("NULL"), value), Type.STRING));
        }
        parts.add(text(table.size() > MOST_SHOWN ? ", …)" : ")"));
        return call("concat", parts, functions);
    }

    private static Expr text(String text) {
        return new Expr.Literal(text, Type.STRING);
    }

    private static Expr call(String name, List<Expr> inputs, FunctionRegistry functions) {
        List<Type> types = inputs.stream().map(Expr::type).toList();
        Signature signature = functions.scalar(name, types).orElseThrow();
        return new Expr.Call(signature.name(), inputs, signature.result());
    }
}
