package org.skep.executor.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/** Makes expressions of a type, over a batch with a column of each of {@link #TYPES}. */
final class RandomExprs {
    static final List<Type> TYPES =
            List.of(
                    Type.BOOLEAN,
                    Type.INTEGER,
                    Type.BIGINT,
                    Type.DOUBLE,
                    Type.decimal(10, 2),
                    Type.decimal(30, 4),
                    Type.DATE,
                    Type.STRING);

    private final Random random;
    private final RandomColumns values;

    RandomExprs(Random random, RandomColumns values) {
        this.random = random;
        this.values = values;
    }

    Expr expr(Type type, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return leaf(type);
        }
        if (random.nextInt(6) == 0) {
            return conditional(type, depth - 1);
        }
        if (random.nextInt(8) == 0) {
            String name = random.nextBoolean() ? "coalesce" : "greatest";
            return new Expr.Call(name, List.of(expr(type, depth - 1), expr(type, depth - 1)), type);
        }
        return switch (type.kind()) {
            case BOOLEAN -> condition(depth - 1);
            case INTEGER, BIGINT, DOUBLE, DECIMAL -> number(type, depth - 1);
            case STRING -> text(depth - 1);
            default -> leaf(type);
        };
    }

    private Expr leaf(Type type) {
        int column = TYPES.indexOf(type);
        if (column >= 0 && random.nextInt(4) > 0) {
            return new Expr.Input(column, type);
        }
        return new Expr.Literal(random.nextInt(8) == 0 ? null : values.value(type), type);
    }

    private Expr conditional(Type type, int depth) {
        List<Expr> inputs = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            inputs.add(expr(Type.BOOLEAN, depth));
            inputs.add(expr(type, depth));
        }
        inputs.add(expr(type, depth));
        return new Expr.Case(inputs, type);
    }

    private Expr number(Type type, int depth) {
        if (random.nextInt(4) == 0) {
            Type from = TYPES.get(1 + random.nextInt(5));
            return new Expr.Cast(expr(from, depth), type, random.nextInt(3) > 0);
        }
        var operators = Expr.Operator.values();
        var operator = operators[random.nextInt(operators.length)];
        boolean divides =
                operator == Expr.Operator.DIVIDE && type.kind() != Type.Kind.DOUBLE
                        || operator == Expr.Operator.INTEGER_DIVIDE
                                && type.kind() != Type.Kind.BIGINT;
        if (divides) {
            operator = Expr.Operator.ADD;
        }
        return new Expr.Arithmetic(operator, expr(type, depth), expr(type, depth), type);
    }

    private Expr text(int depth) {
        if (random.nextInt(3) == 0) {
            Type from = TYPES.get(random.nextInt(TYPES.size()));
            return new Expr.Cast(expr(from, depth), Type.STRING, false);
        }
        Expr input = expr(Type.STRING, depth);
        return switch (random.nextInt(3)) {
            case 0 -> new Expr.Call("upper", List.of(input), Type.STRING);
            case 1 ->
                    new Expr.Call(
                            "substr",
                            List.of(input, new Expr.Literal(2, Type.INTEGER)),
                            Type.STRING);
            default ->
                    new Expr.Call("concat", List.of(input, expr(Type.STRING, depth)), Type.STRING);
        };
    }

    private Expr condition(int depth) {
        Type type = TYPES.get(random.nextInt(TYPES.size()));
        return switch (random.nextInt(9)) {
            case 0, 1 -> new Expr.And(conditions(depth));
            case 2 -> new Expr.Or(conditions(depth));
            case 3 -> new Expr.Not(expr(Type.BOOLEAN, depth));
            case 4 -> new Expr.IsNull(expr(type, depth));
            case 5 -> {
                List<Object> wanted = new ArrayList<>();
                for (int i = random.nextInt(12); i >= 0; i--) {
                    wanted.add(values.value(type));
                }
                yield new Expr.In(expr(type, depth), wanted);
            }
            case 6 ->
                    new Expr.Like(
                            expr(Type.STRING, depth),
                            List.of("%a%", "_", "A%", "%1%2%", "", "größe").get(random.nextInt(6)),
                            null,
                            random.nextBoolean());
            default -> {
                var operators = Expr.Comparison.values();
                yield new Expr.Compare(
                        operators[random.nextInt(operators.length)],
                        expr(type, depth),
                        expr(type, depth));
            }
        };
    }

    private List<Expr> conditions(int depth) {
        List<Expr> all = new ArrayList<>();
        for (int i = random.nextInt(3); i >= -1; i--) {
            all.add(expr(Type.BOOLEAN, depth));
        }
        return all;
    }
}
