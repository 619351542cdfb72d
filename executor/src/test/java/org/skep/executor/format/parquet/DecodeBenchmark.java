package org.skep.executor.format.parquet;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.Wanted;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Type;

/**
 * Milliseconds of CPU to decode each column of a table like TPC-H's lineitem, and to filter it as
 * its sixth query does, in one thread. Arguments: a file (made when it is not there), rounds.
 */
final class DecodeBenchmark {
    private static final String LINEITEM =
            """
            COPY (SELECT (i // 4 * 4 + i // 16)::BIGINT AS l_orderkey,
              (hash(i) % 200000)::BIGINT AS l_partkey,
              (hash(i + 3) % 50 + 1)::DECIMAL(15,2) AS l_quantity,
              (hash(i + 5) % 9500000 / 100 + 900)::DECIMAL(15,2) AS l_extendedprice,
              (hash(i + 7) % 11 / 100.0)::DECIMAL(15,2) AS l_discount,
              (hash(i + 8) % 9 / 100.0)::DECIMAL(15,2) AS l_tax,
              CASE hash(i + 9) % 3 WHEN 0 THEN 'A' WHEN 1 THEN 'N' ELSE 'R' END AS l_returnflag,
              DATE '1992-01-02' + (hash(i + 11) % 2526)::INTEGER AS l_shipdate,
              CASE hash(i + 13) % 7 WHEN 0 THEN 'AIR' WHEN 1 THEN 'FOB' WHEN 2 THEN 'MAIL'
                WHEN 3 THEN 'RAIL' WHEN 4 THEN 'REG AIR' WHEN 5 THEN 'SHIP' ELSE 'TRUCK' END
                AS l_shipmode,
              CASE WHEN hash(i + 17) % 10 = 0 THEN NULL ELSE (hash(i + 18) % 1000)::INTEGER END
                AS l_maybe,
              substr('furiously regular deposits sleep carefully among the bold requests '
                || 'quickly final packages haggle blithely', (hash(i + 19) % 50 + 1)::INTEGER,
                (hash(i + 23) % 34 + 10)::INTEGER) || (hash(i) % 10000)::VARCHAR AS l_comment
              FROM range(6001215) r(i)) TO '%s' (FORMAT parquet, COMPRESSION snappy)
            """;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private DecodeBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        int rounds = Integer.parseInt(args[1]);
        if (!Files.exists(file)) {
            try (Duck duck = new Duck()) {
                duck.run(LINEITEM.replace("%s", file.toString()));
            }
        }
        ParquetFormat format = new ParquetFormat();
        FileTable table = Reading.table(format, null, file);
        List<List<Integer>> selections = new ArrayList<>();
        for (int i = 0; i < table.schema().size() && args.length < 3; i++) {
            selections.add(List.of(i));
        }
        for (List<Integer> columns : selections) {
            measure(format, table, columns, List.of(), rounds);
        }
        List<Integer> six =
                List.of("l_shipdate", "l_discount", "l_quantity", "l_extendedprice").stream()
                        .map(table.schema()::indexOf)
                        .toList();
        measure(format, table, six, List.of(), rounds);
        measure(format, table, six, querySix(table, six), rounds);
    }

    private static List<Expr> querySix(FileTable table, List<Integer> columns) {
        Expr date = new Expr.Input(0, Type.DATE);
        Expr discount = new Expr.Input(1, table.schema().type(columns.get(1)));
        Expr quantity = new Expr.Input(2, table.schema().type(columns.get(2)));
        return List.of(
                compare(Expr.Comparison.GREATER_OR_EQUAL, date, day(1994)),
                compare(Expr.Comparison.LESS, date, day(1995)),
                compare(Expr.Comparison.GREATER_OR_EQUAL, discount, decimal("0.05", discount)),
                compare(Expr.Comparison.LESS_OR_EQUAL, discount, decimal("0.07", discount)),
                compare(Expr.Comparison.LESS, quantity, decimal("24.00", quantity)));
    }

    private static Expr compare(Expr.Comparison operator, Expr left, Expr right) {
        return new Expr.Compare(operator, left, right);
    }

    private static Expr day(int year) {
        return new Expr.Literal((int) LocalDate.of(year, 1, 1).toEpochDay(), Type.DATE);
    }

    private static Expr decimal(String text, Expr like) {
        return new Expr.Literal(new java.math.BigDecimal(text), like.type());
    }

    private static void measure(
            ParquetFormat format,
            FileTable table,
            List<Integer> columns,
            List<Expr> conditions,
            int rounds) {
        double[] millis = new double[rounds];
        long rows = 0;
        for (int round = 0; round < rounds; round++) {
            long begun = THREADS.getCurrentThreadCpuTime();
            rows = read(format, table, columns, conditions);
            millis[round] = (THREADS.getCurrentThreadCpuTime() - begun) / 1e6;
        }
        double first = millis[0];
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%-60s first %7.1f  median %7.1f  least %7.1f ms  %d rows%n",
                columns.stream().map(c -> table.schema().field(c).name()).toList()
                        + (conditions.isEmpty() ? "" : " filtered"),
                first,
                millis[rounds / 2],
                millis[0],
                rows);
    }

    private static long read(
            ParquetFormat format, FileTable table, List<Integer> columns, List<Expr> conditions) {
        long rows = 0;
        PlanNode.Scan scan = new PlanNode.Scan(table, columns, conditions, -1, List.of());
        for (Split split : format.splits(scan, table.files().get(0), Reading.SETTINGS)) {
            TaskContext task = TaskContext.standalone(Reading.SETTINGS);
            try (BatchReader reader =
                    format.open(table, split, columns, Wanted.rows(conditions), task)) {
                for (Batch b = reader.next(); b != null; b = reader.next()) {
                    rows += b.rows();
                }
            }
        }
        return rows;
    }
}
