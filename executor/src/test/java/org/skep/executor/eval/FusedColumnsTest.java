package org.skep.executor.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.LongColumn;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/** Columns of compiled loops against those of the interpreted kernels. */
@ExtendWith(FusesAtOnce.class)
class FusedColumnsTest {
    private static final int SEEDS = 800;

    @Test
    void columnsAreThoseOfTheKernels() {
        int taken = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            RandomColumns columns = new RandomColumns(random);
            List<Expr> expressions = expressions(random, columns);
            FusedColumns fused = FusedColumns.of(expressions);
            for (int b = 0; b < 3; b++) {
                Batch batch = columns.batch(RandomExprs.TYPES, 1 + random.nextInt(100));
                Column[] computed = fused.compute(batch);
                for (int i = 0; computed != null && i < computed.length; i++) {
                    Expr expr = expressions.get(i);
                    Column expected = Expressions.evaluator(expr).evaluate(batch);
                    String what = "seed " + seed + ": " + expr;
                    assertEquals(expr.type(), computed[i].type(), what);
                    for (int row = 0; row < batch.rows(); row++) {
                        assertEquals(expected.value(row), computed[i].value(row), what);
                    }
                    taken++;
                }
            }
        }
        assertTrue(taken > SEEDS, taken + " columns");
    }

    @Test
    void conditionsChooseTheSameRows() {
        int some = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            RandomColumns columns = new RandomColumns(random);
            Expr condition = expression(random, columns, Type.BOOLEAN);
            Filter kernels = ExpressionCompiler.SHARING.filter(condition);
            Filter filter = FusedColumns.filter(condition, kernels);
            for (int b = 0; b < 3; b++) {
                Batch batch = columns.batch(RandomExprs.TYPES, 1 + random.nextInt(100));
                int[] expected = selected(kernels, batch);
                assertArrayEquals(expected, selected(filter, batch), condition.toString());
                some += expected == null || expected.length == 0 ? 0 : 1;
            }
        }
        assertTrue(some > SEEDS, some + " batches with rows");
    }

    /** Null when a row fails. */
    private static int[] selected(Filter filter, Batch batch) {
        int[] selected = new int[batch.rows()];
        try {
            return Arrays.copyOf(selected, filter.select(batch, null, batch.rows(), selected));
        } catch (QueryException e) {
            return null;
        }
    }

    /** The kernels say what went wrong, and where it was written. */
    @Test
    void errorsAreLeftToTheKernels() {
        Expr a = new Expr.Input(0, Type.BIGINT);
        Expr b = new Expr.Input(1, Type.BIGINT);
        Expr sum = new Expr.Arithmetic(Expr.Operator.ADD, a, b, Type.BIGINT);
        Expr product = new Expr.Arithmetic(Expr.Operator.MULTIPLY, sum, b, Type.BIGINT);
        Expr large = new Expr.Literal(100L, Type.BIGINT);
        Expr condition = new Expr.Compare(Expr.Comparison.GREATER, product, large);
        assertTrue(FusedColumns.pays(product));
        assertFalse(FusedColumns.pays(sum));
        long[] some = {1, 20, 3};
        Batch good = new Batch(3, longs(some), longs(some));
        Column[] computed = FusedColumns.of(List.of(product)).compute(good);
        assertEquals(800L, computed[0].value(1));
        Batch bad = new Batch(3, longs(some), longs(1, Long.MAX_VALUE, 1));
        assertEquals(null, FusedColumns.of(List.of(product)).compute(bad));
        Predicate predicate = Expressions.predicate(condition);
        assertEquals(1, predicate.select(good, new int[3]));
        assertThrows(QueryException.class, () -> predicate.select(bad, new int[3]));
    }

    @Test
    void methodsStayShort() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            RandomColumns columns = new RandomColumns(random);
            List<FusedTerm> terms = new ArrayList<>();
            for (int i = random.nextInt(100); i >= 0; i--) {
                for (Expr expr : expressions(random, columns)) {
                    terms.add(new FusedTerm(expr, null, FusedTerm.Fold.COLUMN));
                }
            }
            FusedTerms shape = new FusedTerms(terms);
            FusedSource.Form[] forms = new FusedSource.Form[shape.sources().size()];
            Arrays.setAll(
                    forms,
                    i ->
                            shape.sources().get(i).inLoop()
                                    ? FusedSource.Form.NONE
                                    : FusedSource.Form.IDS_NULLS);
            String source = FusedSource.write(shape, forms, true);
            byte[] code = HiddenClasses.compile(FusedLoop.class, source).code();
            int longest = FusedShapes.longestMethod(code);
            assertTrue(longest < 4_000, "seed " + seed + ": " + longest + " bytes");
        }
    }

    private static Column longs(long... values) {
        return new LongColumn(Type.BIGINT, values, values.length, null);
    }

    private static List<Expr> expressions(Random random, RandomColumns columns) {
        List<Expr> expressions = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            Type type = RandomExprs.TYPES.get(random.nextInt(RandomExprs.TYPES.size() - 1));
            expressions.add(expression(random, columns, type));
        }
        return expressions;
    }

    private static Expr expression(Random random, RandomColumns columns, Type type) {
        RandomExprs exprs = new RandomExprs(random, columns);
        while (true) {
            Expr expr = exprs.expr(type, 2 + random.nextInt(2));
            if (FusedColumns.pays(expr)) {
                return expr;
            }
        }
    }
}
