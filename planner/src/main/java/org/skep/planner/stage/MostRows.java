package org.skep.planner.stage;

import java.util.List;
import java.util.Map;
import org.skep.model.file.Split;
import org.skep.model.plan.PlanNode;
import org.skep.model.spi.Backend.StageReport;

/** How many rows a plan can give at most, by what is known for certain: files and ended stages. */
final class MostRows {
    private final Map<Integer, StageReport> reports;

    /**
     * @param reports what the stages that have run put out, kept up to date by the caller
     */
    MostRows(Map<Integer, StageReport> reports) {
        this.reports = reports;
    }

    /**
     * The most rows that a plan gives when each of its joins finds one partner at most; infinite
     * when nothing tells.
     */
    double of(PlanNode node) {
        return switch (node.kind()) {
            case SCAN -> {
                List<Split> splits = ((PlanNode.Scan) node).splits();
                boolean known = splits.stream().allMatch(split -> split.rows() >= 0);
                yield known
                        ? splits.stream().mapToLong(Split::rows).sum()
                        : Double.POSITIVE_INFINITY;
            }
            case STAGE_INPUT -> {
                StageReport report = reports.get(((PlanNode.StageInput) node).stage());
                yield report == null ? Double.POSITIVE_INFINITY : report.totalRows();
            }
            case FILTER, PARTNER_FILTER, PROJECT, AGGREGATE, TOP_N, LIMIT ->
                    of(node.inputs().get(0));
            case HASH_JOIN -> {
                PlanNode.HashJoin join = (PlanNode.HashJoin) node;
                double left = of(join.left());
                yield switch (join.type()) {
                    case INNER, LEFT, SEMI, ANTI -> left;
                    case RIGHT, FULL -> Double.POSITIVE_INFINITY;
                };
            }
            default -> Double.POSITIVE_INFINITY;
        };
    }
}
