package org.skep.executor.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.executor.kernel.RandomRows;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Ranking;
import org.skep.model.plan.SortKey;
import org.skep.model.plan.WindowCall;
import org.skep.model.plan.WindowCall.Frame;
import org.skep.model.settings.Settings;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** The first rows of each group against window functions over all rows. */
class GroupTopNTest {
    private static final List<Type> TYPES =
            List.of(Type.STRING, Type.INTEGER, Type.DOUBLE, Type.STRING);

    @TempDir Path temp;
    private final Random random = new Random(39);

    @Test
    void keepsTheRowsThatAreWanted() {
        for (int run = 0; run < 60; run++) {
            RandomRows data = new RandomRows(random.nextLong(), 1 + random.nextInt(12), 0.15);
            List<Batch> batches = data.batches(TYPES, random.nextInt(300), 30);
            for (Ranking ranking : Ranking.values()) {
                check(batches, ranking);
            }
        }
    }

    private void check(List<Batch> batches, Ranking ranking) {
        List<Integer> groups =
                List.of(List.of(0), List.of(0, 1), List.<Integer>of()).get(random.nextInt(3));
        List<SortKey> order = new ArrayList<>();
        order.add(new SortKey(2, random.nextBoolean(), random.nextBoolean()));
        if (random.nextBoolean()) {
            order.add(new SortKey(3, random.nextBoolean(), random.nextBoolean()));
        }
        long wanted = 1 + random.nextInt(5);
        for (Settings settings : Plans.settings(temp)) {
            Plans plans = new Plans();
            PlanNode scan = plans.scan(TYPES, batches);
            PlanNode top = new PlanNode.GroupTopN(scan, groups, order, wanted, ranking);
            List<List<Object>> expected = ranked(plans, scan, groups, order, ranking, settings);
            expected.removeIf(row -> (Long) row.get(TYPES.size()) > wanted);
            List<List<Object>> actual = ranked(plans, top, groups, order, ranking, settings);
            actual.removeIf(row -> (Long) row.get(TYPES.size()) > wanted);
            assertEquals(expected, actual, () -> ranking + " " + wanted + " " + order);
            if (settings.spill() == Settings.Spill.AUTO) {
                int rows = plans.run(top, settings).size();
                assertEquals(expected.size(), rows, "a task keeps no more than it must");
            }
        }
    }

    private static List<List<Object>> ranked(
            Plans plans,
            PlanNode input,
            List<Integer> groups,
            List<SortKey> order,
            Ranking ranking,
            Settings settings) {
        List<SortKey> keys = new ArrayList<>();
        groups.forEach(column -> keys.add(new SortKey(column, true, true)));
        keys.addAll(order);
        WindowCall call =
                new WindowCall(
                        ranking.name().toLowerCase(Locale.ROOT),
                        List.of(),
                        List.of(),
                        false,
                        Frame.WHOLE_PARTITION,
                        Type.BIGINT);
        Schema schema = input.schema().concat(Schema.of(new Field("r", Type.BIGINT)));
        PlanNode window =
                new PlanNode.Window(
                        new PlanNode.Sort(input, keys), groups, order, List.of(call), schema);
        return new ArrayList<>(plans.run(window, settings));
    }

    @Test
    void fewGroupsLeaveFewRows() {
        assertEquals(7 * 10, rowsLeft(7));
    }

    @Test
    void manyGroupsAreHandedOn() {
        assertEquals(300_000, rowsLeft(290_000));
    }

    /** How many of 300,000 rows are left when the first ten of each group are wanted. */
    private int rowsLeft(int groups) {
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < 300_000; from += 1000) {
            int[] keys = new int[1000];
            long[] values = new long[1000];
            for (int i = 0; i < 1000; i++) {
                keys[i] = (from + i) % groups;
                values[i] = random.nextInt(1000);
            }
            Column group = new IntColumn(Type.INTEGER, keys, 1000, null);
            batches.add(new Batch(1000, group, new LongColumn(Type.BIGINT, values, 1000, null)));
        }
        Plans plans = new Plans();
        PlanNode top =
                new PlanNode.GroupTopN(
                        plans.scan(List.of(Type.INTEGER, Type.BIGINT), batches),
                        List.of(0),
                        List.of(new SortKey(1, false, false)),
                        10,
                        Ranking.ROW_NUMBER);
        Settings settings = Settings.defaults().with("temp_directory", temp.toString());
        return plans.batches(top, settings).stream().mapToInt(Batch::rows).sum();
    }
}
