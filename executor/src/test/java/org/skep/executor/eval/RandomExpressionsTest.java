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

    private static final List<Type> TYPES = RandomExprs.TYPES;

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
            Expr expr = new RandomExprs(random, columns).expr(type, 4);
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
}
