package org.skep.executor.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/** Compiled loops against the interpreted kernels. */
class FusedSumsTest {
    private static final int SEEDS = 600;
    private static final Type NUMBER = Type.decimal(10, 2);
    private static final Type PRODUCT = Type.decimal(21, 4);
    private static String before;

    @BeforeAll
    static void compileAtOnce() {
        before = System.setProperty("skep.fuse.rows", "0");
    }

    @AfterAll
    static void asBefore() {
        if (before == null) {
            System.clearProperty("skep.fuse.rows");
        } else {
            System.setProperty("skep.fuse.rows", before);
        }
    }

    @Test
    void sumsAreThoseOfTheKernels() {
        int taken = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            RandomColumns columns = new RandomColumns(random);
            List<Expr> terms = terms(random, columns);
            List<Boolean> summed = new ArrayList<>();
            terms.forEach(term -> summed.add(random.nextInt(4) > 0));
            int groupCount = 1 + random.nextInt(4);
            boolean keyless = groupCount == 1 && random.nextBoolean();
            FusedSums fused = FusedSums.of(terms, summed);
            Expected expected = new Expected(terms.size(), groupCount);
            for (int b = 0; b < 4; b++) {
                Batch batch = batch(random, columns);
                int[] groups = random.ints(batch.rows(), 0, groupCount).toArray();
                List<Column> values = values(terms, summed, batch);
                if (!fused.hasRoom(groupCount)) {
                    expected.check(fused, summed, seed);
                    fused.clear();
                    expected = new Expected(terms.size(), groupCount);
                }
                if (fused.add(batch, keyless ? null : groups, groupCount)) {
                    assertNotNull(values, "seed " + seed + ": no error from " + terms);
                    expected.add(values, groups);
                    taken++;
                }
            }
            expected.check(fused, summed, seed);
        }
        // the others have extreme values, and most of those fail
        assertTrue(taken > SEEDS, taken + " batches taken");
    }

    /** Products of different columns, and whatever else can be summed. */
    private static List<Expr> terms(Random random, RandomColumns columns) {
        RandomExprs exprs = new RandomExprs(random, columns);
        List<Type> types = List.of(Type.INTEGER, Type.BIGINT, NUMBER, Type.decimal(30, 4));
        List<Expr> terms = new ArrayList<>();
        int wanted = 1 + random.nextInt(5);
        for (int i = 0; i < 200 && terms.size() < wanted; i++) {
            Expr expr = exprs.expr(types.get(random.nextInt(4)), 1 + random.nextInt(3));
            if (random.nextInt(3) == 0) {
                Expr left = exprs.expr(NUMBER, 2);
                Expr right = exprs.expr(NUMBER, 1);
                expr = new Expr.Arithmetic(Expr.Operator.MULTIPLY, left, right, PRODUCT);
            }
            boolean several = expr.columns().length > 1 || random.nextInt(8) == 0;
            if (several && FusedSums.sums(expr) && !terms.contains(expr)) {
                terms.add(expr);
            }
        }
        return terms;
    }

    private static Batch batch(Random random, RandomColumns columns) {
        int rows = 1 + random.nextInt(100);
        Column[] all = new Column[RandomExprs.TYPES.size()];
        Arrays.setAll(all, i -> columns.any(RandomExprs.TYPES.get(i), rows));
        return new Batch(rows, all);
    }

    /** Null when one of them fails. */
    private static List<Column> values(List<Expr> terms, List<Boolean> summed, Batch batch) {
        try {
            return terms.stream()
                    .map(term -> Expressions.evaluator(term).evaluate(batch).flat())
                    .toList();
        } catch (QueryException e) {
            return null;
        }
    }

    private static final class Expected {
        private final long[] rows;
        private final long[][] counts;
        private final BigInteger[][] sums;

        Expected(int terms, int groups) {
            rows = new long[groups];
            counts = new long[terms][groups];
            sums = new BigInteger[terms][groups];
            for (BigInteger[] of : sums) {
                Arrays.fill(of, BigInteger.ZERO);
            }
        }

        void add(List<Column> values, int[] groups) {
            for (int i = 0; i < groups.length; i++) {
                rows[groups[i]]++;
                for (int term = 0; term < sums.length; term++) {
                    Object value = values.get(term).value(i);
                    if (value != null) {
                        BigInteger number =
                                value instanceof BigDecimal decimal
                                        ? decimal.unscaledValue()
                                        : BigInteger.valueOf(((Number) value).longValue());
                        counts[term][groups[i]]++;
                        sums[term][groups[i]] = sums[term][groups[i]].add(number);
                    }
                }
            }
        }

        void check(FusedSums fused, List<Boolean> summed, int seed) {
            long[] all = Arrays.copyOf(fused.rows(), rows.length);
            assertEquals(Arrays.toString(rows), Arrays.toString(all), "seed " + seed);
            for (int term = 0; term < sums.length; term++) {
                String what = "seed " + seed + " term " + term;
                long[] some = Arrays.copyOf(fused.counts(term), rows.length);
                assertEquals(Arrays.toString(counts[term]), Arrays.toString(some), what);
                if (summed.get(term)) {
                    long[] sum = Arrays.copyOf(fused.sums(term), rows.length);
                    assertEquals(Arrays.toString(sums[term]), Arrays.toString(sum), what);
                }
            }
        }
    }

    /** The JIT gives up above 8,000 bytes, and a mere 300 terms make several times that. */
    @Test
    void methodsStayShort() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            RandomColumns columns = new RandomColumns(random);
            List<Expr> terms = new ArrayList<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                terms.addAll(terms(random, columns));
            }
            terms = terms.stream().distinct().toList();
            List<Boolean> summed = terms.stream().map(term -> true).toList();
            FusedTerms shape = new FusedTerms(terms, summed);
            FusedSource.Form[] forms = new FusedSource.Form[shape.sources().size()];
            var choice = FusedSource.Form.values();
            for (int i = 0; i < forms.length; i++) {
                boolean inLoop = shape.sources().get(i).inLoop();
                forms[i] = choice[inLoop && random.nextBoolean() ? 0 : 1 + random.nextInt(4)];
            }
            String source = FusedSource.write(shape, forms, random.nextBoolean());
            byte[] code = HiddenClasses.compile(FusedLoop.class, source).code();
            int longest = FusedShapes.longestMethod(code);
            assertTrue(longest < 4_000, "seed " + seed + ": " + longest + " bytes");
        }
    }
}
