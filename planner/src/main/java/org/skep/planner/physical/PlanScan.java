package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.model.type.Schema;
import org.skep.planner.check.FilesTable;

/**
 * Brings filters and projections above a table into its scan: the scan reads only the columns that
 * are needed and checks the conditions itself.
 */
final class PlanScan {
    private static final long SPLITS_PER_THREAD = 4;
    private static final long LEAST_SPLIT_BYTES = 1 << 20;

    private final Planning planning;

    PlanScan(Planning planning) {
        this.planning = planning;
    }

    /** A table as it is wanted: outputs and conditions over its columns. */
    private record Wanted(TableScan scan, List<RexNode> outputs, List<RexNode> conditions) {
        boolean isPlain() {
            return outputs.stream().allMatch(RexInputRef.class::isInstance);
        }
    }

    /** The scan that {@code node} comes down to; null when it is more than that. */
    Part plan(RelNode node) {
        Wanted wanted = wanted(node);
        return wanted == null ? null : plan(node, wanted, Planning.schema(node));
    }

    /** The same, its rows without any column, for those who only count them. */
    Part rowsOnly(RelNode node) {
        Wanted wanted = wanted(node);
        if (wanted == null) {
            return null;
        }
        Wanted none = new Wanted(wanted.scan, List.of(), wanted.conditions);
        return plan(node, none, new Schema(List.of()));
    }

    private Part plan(RelNode node, Wanted wanted, Schema output) {
        FileTable table = wanted.scan.getTable().unwrap(FilesTable.class).files();
        List<Expr> outputs = planning.toExpr().convert(wanted.outputs);
        List<Expr> conditions = planning.toExpr().convert(wanted.conditions);
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
        List<Expr> moved = outputs.stream().map(each -> each.remap(at)).toList();
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

    private static Wanted wanted(RelNode node) {
        if (node instanceof TableScan scan) {
            return new Wanted(scan, identity(scan), List.of());
        }
        if (node instanceof Filter filter && RexUtil.isDeterministic(filter.getCondition())) {
            Wanted below = wanted(filter.getInput());
            if (below == null || !below.isPlain()) {
                return null;
            }
            List<RexNode> conditions = new ArrayList<>(below.conditions);
            RexNode condition = over(below.outputs, filter.getCondition());
            conditions.addAll(RelOptUtil.conjunctions(condition));
            return new Wanted(below.scan, below.outputs, conditions);
        }
        if (node instanceof Project project) {
            Wanted below = wanted(project.getInput());
            if (below == null || !below.isPlain()) {
                return null;
            }
            List<RexNode> outputs = new ArrayList<>();
            project.getProjects().forEach(output -> outputs.add(over(below.outputs, output)));
            return new Wanted(below.scan, outputs, below.conditions);
        }
        return null;
    }

    private static List<RexNode> identity(TableScan scan) {
        List<RexNode> all = new ArrayList<>();
        for (int i = 0; i < scan.getRowType().getFieldCount(); i++) {
            all.add(scan.getCluster().getRexBuilder().makeInputRef(scan, i));
        }
        return all;
    }

    /** {@code expression} with each reference replaced by what it refers to. */
    private static RexNode over(List<RexNode> outputs, RexNode expression) {
        return expression.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef ref) {
                        return outputs.get(ref.getIndex());
                    }
                });
    }
}
