package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.planner.check.SharedRows;

/** What of the rows that several queries share each of them wants, and all together. */
public final class SharedInput {
    private static final int PARTITIONS_PER_THREAD = 4;

    private final SharedRows rows;
    private final TreeSet<Integer> columns = new TreeSet<>();
    private final List<RexNode> conditions = new ArrayList<>();
    private boolean all;
    private boolean read;

    /**
     * An input as it is computed.
     *
     * @param rows those that are wanted of it, optimised
     */
    public record Wanted(SharedInput input, RelNode rows) {}

    /**
     * @param queries optimised
     */
    public SharedInput(SharedRows rows, List<RelNode> queries) {
        this.rows = rows;
        queries.forEach(this::visit);
        if (columns.isEmpty()) {
            columns.add(0); // rows that are only counted still have to be there
        }
    }

    private void visit(RelNode node) {
        WantedRows wanted = WantedRows.of(node);
        if (wanted == null || wanted.scan().getTable().unwrap(SharedRows.class) != rows) {
            node.getInputs().forEach(this::visit);
            return;
        }
        read = true;
        RexBuilder rex = node.getCluster().getRexBuilder();
        RelOptUtil.InputFinder used = new RelOptUtil.InputFinder();
        used.visitEach(wanted.outputs());
        used.visitEach(wanted.conditions());
        used.build().forEach(columns::add);
        all |= wanted.conditions().isEmpty();
        conditions.add(RexUtil.composeConjunction(rex, wanted.conditions()));
    }

    /** Whether any query reads the rows; rules may have found that none does. */
    public boolean isRead() {
        return read;
    }

    /**
     * The rows of which at least one query wants each, with the columns that some query wants.
     *
     * @param input all rows, as written
     */
    public RelNode wanted(RelNode input) {
        RexBuilder rex = input.getCluster().getRexBuilder();
        RelNode chosen =
                all
                        ? input
                        : LogicalFilter.create(input, RexUtil.composeDisjunction(rex, conditions));
        List<RexNode> outputs = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int column : columns) {
            RelDataTypeField field = input.getRowType().getFieldList().get(column);
            outputs.add(rex.makeInputRef(field.getType(), column));
            names.add(field.getName());
        }
        return LogicalProject.create(chosen, List.of(), outputs, names, Set.of());
    }

    SharedRows rows() {
        return rows;
    }

    /**
     * Where the rows are read.
     *
     * @param exchange that all queries read
     * @param at where each column of the table is in it; -1 when nobody wants it
     */
    record Source(PlanNode exchange, int[] at) {}

    /**
     * @param number that no other input has
     */
    Source source(PlanNode wanted, int number, Settings settings) {
        int[] at = new int[rows.getRowType(null).getFieldCount()];
        Arrays.fill(at, -1);
        int next = 0;
        for (int column : columns) {
            at[column] = next++;
        }
        int partitions = Math.max(2, PARTITIONS_PER_THREAD * settings.threads());
        PlanNode exchange =
                new PlanNode.Exchange(
                        wanted, new Partitioning.Spread(partitions, number, rows.isCheckpoint()));
        return new Source(exchange, at);
    }
}
