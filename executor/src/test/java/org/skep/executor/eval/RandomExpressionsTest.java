package org.skep.executor.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/**
 * Random expressions over random columns: the same values whether columns are dictionaries,
 * constants or flat, whether rows come together or one by one, and as a predicate.
 */
class RandomExpressionsTest {
    private static final int EXPRESSIONS = 3000;

    private static final List<Type> TYPES =
            List.of(
                    Type.BOOLEAN,
                    Type.INTEGER,
                    Type.BIGINT,
                    Type.DOUBLE,
                    Type.decimal(10, 2),
                    Type.decimal(30, 4),
                    Type.DATE,
                    Type.STRING);

    @Test
    void everyFormOfTheInputGivesTheSame() {
        int failures = 0;
        for (int seed = 0; seed < EXPRESSIONS; seed++) {
            Random random = new Random(seed);
            RandomColumns columns = new RandomColumns(random);
            int rows = 1 + random.nextInt(40);
            Column[] mixed = new Column[TYPES.size()];
            Arrays.setAll(mixed, i -> columns.any(TYPES.get(i), rows));
            Type type =
                    random.nextBoolean() ? Type.BOOLEAN : TYPES.get(random.nextInt(TYPES.size()));
            Expr expr = new Generator(random, columns).expr(type, 4);
            failures += check(seed, expr, new Batch(rows, mixed)) ? 1 : 0;
        }
        assertTrue(failures < EXPRESSIONS / 2, failures + " expressions failed to evaluate");
    }

    /** Whether the expression fails, which it must then in every form. */
    private static boolean check(int seed, Expr expr, Batch mixed) {
        Batch flat =
                new Batch(
                        mixed.rows(),
                        mixed.columns().stream().map(Column::flat).toArray(Column[]::new));
        List<Object> expected = oneByOne(expr, flat);
        String what = "seed " + seed + ": " + expr;
        assertEquals(expected, together(expr, flat), what);
        assertEquals(expected, together(expr, mixed), what);
        // a filter may pass over a row at its first unknown conjunct, before another one fails
        if (expr.type().kind() == Type.Kind.BOOLEAN && expected != null) {
            assertEquals(selected(expected), select(expr, flat), what);
            assertEquals(selected(expected), select(expr, mixed), what);
        }
        return expected == null;
    }

    private static List<Object> oneByOne(Expr expr, Batch batch) {
        List<Object> out = new ArrayList<>();
        Evaluator evaluator = Expressions.evaluator(expr);
        for (int i = 0; i < batch.rows(); i++) {
            List<Object> row = run(evaluator, batch.slice(i, 1));
            if (row == null) {
                return null;
            }
            out.addAll(row);
        }
        return out;
    }

    private static List<Object> together(Expr expr, Batch batch) {
        Evaluator evaluator = Expressions.evaluator(expr);
        List<Object> first = run(evaluator, batch);
        assertEquals(first, run(evaluator, batch), "a second batch");
        return first;
    }

    /** Null when it fails. */
    private static List<Object> run(Evaluator evaluator, Batch batch) {
        try {
            Column result = evaluator.evaluate(batch);
            assertEquals(batch.rows(), result.rows());
            return ExpressionsTest.values(result);
        } catch (QueryException e) {
            return null;
        }
    }

    private static List<Integer> selected(List<Object> values) {
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (Boolean.TRUE.equals(values.get(i))) {
                rows.add(i);
            }
        }
        return rows;
    }

    private static List<Integer> select(Expr condition, Batch batch) {
        int[] selected = new int[batch.rows()];
        int count = Expressions.predicate(condition).select(batch, selected);
        return Arrays.stream(selected, 0, count).boxed().toList();
    }

    /** Makes expressions of a type. */
    private static final class Generator {
        private final Random random;
        private final RandomColumns values;

        Generator(Random random, RandomColumns values) {
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
                return new Expr.Call(
                        name, List.of(expr(type, depth - 1), expr(type, depth - 1)), type);
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
                        new Expr.Call(
                                "concat", List.of(input, expr(Type.STRING, depth)), Type.STRING);
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
                                List.of("%a%", "_", "A%", "%1%2%", "", "größe")
                                        .get(random.nextInt(6)),
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
}
