package org.skep.executor.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skep.executor.eval.FusedTerm.Fold;
import org.skep.executor.function.Accumulator;
import org.skep.executor.local.StandardServices;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.LongColumn;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/** Compiled loops against the interpreted kernels. */
@ExtendWith(FusesAtOnce.class)
class FusedSumsTest {
    private static final int SEEDS = 600;
    private static final List<Type> TYPES =
            List.of(
                    Type.INTEGER,
                    Type.BIGINT,
                    Type.decimal(10, 2),
                    Type.decimal(30, 4),
                    Type.DOUBLE,
                    Type.DOUBLE,
                    Type.DATE);
    private static final Type NUMBER = Type.decimal(10, 2);
    private static final Type PRODUCT = Type.decimal(21, 4);

    @Test
    void statesAreThoseOfTheKernels() {
        int taken = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            RandomColumns columns = new RandomColumns(random);
            List<FusedTerm> terms = terms(random, columns);
            // more groups than rows are taken back row by row
            int groupCount = 1 + random.nextInt(random.nextInt(4) == 0 ? 150 : 4);
            boolean keyless = groupCount == 1 && random.nextBoolean();
            FusedSums fused = FusedSums.of(terms);
            Expected expected = new Expected(terms, groupCount);
            for (int b = 0; b < 4; b++) {
                Batch batch = columns.batch(RandomExprs.TYPES, 1 + random.nextInt(100));
                int[] groups = random.ints(batch.rows(), 0, groupCount).toArray();
                if (!fused.hasRoom(groupCount)) {
                    expected.check(fused, seed);
                    fused.clear();
                    expected = new Expected(terms, groupCount);
                }
                if (fused.add(batch, keyless ? null : groups, groupCount)) {
                    expected.add(batch, groups);
                    taken++;
                }
            }
            expected.check(fused, seed);
        }
        // the others have extreme values, and most of those fail
        assertTrue(taken > SEEDS, taken + " batches taken");
    }

    /** Products of different columns, and whatever else can be folded. */
    private static List<FusedTerm> terms(Random random, RandomColumns columns) {
        RandomExprs exprs = new RandomExprs(random, columns);
        List<FusedTerm> terms = new ArrayList<>();
        int wanted = 1 + random.nextInt(5);
        for (int i = 0; i < 200 && terms.size() < wanted; i++) {
            Type type = TYPES.get(random.nextInt(TYPES.size()));
            Expr expr = exprs.expr(type, 1 + random.nextInt(3));
            if (random.nextInt(3) == 0) {
                Type factor = random.nextBoolean() ? NUMBER : Type.DOUBLE;
                Type product = factor == NUMBER ? PRODUCT : factor;
                Expr left = exprs.expr(factor, 2);
                Expr right = exprs.expr(factor, 1);
                expr = new Expr.Arithmetic(Expr.Operator.MULTIPLY, left, right, product);
            }
            boolean several = expr.columns().length > 1 || random.nextInt(8) == 0;
            if (several && FusedSums.folds(expr)) {
                boolean sums = expr.type().isNumeric();
                Fold fold = Fold.values()[sums ? random.nextInt(4) : 2 + random.nextInt(2)];
                Expr filter = random.nextInt(3) > 0 ? null : filter(exprs);
                FusedTerm term = new FusedTerm(expr, filter, fold);
                if (!terms.contains(term)) {
                    terms.add(term);
                }
            }
        }
        return terms;
    }

    private static Expr filter(RandomExprs exprs) {
        while (true) {
            Expr filter = exprs.expr(Type.BOOLEAN, 2);
            if (FusedSums.folds(filter)) {
                return filter;
            }
        }
    }

    /** The accumulators of the interpreted path, fed with the same rows. */
    private static final class Expected {
        private final List<FusedTerm> terms;
        private final int groupCount;
        private final Accumulator rows;
        private final List<Accumulator> counts = new ArrayList<>();
        private final List<Accumulator> folds = new ArrayList<>();

        Expected(List<FusedTerm> terms, int groupCount) {
            this.terms = terms;
            this.groupCount = groupCount;
            StandardServices services = new StandardServices();
            rows = services.accumulator("count", List.of());
            for (FusedTerm term : terms) {
                List<Type> types = List.of(term.value().type());
                String name = term.fold().name().toLowerCase(Locale.ROOT);
                counts.add(services.accumulator("count", types));
                folds.add(services.accumulator(name, types));
            }
        }

        /** Fails when an argument does: a loop must not have taken such a batch. */
        void add(Batch batch, int[] groups) {
            rows.add(new Column[0], groups, batch.rows(), groupCount);
            for (int t = 0; t < terms.size(); t++) {
                FusedTerm term = terms.get(t);
                Column value = Expressions.evaluator(term.value()).evaluate(batch);
                int[] passing = new int[batch.rows()];
                int count = batch.rows();
                Arrays.setAll(passing, i -> i);
                if (term.filter() != null) {
                    count = Expressions.predicate(term.filter()).select(batch, passing);
                }
                int[] some = new int[count];
                for (int i = 0; i < count; i++) {
                    some[i] = groups[passing[i]];
                }
                Column[] argument = {value.gather(passing, count)};
                counts.get(t).add(argument, some, count, groupCount);
                folds.get(t).add(argument, some, count, groupCount);
            }
        }

        void check(FusedSums fused, int seed) {
            int groups = fused.groups();
            if (groups == 0) {
                return;
            }
            assertArrayEquals(longs(rows.states(0, groups)[0]), fused.rows(), "seed " + seed);
            for (int t = 0; t < terms.size(); t++) {
                String what = "seed " + seed + " term " + t + " " + terms.get(t);
                long[] some = fused.counts(t);
                assertArrayEquals(longs(counts.get(t).states(0, groups)[0]), some, what);
                Column[] states = folds.get(t).states(0, groups);
                switch (terms.get(t).place()) {
                    case NOWHERE -> {}
                    case LONGS, BEST_LONGS -> {
                        long[] values = fused.longs(t);
                        for (int g = 0; g < groups; g++) {
                            if (some[g] > 0) {
                                assertEquals(number(states[0].value(g)), values[g], what);
                            }
                        }
                    }
                    case SUMMED_DOUBLES -> {
                        assertSame(states[0], fused.doubles(t), some, what);
                        assertSame(states[1], fused.lost(t), some, what);
                    }
                    case BEST_DOUBLES -> assertSame(states[0], fused.doubles(t), some, what);
                }
            }
        }

        private static void assertSame(Column states, double[] values, long[] some, String what) {
            for (int g = 0; g < values.length; g++) {
                if (some[g] > 0) {
                    assertEquals(states.value(g), values[g], what); // bits and all
                }
            }
        }

        private static long[] longs(Column column) {
            return Arrays.copyOf(((LongColumn) column.flat()).values(), column.rows());
        }

        private static long number(Object value) {
            return value instanceof BigDecimal decimal
                    ? decimal.unscaledValue().longValueExact()
                    : ((Number) value).longValue();
        }
    }

    /** The JIT gives up above 8,000 bytes, and a mere 300 terms make several times that. */
    @Test
    void methodsStayShort() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            RandomColumns columns = new RandomColumns(random);
            List<FusedTerm> terms = new ArrayList<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                terms.addAll(terms(random, columns));
            }
            terms = terms.stream().distinct().toList();
            FusedTerms shape = new FusedTerms(terms);
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
