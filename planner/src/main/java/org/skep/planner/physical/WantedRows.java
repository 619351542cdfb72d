package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/** A table as it is wanted: outputs and conditions over its columns. */
record WantedRows(TableScan scan, List<RexNode> outputs, List<RexNode> conditions) {
    /** The table that a tree comes down to, and what of it; null when it is more than that. */
    static WantedRows of(RelNode node) {
        if (node instanceof TableScan scan) {
            return new WantedRows(scan, identity(scan), List.of());
        }
        if (node instanceof Filter filter && RexUtil.isDeterministic(filter.getCondition())) {
            WantedRows below = of(filter.getInput());
            if (below == null || !below.isPlain()) {
                return null;
            }
            List<RexNode> conditions = new ArrayList<>(below.conditions);
            RexNode condition = over(below.outputs, filter.getCondition());
            conditions.addAll(RelOptUtil.conjunctions(condition));
            return new WantedRows(below.scan, below.outputs, conditions);
        }
        if (node instanceof Project project) {
            WantedRows below = of(project.getInput());
            if (below == null || !below.isPlain()) {
                return null;
            }
            List<RexNode> outputs = new ArrayList<>();
            project.getProjects().forEach(output -> outputs.add(over(below.outputs, output)));
            return new WantedRows(below.scan, outputs, below.conditions);
        }
        return null;
    }

    private boolean isPlain() {
        return outputs.stream().allMatch(RexInputRef.class::isInstance);
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
