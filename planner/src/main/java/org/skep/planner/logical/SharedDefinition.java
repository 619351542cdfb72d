package org.skep.planner.logical;

import java.util.List;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.skep.planner.check.SharedRows;

/**
 * What the rows are that scans of {@code rows} stand for.
 *
 * @param input as written
 */
public record SharedDefinition(SharedRows rows, RelNode input) {
    /** Whether the rows are made of those of another definition. */
    public boolean reads(SharedDefinition other) {
        return reads(input, other.rows);
    }

    private static boolean reads(RelNode tree, SharedRows rows) {
        if (tree instanceof TableScan scan && scan.getTable().unwrap(SharedRows.class) == rows) {
            return true;
        }
        boolean[] inside = {tree.getInputs().stream().anyMatch(each -> reads(each, rows))};
        tree.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitSubQuery(RexSubQuery query) {
                        inside[0] |= reads(query.rel, rows);
                        return super.visitSubQuery(query);
                    }
                });
        return inside[0];
    }

    /**
     * @param name by which Calcite tells them from other shared rows
     */
    static RelNode scan(RelNode tree, SharedRows rows, String name) {
        return LogicalTableScan.create(
                tree.getCluster(),
                RelOptTableImpl.create(
                        null, tree.getRowType(), List.of(name), rows, (Expression) null),
                List.of());
    }
}
