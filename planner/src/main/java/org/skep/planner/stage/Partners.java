package org.skep.planner.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.skep.model.file.Split;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.RuntimeFilter;
import org.skep.model.plan.Stage;
import org.skep.model.spi.Backend.StageReport;

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
 * The filter goes to the lowest stage that the left keys come from unchanged; where they come from
 * several, each of these is filtered by its own. So a small side that a join order puts last still
 * makes the stages before it smaller (predicate transfer; Yang and others, "Predicate Transfer:
 * Efficient Pre-Filtering on Multi-Join Queries", CIDR 2024).
 */
final class Partners {
    /** Keys beyond these cost more than they are likely to spare; what the executor takes. */
    private static final long MOST_ROWS = 1L << 24;

    /** As many rows are to be read for each key, or else most of them may well have a partner. */
    private static final int LEAST_FOR_KEY = 2;

    /** The same where the keys are those of a whole table: all of them may be needed there. */
    private static final int LEAST_FOR_ANY_KEY = 20;

    private final List<Stage> done;
    private final Map<Integer, StageReport> reports;
    private final List<String> decisions;

    /**
     * @param done the stages that have run, kept up to date by the caller
     * @param reports what they have put out
     */
    Partners(List<Stage> done, Map<Integer, StageReport> reports, List<String> decisions) {
        this.done = done;
        this.reports = reports;
        this.decisions = decisions;
    }

    /**
     * What has ended, and what it may change.
     *
     * @param left the stages that have not run; changed ones take their places
     * @param targets those that may be filtered, by number
     */
    private record Round(StageReport report, List<Stage> left, IntPredicate targets) {}

    /** Changes stages that have not run, now that one has ended. */
    void ended(StageReport report, List<Stage> left) {
        visit(new Round(report, left, stage -> true));
    }

    /** Changes a stage that came in between by all that have ended before. */
    void filter(Stage added, List<Stage> left) {
        for (Stage stage : done) {
            visit(new Round(reports.get(stage.id()), left, id -> id == added.id()));
        }
    }

    private void visit(Round round) {
        long rows = round.report.totalRows();
        if (rows > 0 && rows <= MOST_ROWS) {
            List.copyOf(round.left).forEach(stage -> visit(stage.root(), round));
        }
    }

    private void visit(PlanNode node, Round round) {
        if (node instanceof PlanNode.HashJoin join && !join.nullsEqual()) {
            join(join, join.type(), join.leftKeys(), join.rightKeys(), round);
        } else if (node instanceof PlanNode.MergeJoin join && !join.nullsEqual()) {
            join(join, join.type(), join.leftKeys(), join.rightKeys(), round);
        }
        node.inputs().forEach(input -> visit(input, round));
    }

    private void join(
            PlanNode join,
            JoinType type,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            Round round) {
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
                || ((PlanNode.StageInput) unsorted).stage() != round.report.stage()) {
            return;
        }
        PlanNode.StageInput partners = (PlanNode.StageInput) unsorted;
        Map<Integer, Target> targets = new LinkedHashMap<>();
        for (int i = 0; i < leftKeys.size(); i++) {
            target(
                    join.inputs().get(0),
                    leftKeys.get(i),
                    rightKeys.get(i),
                    partners,
                    round,
                    targets);
        }
        targets.values().forEach(target -> filter(target, partners, round));
    }

    /** A stage that keys of a join come from. */
    private record Target(int stage, List<Integer> keys, List<Integer> partnerKeys) {}

    /**
     * Finds the lowest stage that a key comes from.
     *
     * @param targets gets the key, by the number of that stage
     */
    private static void target(
            PlanNode side,
            int key,
            int partnerKey,
            PlanNode.StageInput partners,
            Round round,
            Map<Integer, Target> targets) {
        Stage stage = null;
        int at = key;
        KeyOrigin origin = KeyOrigin.of(side, at);
        while (origin != null) {
            Stage source = onlyReadHere(origin.node(), round.left);
            if (source == null) {
                break;
            }
            stage = source;
            at = origin.column();
            origin = KeyOrigin.of(source.root(), at);
        }
        if (stage != null
                && round.targets.test(stage.id())
                && stage.root().schema().type(at).equals(partners.schema().type(partnerKey))) {
            Target target =
                    targets.computeIfAbsent(
                            stage.id(), id -> new Target(id, new ArrayList<>(), new ArrayList<>()));
            target.keys.add(at);
            target.partnerKeys.add(partnerKey);
        }
    }

    /** Filters a stage, unless most of its rows may well have a partner. */
    private void filter(Target target, PlanNode.StageInput partners, Round round) {
        StageReport report = round.report;
        Stage stage =
                round.left.stream()
                        .filter(each -> each.id() == target.stage)
                        .findFirst()
                        .orElseThrow();
        int least = isWholeTable(report.stage()) ? LEAST_FOR_ANY_KEY : LEAST_FOR_KEY;
        if (report.totalRows() > rowsRead(stage.root()) / least) {
            return;
        }
        PlanNode whole = partners.by(new Partitioning.Broadcast(), partners.partitions());
        List<RuntimeFilter> none = List.of();
        PlanNode root =
                new PlanNode.PartnerFilter(
                        stage.root(), whole, target.keys, target.partnerKeys, none);
        Stage changed = RuntimeFilters.in(new Stage(stage.id(), root, stage.output()));
        round.left.set(round.left.indexOf(stage), changed);
        decisions.add(
                "stage %d gave %d rows: rows of stage %d without a partner among them are dropped before the %s"
                        .formatted(
                                report.stage(),
                                report.totalRows(),
                                stage.id(),
                                stage.output() instanceof Partitioning.Broadcast
                                        ? "broadcast"
                                        : "shuffle"));
    }

    /** Whether a stage has put out all rows of a table. */
    private boolean isWholeTable(int id) {
        PlanNode node =
                done.stream().filter(stage -> stage.id() == id).findFirst().orElseThrow().root();
        while (node.kind() == PlanNode.Kind.PROJECT) {
            node = node.inputs().get(0);
        }
        return node instanceof PlanNode.Scan scan
                && scan.conditions().isEmpty()
                && scan.filters().isEmpty()
                && scan.limit() < 0;
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
