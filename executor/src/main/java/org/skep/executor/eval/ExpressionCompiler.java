package org.skep.executor.eval;

import java.util.List;
import org.skep.model.data.StructColumn;
import org.skep.model.plan.Expr;
import org.skep.model.plan.Expr.Arithmetic;
import org.skep.model.plan.Expr.Call;
import org.skep.model.plan.Expr.Case;
import org.skep.model.plan.Expr.Cast;
import org.skep.model.plan.Expr.Compare;
import org.skep.model.plan.Expr.In;
import org.skep.model.plan.Expr.Input;
import org.skep.model.plan.Expr.IsNull;
import org.skep.model.plan.Expr.Like;
import org.skep.model.plan.Expr.Literal;
import org.skep.model.plan.Expr.Member;
import org.skep.model.plan.Expr.Not;
import org.skep.model.type.Type;

/** From expressions to kernels: the package's only list of all kinds. */
final class ExpressionCompiler {
    /** Wraps expressions of one column so that dictionaries are used. */
    static final ExpressionCompiler SHARING = new ExpressionCompiler(true);

    /** For inputs that are known to be flat. */
    static final ExpressionCompiler PLAIN = new ExpressionCompiler(false);

    private final boolean sharing;

    private ExpressionCompiler(boolean sharing) {
        this.sharing = sharing;
    }

    Evaluator compile(Expr expr) {
        if (expr instanceof Input || expr instanceof Literal) {
            return kernel(expr);
        }
        int[] columns = expr.columns();
        if (columns.length <= 1 && Traits.deterministic(expr)) {
            if (columns.length == 0) {
                return new Constant(kernel(expr));
            }
            if (sharing) {
                return perEntry(expr, columns[0]);
            }
        }
        return kernel(expr);
    }

    Evaluator[] compile(List<Expr> exprs) {
        return exprs.stream().map(this::compile).toArray(Evaluator[]::new);
    }

    /** A condition as a filter. */
    Filter filter(Expr condition) {
        int[] columns = condition.columns();
        boolean one = columns.length == 1 && !(condition instanceof Input);
        if (sharing && one && Traits.deterministic(condition)) {
            return perEntry(condition, columns[0]);
        }
        if (condition instanceof Expr.And and) {
            return AndFilter.of(and.inputs(), this);
        }
        if (condition instanceof Compare compare) {
            Filter range = RangeFilter.of(compare, this);
            if (range != null) {
                return range;
            }
        }
        if (condition instanceof Expr.Or or) {
            Filter nullOr = NullOrFilter.of(or, this);
            if (nullOr != null) {
                return nullOr;
            }
        }
        if (Traits.harmless(condition)) {
            Evaluator evaluator = compile(condition);
            return (batch, rows, count, selected) ->
                    Filter.whereTrue(evaluator.evaluate(batch), rows, count, selected);
        }
        Subset subset = new Subset(condition, this);
        return (batch, rows, count, selected) -> {
            int[] kept = selected == rows ? new int[count] : selected;
            var values = subset.evaluate(batch, rows, count);
            int k = Filter.whereTrue(values, null, count, kept);
            for (int i = 0; i < k; i++) {
                selected[i] = rows == null ? kept[i] : rows[kept[i]];
            }
            return k;
        };
    }

    private static PerEntry perEntry(Expr expr, int column) {
        Expr alone = expr.remap(new int[column + 1]);
        Filter filter = expr.type().kind() == Type.Kind.BOOLEAN ? PLAIN.filter(alone) : null;
        return new PerEntry(column, PLAIN.kernel(alone), filter);
    }

    private Evaluator kernel(Expr expr) {
        return RowErrors.placed(unplaced(expr), expr.origin());
    }

    private Evaluator unplaced(Expr expr) {
        return switch (expr.kind()) {
            case INPUT -> {
                int column = ((Input) expr).column();
                yield batch -> batch.column(column);
            }
            case LITERAL -> Constant.of(expr.type(), ((Literal) expr).value());
            case ARITHMETIC -> Arithmetics.evaluator((Arithmetic) expr, this);
            case COMPARE -> Comparisons.evaluator((Compare) expr, this);
            case AND -> new Logic(expr.inputs(), Logic.FALSE, this);
            case OR -> new Logic(expr.inputs(), Logic.TRUE, this);
            case NOT -> Logic.not(compile(((Not) expr).input()));
            case IS_NULL -> Logic.isNull(compile(((IsNull) expr).input()));
            case CASE -> new CaseEvaluator((Case) expr, this);
            case IN -> Membership.evaluator((In) expr, this);
            case LIKE -> LikePattern.evaluator((Like) expr, this);
            case CAST -> Casts.evaluator((Cast) expr, this);
            case CALL -> Calls.evaluator((Call) expr, this);
            case MEMBER -> member((Member) expr);
        };
    }

    private Evaluator member(Member member) {
        Evaluator input = compile(member.input());
        return batch -> {
            var struct = (StructColumn) Constant.flat(input, batch);
            var value = struct.member(member.member());
            return struct.validity() == null ? value : value.withValidity(struct.validity());
        };
    }
}
