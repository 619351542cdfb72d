package org.skep.planner.stage;

import java.util.List;
import java.util.Map;
import org.skep.model.file.Split;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.RuntimeFilter;
import org.skep.model.plan.Stage;
import org.skep.model.spi.Backend.StageReport;
import org.skep.model.type.Schema;

/**
 * Lets a join's build side that has ended filter the other side, in another stage, before that is
 * shuffled: rows without a partner would be dropped by the join (a semi-join by a Bloom filter;
 * Mackert and Lohman, "R* Optimizer Validation and Performance Evaluation for Distributed Queries",
 * VLDB 1986).
 *
 * <pre>
 * Join(stage L, stage R that has ended) → L' = PartnerFilter(L, keys of R); Join(stage L', stage R)
 * </pre>
 *
 * The filter goes to the lowest stage that the left keys come from unchanged.
 */
final class Partners {
    /** Keys beyond these cost more than they are likely to spare; what the executor takes. */
    private static final long MOST_ROWS = 1L << 24;

    /** As many rows are to be read for each key, or else most of them may well have a partner. */
    private static final int LEAST_FOR_KEY = 2;

    private final Map<Integer, StageReport> reports;
    private final List<String> decisions;

    Partners(Map<Integer, StageReport> reports, List<String> decisions) {
        this.reports = reports;
        this.decisions = decisions;
    }

    /** Changes stages that have not run, now that one has ended. */
    void ended(StageReport report, List<Stage> left) {
        if (report.totalRows() == 0 || report.totalRows() > MOST_ROWS) {
            return;
        }
        for (Stage stage : List.copyOf(left)) {
            visit(stage.root(), report, left);
        }
    }

    private void visit(PlanNode node, StageReport report, List<Stage> left) {
        if (node instanceof PlanNode.HashJoin join && !join.nullsEqual()) {
            join(join, join.type(), join.leftKeys(), join.rightKeys(), report, left);
        } else if (node instanceof PlanNode.MergeJoin join && !join.nullsEqual()) {
            join(join, join.type(), join.leftKeys(), join.rightKeys(), report, left);
        }
        node.inputs().forEach(input -> visit(input, report, left));
    }

    private void join(
            PlanNode join,
            JoinType type,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            StageReport report,
            List<Stage> left) {
        boolean needsMatch =
                switch (type) {
                    case INNER, SEMI, RIGHT -> true;
                    case LEFT, FULL, ANTI -> false;
                };
        PlanNode right = join.inputs().get(1);
        PlanNode unsorted = right instanceof PlanNode.Sort sort ? sort.input() : right;
        if (!needsMatch
                || leftKeys.isEmpty()
                || !(unsorted instanceof PlanNode.StageInput)
                || ((PlanNode.StageInput) unsorted).stage() != report.stage()) {
            return;
        }
        PlanNode.StageInput partners = (PlanNode.StageInput) unsorted;
        Stage target = null;
        KeyOrigin origin = KeyOrigin.of(join.inputs().get(0), leftKeys);
        List<Integer> keys = null;
        while (origin != null) {
            Stage source = onlyReadHere(origin.node(), left);
            if (source == null) {
                break;
            }
            target = source;
            keys = origin.columns();
            origin = KeyOrigin.of(source.root(), keys);
        }
        if (target == null
                || !haveSameTypes(target.root().schema(), keys, partners.schema(), rightKeys)
                || report.totalRows() > rowsRead(target.root()) / LEAST_FOR_KEY) {
            return;
        }
        PlanNode whole = partners.by(new Partitioning.Broadcast(), partners.partitions());
        List<RuntimeFilter> none = List.of();
        PlanNode root = new PlanNode.PartnerFilter(target.root(), whole, keys, rightKeys, none);
        Stage changed = RuntimeFilters.in(new Stage(target.id(), root, target.output()));
        left.set(left.indexOf(target), changed);
        decisions.add(
                "stage %d gave %d rows: rows of stage %d without a partner among them are dropped before the shuffle"
                        .formatted(report.stage(), report.totalRows(), target.id()));
    }

    /** The stage, if it has not run and its rows go nowhere else. */
    private static Stage onlyReadHere(PlanNode.StageInput input, List<Stage> left) {
        long readers =
                left.stream()
                        .flatMap(stage -> Stage.inputs(stage.root()).stream())
                        .filter(other -> other.stage() == input.stage())
                        .count();
        return left.stream()
                .filter(stage -> stage.id() == input.stage() && readers == 1)
                .findFirst()
                .orElse(null);
    }

    private static boolean haveSameTypes(
            Schema schema, List<Integer> keys, Schema partners, List<Integer> partnerKeys) {
        for (int i = 0; i < keys.size(); i++) {
            if (!schema.type(keys.get(i)).equals(partners.type(partnerKeys.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Rows that a stage's tasks read and share out among them; the most possible if not known. */
    private long rowsRead(PlanNode node) {
        if (node instanceof PlanNode.Scan scan) {
            long rows = 0;
            for (Split split : scan.splits()) {
                if (split.rows() < 0) {
                    return Long.MAX_VALUE;
                }
                rows += split.rows();
            }
            return rows;
        }
        if (node instanceof PlanNode.StageInput input) {
            if (input.partitioning() instanceof Partitioning.Broadcast) {
                return 0;
            }
            StageReport report = reports.get(input.stage());
            return report == null ? Long.MAX_VALUE : report.totalRows();
        }
        long rows = 0;
        for (PlanNode input : node.inputs()) {
            long each = rowsRead(input);
            rows = each == Long.MAX_VALUE || rows == Long.MAX_VALUE ? Long.MAX_VALUE : rows + each;
        }
        return rows;
    }
}
