package org.skep.executor.operator;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.skep.executor.kernel.Concat;
import org.skep.executor.kernel.JoinTable;
import org.skep.executor.kernel.Sorting;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.settings.Settings;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/**
 * CPU time of the kernels and operators that carry most of the load, in milliseconds of one thread:
 * the best of some runs. Run its main; give names to run only those.
 */
public final class KernelBenchmark {
    private static final int ROWS = 6_000_000;
    private static final int BATCH = 2048;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private KernelBenchmark() {}

    public static void main(String[] args) {
        List<String> wanted = List.of(args);
        groups(wanted);
        joins(wanted);
        sorts(wanted);
    }

    private static void measure(List<String> wanted, String name, LongSupplier work) {
        if (!wanted.isEmpty() && !wanted.contains(name)) {
            return;
        }
        double best = Double.MAX_VALUE;
        long check = 0;
        for (int run = 0; run < 7; run++) {
            long start = CPU.getCurrentThreadCpuTime();
            check = work.getAsLong();
            best = Math.min(best, (CPU.getCurrentThreadCpuTime() - start) / 1e6);
        }
        System.out.printf("%-34s %8.1f ms   (%d)%n", name, best, check);
    }

    private static void groups(List<String> wanted) {
        List<Batch> sparse = numbers(1_500_000, 1_000_003L);
        List<Batch> few = numbers(1_000, 1);
        measure(wanted, "group-1.5M", () -> sum(sparse, List.of(0)));
        measure(wanted, "group-1000", () -> sum(few, List.of(0)));
        List<Batch> dictionaries = dictionaries();
        measure(wanted, "group-two-dictionaries", () -> sum(dictionaries, List.of(0, 1)));
        List<Batch> pairs = pairs();
        measure(wanted, "group-two-numbers-300k", () -> sum(pairs, List.of(0, 1)));
    }

    private static long sum(List<Batch> batches, List<Integer> keys) {
        Plans plans = new Plans();
        List<Type> types = batches.get(0).columns().stream().map(Column::type).toList();
        PlanNode scan = plans.scan(types, batches);
        int last = types.size() - 1;
        AggregateCall sum =
                new AggregateCall(
                        "sum",
                        List.of(Type.BIGINT),
                        List.of(last),
                        false,
                        -1,
                        List.of(),
                        AggregateCall.Step.SINGLE,
                        Type.BIGINT);
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(scan.schema().field(key)));
        fields.add(new Field("s", Type.BIGINT));
        PlanNode plan = new PlanNode.Aggregate(scan, keys, List.of(sum), new Schema(fields));
        return plans.batches(plan, Settings.defaults()).stream().mapToLong(Batch::rows).sum();
    }

    private static void joins(List<String> wanted) {
        for (long step : new long[] {1, 1_000_003L}) {
            for (int size : new int[] {15_000, 1_500_000}) {
                String name = (step == 1 ? "probe-dense-" : "probe-sparse-") + size;
                List<Batch> probe = numbers(size, step);
                Batch build = shuffled(size, step);
                JoinTable table = JoinTable.build(build, new int[] {0}, false);
                measure(wanted, name, () -> probe(table, probe));
                measure(
                        wanted,
                        "build-" + name.substring(6),
                        () -> JoinTable.build(build, new int[] {0}, false).bytes());
            }
        }
    }

    private static long probe(JoinTable table, List<Batch> batches) {
        Plans plans = new Plans();
        PlanNode left = plans.scan(List.of(Type.BIGINT, Type.BIGINT), batches);
        OperatorContext context =
                new OperatorContext(
                        plans,
                        TaskContext.standalone(Settings.defaults()),
                        null,
                        null,
                        null,
                        new TaskFilters());
        List<Type> types = left.schema().types();
        Operator probe =
                new ProbeOperator(
                        new OperatorBuilder(context).build(left, 0),
                        new int[] {0},
                        table,
                        Residual.of(plans, null, 2, 4),
                        new JoinOutput(JoinType.INNER, types, types),
                        context);
        long rows = 0;
        for (Batch batch = probe.next(); batch != null; batch = probe.next()) {
            rows += batch.rows();
        }
        return rows;
    }

    private static void sorts(List<String> wanted) {
        Random random = new Random(1);
        int rows = 10_000_000;
        long[] any = random.longs(rows).toArray();
        long[] near = random.longs(rows, 0, 100_000_000).toArray();
        measure(wanted, "sort-10M-any-longs", () -> sort(any));
        measure(wanted, "sort-10M-below-100M", () -> sort(near));
    }

    private static long sort(long[] values) {
        Column[] column = {new LongColumn(Type.BIGINT, values, values.length, null)};
        SortKey[] key = {new SortKey(0, true, true)};
        return Sorting.order(key, column, values.length)[0];
    }

    /** Batches of a key among {@code distinct} ones and a number. */
    private static List<Batch> numbers(int distinct, long step) {
        Random random = new Random(distinct);
        List<Batch> batches = new ArrayList<>();
        for (int done = 0; done < ROWS; done += BATCH) {
            int count = Math.min(BATCH, ROWS - done);
            long[] keys = new long[count];
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                keys[i] = random.nextInt(distinct) * step;
                values[i] = i;
            }
            batches.add(
                    new Batch(
                            count,
                            new LongColumn(Type.BIGINT, keys, count, null),
                            new LongColumn(Type.BIGINT, values, count, null)));
        }
        return batches;
    }

    private static List<Batch> pairs() {
        Random random = new Random(5);
        List<Batch> batches = new ArrayList<>();
        for (Batch batch : numbers(1000, 1)) {
            long[] other = random.longs(batch.rows(), 0, 300).toArray();
            Column second = new LongColumn(Type.BIGINT, other, batch.rows(), null);
            batches.add(new Batch(batch.rows(), batch.column(0), second, batch.column(1)));
        }
        return batches;
    }

    private static List<Batch> dictionaries() {
        Random random = new Random(7);
        List<Batch> batches = new ArrayList<>();
        Column one = texts("A", "N", "R");
        Column two = texts("F", "O");
        for (Batch batch : numbers(10, 1)) {
            int rows = batch.rows();
            int[] first = random.ints(rows, 0, 3).toArray();
            int[] second = random.ints(rows, 0, 2).toArray();
            batches.add(
                    new Batch(
                            rows,
                            new DictionaryColumn(first, one, rows, null),
                            new DictionaryColumn(second, two, rows, null),
                            batch.column(1)));
        }
        return batches;
    }

    private static Column texts(String... texts) {
        List<Batch> rows = new ArrayList<>();
        for (String text : texts) {
            rows.add(new Batch(1, Column.constant(Type.STRING, text, 1)));
        }
        return Concat.batches(List.of(Type.STRING), rows).column(0).flat();
    }

    private static Batch shuffled(int size, long step) {
        long[] keys = new long[size];
        long[] values = new long[size];
        Random random = new Random(3);
        for (int i = 0; i < size; i++) {
            int at = random.nextInt(i + 1);
            keys[i] = keys[at];
            keys[at] = i * step;
        }
        return new Batch(
                size,
                new LongColumn(Type.BIGINT, keys, size, null),
                new LongColumn(Type.BIGINT, values, size, null));
    }
}
