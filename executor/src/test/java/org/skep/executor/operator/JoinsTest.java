package org.skep.executor.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.executor.kernel.RandomRows;
import org.skep.model.data.Batch;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.settings.Settings;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Every join against nested loops over boxed rows. */
class JoinsTest {
    private static final List<List<Type>> KEYS =
            List.of(
                    List.of(Type.INTEGER),
                    List.of(Type.BIGINT),
                    List.of(Type.STRING),
                    List.of(Type.BIGINT, Type.INTEGER),
                    List.of(Type.DATE, Type.STRING),
                    List.of(Type.DOUBLE),
                    List.of(Type.decimal(30, 3), Type.BOOLEAN));

    @TempDir Path temp;

    @Test
    void allJoinsGiveWhatNestedLoopsGive() {
        Random random = new Random(42);
        for (List<Type> keys : KEYS) {
            for (JoinType type : JoinType.values()) {
                for (int run = 0; run < 4; run++) {
                    check(random, keys, type, run);
                }
            }
        }
    }

    private void check(Random random, List<Type> keys, JoinType type, int run) {
        List<Type> types = new ArrayList<>(keys);
        types.add(Type.INTEGER);
        int leftRows = run == 0 ? 0 : random.nextInt(120);
        int rightRows = run == 1 ? 0 : random.nextInt(120);
        RandomRows data =
                new RandomRows(random.nextLong(), 1 + random.nextInt(80), run % 2 == 0 ? 0.15 : 0);
        List<Batch> left = data.batches(types, leftRows, 40);
        List<Batch> right = data.batches(types, rightRows, 40);
        boolean nullsEqual = random.nextBoolean();
        int width = types.size();
        Expr residual =
                random.nextBoolean()
                        ? null
                        : new Expr.Compare(
                                Expr.Comparison.LESS_OR_EQUAL,
                                new Expr.Input(width - 1, Type.INTEGER),
                                new Expr.Input(2 * width - 1, Type.INTEGER));
        List<List<Object>> expected =
                Plans.sorted(
                        loops(
                                RandomRows.boxed(left),
                                RandomRows.boxed(right),
                                keys.size(),
                                width,
                                type,
                                nullsEqual,
                                residual != null));
        for (Settings settings : Plans.settings(temp)) {
            Plans plans = new Plans();
            PlanNode leftScan = plans.scan(types, left);
            PlanNode rightScan = plans.scan(types, right);
            List<Integer> places = new ArrayList<>();
            List<SortKey> order = new ArrayList<>();
            keys.forEach(
                    key -> {
                        order.add(new SortKey(places.size(), true, true));
                        places.add(places.size());
                    });
            Schema schema = schema(leftScan, rightScan, type);
            PlanNode hash =
                    new PlanNode.HashJoin(
                            leftScan,
                            rightScan,
                            type,
                            places,
                            places,
                            nullsEqual,
                            residual,
                            schema);
            PlanNode merge =
                    new PlanNode.MergeJoin(
                            new PlanNode.Sort(leftScan, order),
                            new PlanNode.Sort(rightScan, order),
                            type,
                            places,
                            places,
                            nullsEqual,
                            residual,
                            schema);
            PlanNode loop =
                    new PlanNode.LoopJoin(
                            leftScan,
                            rightScan,
                            type,
                            condition(keys, width, nullsEqual, residual),
                            schema);
            for (PlanNode plan : List.of(hash, merge, loop)) {
                assertEquals(
                        expected,
                        Plans.sorted(plans.run(plan, settings)),
                        () -> plan.kind() + " " + type + " " + keys + " " + settings);
            }
        }
    }

    private static Schema schema(PlanNode left, PlanNode right, JoinType type) {
        if (!type.givesRight()) {
            return left.schema();
        }
        List<Field> fields = new ArrayList<>(left.schema().fields());
        fields.addAll(right.schema().fields());
        return new Schema(fields);
    }

    private static Expr condition(List<Type> keys, int width, boolean nullsEqual, Expr residual) {
        List<Expr> all = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            all.add(
                    new Expr.Compare(
                            nullsEqual ? Expr.Comparison.NOT_DISTINCT : Expr.Comparison.EQUAL,
                            new Expr.Input(i, keys.get(i)),
                            new Expr.Input(width + i, keys.get(i))));
        }
        if (residual != null) {
            all.add(residual);
        }
        return new Expr.And(all);
    }

    private static List<List<Object>> loops(
            List<List<Object>> left,
            List<List<Object>> right,
            int keys,
            int width,
            JoinType type,
            boolean nullsEqual,
            boolean residual) {
        List<List<Object>> out = new ArrayList<>();
        boolean[] matched = new boolean[right.size()];
        List<Object> nulls = Collections.nCopies(width, null);
        for (List<Object> row : left) {
            boolean any = false;
            for (int j = 0; j < right.size(); j++) {
                if (matches(row, right.get(j), keys, width, nullsEqual, residual)) {
                    any = true;
                    matched[j] = true;
                    if (type.givesRight()) {
                        out.add(concat(row, right.get(j)));
                    }
                }
            }
            if (any && type == JoinType.SEMI || !any && type == JoinType.ANTI) {
                out.add(row);
            } else if (!any && type.keepsLeft()) {
                out.add(concat(row, nulls));
            }
        }
        for (int j = 0; j < right.size() && type.keepsRight(); j++) {
            if (!matched[j]) {
                out.add(concat(nulls, right.get(j)));
            }
        }
        return out;
    }

    private static boolean matches(
            List<Object> left,
            List<Object> right,
            int keys,
            int width,
            boolean nullsEqual,
            boolean residual) {
        List<Object> key = left.subList(0, keys);
        boolean equal = key.equals(right.subList(0, keys)) && (nullsEqual || !key.contains(null));
        if (!equal || !residual) {
            return equal;
        }
        Integer a = (Integer) left.get(width - 1);
        Integer b = (Integer) right.get(width - 1);
        return a != null && b != null && a <= b;
    }

    private static List<Object> concat(List<Object> left, List<Object> right) {
        Object[] all = new Object[left.size() + right.size()];
        System.arraycopy(left.toArray(), 0, all, 0, left.size());
        System.arraycopy(right.toArray(), 0, all, left.size(), right.size());
        return Arrays.asList(all);
    }

    @Test
    void aMillionPairsComeInBatches() {
        Settings settings = Settings.defaults().with("temp_directory", temp.toString());
        List<Type> types = List.of(Type.INTEGER);
        List<Batch> same = new RandomRows(1, 1, 0).batches(types, 1000, 300);
        Plans plans = new Plans();
        PlanNode scan = plans.scan(types, same);
        PlanNode other = plans.scan(types, same);
        Schema schema = schema(scan, other, JoinType.INNER);
        for (PlanNode join :
                List.of(
                        new PlanNode.HashJoin(
                                scan,
                                other,
                                JoinType.INNER,
                                List.of(0),
                                List.of(0),
                                true,
                                null,
                                schema),
                        new PlanNode.MergeJoin(
                                scan,
                                other,
                                JoinType.INNER,
                                List.of(0),
                                List.of(0),
                                true,
                                null,
                                schema),
                        new PlanNode.LoopJoin(scan, other, JoinType.INNER, null, schema))) {
            List<Batch> out = plans.batches(join, settings);
            assertEquals(1_000_000, out.stream().mapToInt(Batch::rows).sum());
            assertEquals(true, out.stream().allMatch(batch -> batch.rows() <= 2048));
        }
    }
}
