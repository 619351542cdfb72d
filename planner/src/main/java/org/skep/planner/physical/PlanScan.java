package org.skep.planner.physical;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.model.type.Schema;
import org.skep.planner.check.FilesTable;
import org.skep.planner.check.SharedRows;
import org.skep.planner.why.Choice;
import org.skep.planner.why.Choice.Option;

/**
 * Brings filters and projections above a table into its scan: the scan reads only the columns that
 * are needed and checks the conditions itself.
 */
final class PlanScan {
    private static final long SPLITS_PER_THREAD = 4;
    private static final String ROWS = "rows given on";
    private static final long LEAST_SPLIT_BYTES = 1 << 20;

    private final Planning planning;
    private final Map<SharedRows, SharedInput.Source> shared;

    /**
     * @param shared where rows are that are read in several places
     */
    PlanScan(Planning planning, Map<SharedRows, SharedInput.Source> shared) {
        this.planning = planning;
        this.shared = shared;
    }

    /** The scan that {@code node} comes down to; null when it is more than that. */
    Part plan(RelNode node) {
        WantedRows wanted = WantedRows.of(node);
        return wanted == null ? null : plan(node, wanted, Planning.schema(node));
    }

    /** The same, its rows without any column, for those who only count them. */
    Part rowsOnly(RelNode node) {
        WantedRows wanted = WantedRows.of(node);
        if (wanted == null) {
            return null;
        }
        WantedRows none = new WantedRows(wanted.scan(), List.of(), wanted.conditions());
        return plan(node, none, new Schema(List.of()));
    }

    private Part plan(RelNode node, WantedRows wanted, Schema output) {
        List<Expr> outputs = planning.toExpr().convert(wanted.outputs());
        List<Expr> conditions = planning.toExpr().convert(wanted.conditions());
        FilesTable files = wanted.scan().getTable().unwrap(FilesTable.class);
        if (files == null) {
            SharedRows rows = wanted.scan().getTable().unwrap(SharedRows.class);
            return shared(node, shared.get(rows), outputs, conditions, output);
        }
        FileTable table = files.files();
        TreeSet<Integer> needed = new TreeSet<>();
        outputs.forEach(wantedOutput -> addColumns(needed, wantedOutput));
        conditions.forEach(condition -> addColumns(needed, condition));
        List<Integer> columns = List.copyOf(needed);
        int[] at = new int[table.scanSchema().size()];
        Arrays.fill(at, -1);
        for (int i = 0; i < columns.size(); i++) {
            at[columns.get(i)] = i;
        }
        PlanNode.Scan scan =
                new PlanNode.Scan(
                        table,
                        columns,
                        conditions.stream().map(condition -> condition.remap(at)).toList(),
                        -1,
                        List.of());
        Part part = new Part(withSplits(scan), Distribution.ARBITRARY, planning.estimate(node));
        if (!(part.node() instanceof PlanNode.Scan read) || read.splits().size() == 1) {
            part = new Part(part.node(), Distribution.SINGLE, part.estimate());
        }
        if (!conditions.isEmpty()) {
            double all = planning.estimate(wanted.scan()).rows();
            planning.choices().add(choice(table, part, conditions.size(), all));
        }
        List<Expr> moved = outputs.stream().map(each -> each.remap(at)).toList();
        Part projected = Planning.project(part, moved, output);
        return new Part(projected.node(), projected.distribution(), planning.estimate(node));
    }

    /**
     * That conditions are checked where rows are read.
     *
     * @param all rows of the table, about
     */
    private static Choice choice(FileTable table, Part part, int conditions, double all) {
        String what = conditions == 1 ? "the condition" : "all %d conditions".formatted(conditions);
        String left =
                part.node() instanceof PlanNode.Scan scan
                        ? "%d of %d files read".formatted(files(scan), table.fileCount())
                        : "no file is left to be read";
        Option taken =
                new Option(
                        what + " checked by the scan, before other columns are decoded",
                        part.estimate().rows(),
                        ROWS,
                        left);
        Option above = new Option("a filter above the scan", all, ROWS, "");
        return new Choice("scan of " + name(table), List.of(taken, above));
    }

    private static long files(PlanNode.Scan scan) {
        return scan.splits().stream().map(Split::file).distinct().count();
    }

    /** As the user may recognise it. */
    private static String name(FileTable table) {
        if (table.name() != null) {
            return table.name();
        }
        List<String> paths = table.source().paths();
        String path = paths.isEmpty() ? "no files" : paths.get(0);
        return path.substring(path.lastIndexOf('/', path.length() - 2) + 1);
    }

    /** Rows that are read in other places too. */
    private Part shared(
            RelNode node,
            SharedInput.Source from,
            List<Expr> outputs,
            List<Expr> conditions,
            Schema output) {
        PlanNode rows = from.exchange();
        if (!conditions.isEmpty()) {
            List<Expr> moved = conditions.stream().map(each -> each.remap(from.at())).toList();
            rows =
                    new PlanNode.Filter(
                            rows, moved.size() == 1 ? moved.get(0) : new Expr.And(moved));
        }
        Part part = new Part(rows, Distribution.ARBITRARY, planning.estimate(node));
        List<Expr> moved = outputs.stream().map(each -> each.remap(from.at())).toList();
        Part projected = Planning.project(part, moved, output);
        return new Part(projected.node(), projected.distribution(), planning.estimate(node));
    }

    /** The scan with its splits; without any it is no rows. */
    private PlanNode withSplits(PlanNode.Scan scan) {
        List<Split> splits = planning.files().splits(scan, splitSettings(scan.table()));
        Schema schema = scan.schema();
        return splits.isEmpty()
                ? new PlanNode.Values(schema, List.of())
                : new PlanNode.Scan(
                        scan.table().withoutFiles(),
                        scan.columns(),
                        scan.conditions(),
                        scan.limit(),
                        splits);
    }

    /** Smaller splits for a small table, so that all threads have something to do. */
    private Settings splitSettings(FileTable table) {
        Settings settings = planning.settings();
        long share = table.bytes() / (SPLITS_PER_THREAD * settings.threads()) + 1;
        long bytes = Math.min(settings.splitBytes(), Math.max(share, LEAST_SPLIT_BYTES));
        return bytes >= settings.splitBytes()
                ? settings
                : settings.with("split_bytes", Long.toString(bytes));
    }

    private static void addColumns(TreeSet<Integer> columns, Expr expr) {
        for (int column : expr.columns()) {
            columns.add(column);
        }
    }
}
