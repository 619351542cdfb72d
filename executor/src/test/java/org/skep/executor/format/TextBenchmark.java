package org.skep.executor.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;

/**
 * How fast text is read: {@code TextBenchmark FILE [COLUMN …]}. A missing {@code FILE} is made, six
 * million rows like TPC-H's lineitem. Not run by the build.
 */
public final class TextBenchmark {
    private static final int ROUNDS = 5;

    private TextBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        if (!Files.exists(file)) {
            make(file);
        }
        String[] columns = Arrays.copyOfRange(arguments, 1, arguments.length);
        Settings settings = Settings.defaults();
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            LocalFileInspector inspector =
                    new LocalFileInspector(
                            condition -> {
                                throw new IllegalArgumentException();
                            });
            FileTable table =
                    inspector.inspect(
                            FileSource.of(null, List.of(file.toString()), Map.of()), settings);
            long inspected = System.nanoTime();
            List<Integer> numbers =
                    Arrays.stream(columns).map(table.scanSchema()::indexOf).toList();
            PlanNode.Scan scan = new PlanNode.Scan(table, numbers, List.of(), -1, List.of());
            List<Split> splits = inspector.splits(scan, settings);
            long split = System.nanoTime();
            AtomicLong rows = new AtomicLong();
            AtomicLong sum = new AtomicLong();
            splits.parallelStream().forEach(part -> read(scan, part, settings, rows, sum));
            long end = System.nanoTime();
            System.out.printf(
                    "inspect %d ms, %d splits %d ms, read %d ms, all %d ms; %d rows, sum %d%n",
                    (inspected - start) / 1_000_000,
                    splits.size(),
                    (split - inspected) / 1_000_000,
                    (end - split) / 1_000_000,
                    (end - start) / 1_000_000,
                    rows.get(),
                    sum.get());
        }
    }

    private static void read(
            PlanNode.Scan scan, Split split, Settings settings, AtomicLong rows, AtomicLong sum) {
        TaskContext task = TaskContext.standalone(settings);
        double total = 0;
        long count = 0;
        try (BatchReader reader =
                SplitReader.open(
                        scan, split, Wanted.ALL, task, condition -> (batch, selected) -> 0)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                count += batch.rows();
                for (int i = 0; i < batch.width(); i++) {
                    if (batch.column(i) instanceof DoubleColumn doubles) {
                        for (int row = 0; row < batch.rows(); row++) {
                            total += doubles.values()[row];
                        }
                    } else if (batch.column(i) instanceof LongColumn longs) {
                        for (int row = 0; row < batch.rows(); row++) {
                            total += longs.values()[row];
                        }
                    }
                }
            }
        }
        rows.addAndGet(count);
        sum.addAndGet((long) total);
    }

    private static void make(Path file) {
        Random random = new Random(1);
        String comment = "carefully final deposits sleep furiously among the regular ideas";
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(
                    ("l_orderkey,l_partkey,l_suppkey,l_linenumber,l_quantity,l_extendedprice,"
                                    + "l_discount,l_tax,l_returnflag,l_linestatus,l_shipdate,"
                                    + "l_commitdate,l_receiptdate,l_shipinstruct,l_shipmode,"
                                    + "l_comment\n")
                            .getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 6_000_000; i++) {
                String day = "199%d-0%d-1%d".formatted(2 + i % 7, 1 + i % 9, i % 10);
                String row =
                        (i / 4 + 1)
                                + ","
                                + random.nextInt(200_000)
                                + ","
                                + random.nextInt(10_000)
                                + ","
                                + (i % 7 + 1)
                                + ","
                                + (1 + i % 50)
                                + ","
                                + random.nextInt(100_000)
                                + "."
                                + (10 + i % 90)
                                + ",0.0"
                                + i % 10
                                + ",0.0"
                                + i % 9
                                + ",N,O,"
                                + day
                                + ","
                                + day
                                + ","
                                + day
                                + ",DELIVER IN PERSON,TRUCK,"
                                + comment.substring(0, 10 + random.nextInt(34))
                                + "\n";
                out.write(row.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
