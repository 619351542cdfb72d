package org.skep.planner.physical;

import java.util.List;
import java.util.TreeSet;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.planner.why.Choice;
import org.skep.planner.why.Choice.Option;

/**
 * Late materialisation: the first rows of a table in an order are found by the columns that decide
 * which they are, and all other columns are read for these rows only (as DuckDB does).
 *
 * <pre>
 * TopN(Project(Scan(all))) → TopN(Project(SemiJoin(Scan(all), TopN(Scan(deciding)))))
 *                                         on the rows' files and numbers
 * </pre>
 */
final class LateColumns {
    /** More rows than this lie in most pages, which are then decompressed all the same. */
    private static final long MOST_ROWS = 1_000;

    /** Of so many rows at least one is wanted, else too few are spared. */
    private static final double LEAST_SHARE = 50;

    /** Decoding less than this takes no longer than running more stages. */
    private static final double LEAST_BYTES = 4 << 20;

    private final PlanNode.Scan scan;
    private final List<Expr> outputs;
    private final int width;

    private LateColumns(PlanNode.Scan scan, List<Expr> outputs) {
        this.scan = scan;
        this.outputs = outputs;
        this.width = scan.table().schema().size();
    }

    /**
     * The rows of {@code input} that are among the first ones in an order; the input as it is where
     * finding them costs more than it spares.
     *
     * @param rows how many are wanted
     */
    static Part of(Part input, List<SortKey> keys, long rows, Planning planning) {
        PlanNode.Project project = input.node() instanceof PlanNode.Project p ? p : null;
        PlanNode below = project == null ? input.node() : project.input();
        if (keys.isEmpty()
                || rows <= 0
                || rows > MOST_ROWS
                || rows * LEAST_SHARE > input.estimate().rows()
                || !(below instanceof PlanNode.Scan scan)
                || !planning.files().seeksRows(scan.table())) {
            return input;
        }
        LateColumns late =
                new LateColumns(
                        scan,
                        project == null
                                ? Planning.inputs(scan.schema(), 0, scan.schema().size())
                                : project.expressions());
        if (!keys.stream().allMatch(key -> late.outputs.get(key.column()) instanceof Expr.Input)) {
            return input;
        }
        double bytes = late.lateBytes(input, keys);
        boolean pays = bytes * input.estimate().rows() >= LEAST_BYTES;
        planning.choices().add(choice(bytes, input.estimate().rows(), rows, pays));
        return pays ? late.plan(input, keys, rows) : input;
    }

    private static Choice choice(double bytes, double all, long rows, boolean pays) {
        Option late =
                new Option(
                        "the rows found by their keys, other columns read for these alone",
                        bytes * rows,
                        "bytes decoded",
                        pays ? "" : "the stages that it needs cost more than it spares");
        Option atOnce = new Option("all columns read at once", bytes * all, "bytes decoded", "");
        return new Choice(
                "columns of the first %d rows".formatted(rows),
                pays ? List.of(late, atOnce) : List.of(atOnce, late));
    }

    /** Bytes of a row, decoded, that need not be read to find the first ones. */
    private double lateBytes(Part input, List<SortKey> keys) {
        TreeSet<Integer> deciding = deciding(keys);
        double bytes = 0;
        for (int i = 0; i < outputs.size(); i++) {
            boolean late = false;
            for (int column : outputs.get(i).columns()) {
                late |= !deciding.contains(scan.columns().get(column));
            }
            bytes += late ? input.estimate().column(i).bytes() : 0;
        }
        return bytes;
    }

    private Part plan(Part input, List<SortKey> keys, long rows) {
        PlanNode.Scan all = scan(wanted(), List.of());
        List<Integer> row = List.of(all.columns().size() - 2, all.columns().size() - 1);
        boolean single = input.distribution() instanceof Distribution.Single;
        PlanNode first = first(input, keys, rows);
        PlanNode join =
                new PlanNode.HashJoin(
                        all,
                        single ? first : Planning.broadcast(first),
                        JoinType.SEMI,
                        row,
                        List.of(0, 1),
                        false,
                        null,
                        all.schema());
        int[] at = places(all);
        List<Expr> moved = outputs.stream().map(output -> output.remap(at)).toList();
        return input.with(new PlanNode.Project(join, moved, input.node().schema()));
    }

    /** Files and numbers of the first rows. */
    private PlanNode first(Part input, List<SortKey> keys, long rows) {
        TreeSet<Integer> columns = deciding(keys);
        PlanNode.Scan read = scan(columns, scan.conditions());
        int[] at = places(read);
        List<SortKey> moved =
                keys.stream()
                        .map(
                                key ->
                                        new SortKey(
                                                at[
                                                        ((Expr.Input) outputs.get(key.column()))
                                                                .column()],
                                                key.ascending(),
                                                key.nullsFirst()))
                        .toList();
        PlanNode found = new PlanNode.TopN(read, moved, rows);
        if (!(input.distribution() instanceof Distribution.Single)) {
            found = new PlanNode.TopN(Planning.single(input.with(found)).node(), moved, rows);
        }
        int size = read.schema().size();
        List<Expr> row = Planning.inputs(read.schema(), size - 2, size);
        return new PlanNode.Project(found, row, read.schema().select(List.of(size - 2, size - 1)));
    }

    /** Columns of the table that tell which rows are the first ones, and where a row is. */
    private TreeSet<Integer> deciding(List<SortKey> keys) {
        TreeSet<Integer> columns = new TreeSet<>(List.of(width, width + 1));
        keys.forEach(key -> add(columns, outputs.get(key.column())));
        scan.conditions().forEach(condition -> add(columns, condition));
        return columns;
    }

    private TreeSet<Integer> wanted() {
        TreeSet<Integer> columns = new TreeSet<>(List.of(width, width + 1));
        outputs.forEach(output -> add(columns, output));
        return columns;
    }

    private void add(TreeSet<Integer> columns, Expr expr) {
        for (int column : expr.columns()) {
            columns.add(scan.columns().get(column));
        }
    }

    /** The scan with some of the table's columns, file and number of a row last among them. */
    private PlanNode.Scan scan(TreeSet<Integer> columns, List<Expr> conditions) {
        PlanNode.Scan bare =
                new PlanNode.Scan(scan.table(), List.copyOf(columns), List.of(), -1, scan.splits());
        int[] at = places(bare);
        List<Expr> moved = conditions.stream().map(condition -> condition.remap(at)).toList();
        return new PlanNode.Scan(bare.table(), bare.columns(), moved, -1, bare.splits());
    }

    /** Where the outputs of the scan are in another one; -1 for those that it has not. */
    private int[] places(PlanNode.Scan other) {
        return scan.columns().stream().mapToInt(other.columns()::indexOf).toArray();
    }
}
