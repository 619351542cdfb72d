package org.skep.planner.stage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.JoinHint;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.plan.StageGraph;
import org.skep.model.settings.Settings;
import org.skep.model.settings.Settings.JoinStrategy;
import org.skep.model.spi.Backend.StageReport;
import org.skep.model.spi.FunctionRegistry;
import org.skep.planner.physical.AggregateSteps;

/**
 * Re-planning between stages. What is known of a finished stage replaces what was estimated: a
 * shuffled join whose build side turns out small becomes a broadcast join, and the exchange of its
 * probe side is not needed any more; a broadcast that turns out large becomes a shuffle ({@link
 * Overflow}), the probe side ({@link Reversal}) or is made smaller first ({@link Reduction}); rows
 * of hot keys are spread ({@link Salting}); small partitions are read together ({@link
 * Coalescing}); the smaller side is built ({@link Sides}); what can give no rows does not run
 * ({@link Emptiness}); rows without a partner on the side that has ended are not shuffled ({@link
 * Partners}).
 */
public final class Adaptive {
    private final Settings settings;
    private final long leastTaskBytes;
    private final List<Stage> left;
    private final List<Stage> done = new ArrayList<>();
    private final Map<Integer, StageReport> reports = new HashMap<>();
    private final Set<Integer> kept = new HashSet<>();
    private final List<String> decisions = new ArrayList<>();
    private final Salting salting;
    private final Overflow overflow;
    private final Reversal reversal;
    private final Reduction reduction;
    private final Emptiness emptiness = new Emptiness();
    private final Partners partners = new Partners(done, reports, decisions);
    private int nextId;

    /**
     * @param functions tells what an aggregate's states are, should it have to be split
     * @param leastTaskBytes what a task should work on at least, see {@link
     *     org.skep.model.spi.Backend.Execution#leastTaskBytes}
     */
    public Adaptive(
            StageGraph graph, Settings settings, FunctionRegistry functions, long leastTaskBytes) {
        this.settings = settings;
        this.leastTaskBytes = leastTaskBytes;
        this.left = new ArrayList<>(graph.stages());
        this.nextId = graph.stages().stream().mapToInt(Stage::id).max().orElse(0) + 1;
        Regrouping regrouping = new Regrouping(new AggregateSteps(functions));
        this.salting = new Salting(settings, reports, regrouping, decisions);
        this.overflow = new Overflow(settings, regrouping, decisions);
        MostRows most = new MostRows(reports);
        this.reversal = new Reversal(settings, most, decisions);
        this.reduction = new Reduction(settings, most, reports, decisions);
    }

    /** Whether there is a stage to run before the one that gives the result. */
    public boolean hasMapStage() {
        return left.size() > 1;
    }

    /** The next stage to run. */
    public Stage next() {
        Stage stage = left.remove(0);
        done.add(stage);
        return stage;
    }

    /** Takes in what a stage put out and changes the stages that are left, where that pays. */
    public void ended(StageReport report) {
        reports.put(report.stage(), report);
        kept.add(report.stage());
        if (!settings.adaptive()) {
            return;
        }
        if (report.totalRows() == 0 && emptiness.ended(report.stage(), left)) {
            decisions.add(
                    "stage %d gave no rows: what needs them is left out".formatted(report.stage()));
            dropUnread();
        }
        reverseInstead(report);
        shuffleInstead(report);
        broadcastInstead(report);
        partners.ended(report, left);
        prepareNext();
    }

    /**
     * Broadcasts the other side where a broadcast turned out to be the larger one, or makes it
     * smaller first.
     */
    private void reverseInstead(StageReport report) {
        for (int i = 0; i < left.size() && settings.joinStrategy() == JoinStrategy.AUTO; i++) {
            Stage stage = left.get(i);
            Optional<List<Stage>> stages =
                    reversal.apply(stage, report, () -> nextId++)
                            .or(() -> reduction.apply(stage, report, () -> nextId++));
            if (stages.isPresent()) {
                replace(i--, stages.get());
                partners.filter(stages.get().get(0), left);
            }
        }
    }

    /** Shares a broadcast that turned out too large out, and the other side with it. */
    private void shuffleInstead(StageReport report) {
        for (int i = 0; i < left.size(); i++) {
            Optional<List<Stage>> stages = overflow.apply(left.get(i), report, () -> nextId++);
            if (stages.isPresent()) {
                replace(i--, stages.get());
            }
        }
    }

    /** Changes the next stage by what is known of all its inputs. */
    private void prepareNext() {
        Stage next = Sides.apply(left.get(0), reports, decisions);
        if (!next.equals(left.get(0))) {
            replace(0, List.of(next));
        }
        salting.apply(left.get(0), () -> nextId++).ifPresent(stages -> replace(0, stages));
        left.set(0, Coalescing.apply(left.get(0), reports, settings, leastTaskBytes, decisions));
    }

    private void replace(int place, List<Stage> stages) {
        left.remove(place);
        left.addAll(place, stages.stream().map(RuntimeFilters::in).toList());
    }

    /** Makes a shuffled join a broadcast join when its build side is small. */
    private void broadcastInstead(StageReport report) {
        if (settings.joinStrategy() != JoinStrategy.AUTO
                || report.totalBytes() > settings.broadcastBytes()) {
            return;
        }
        for (int i = 0; i < left.size(); i++) {
            Stage stage = left.get(i);
            Optional<PlanNode> changed = broadcast(stage, stage.root(), report);
            if (changed.isPresent()) {
                Stage other = new Stage(stage.id(), changed.get(), stage.output());
                left.set(i, RuntimeFilters.in(other));
                dropUnread();
                return;
            }
        }
    }

    /** The finished stages whose output no stage that is left reads; each is told once. */
    public List<Integer> takeUnread() {
        List<Integer> unread = new ArrayList<>(kept);
        left.forEach(stage -> unread.removeAll(stage.reads()));
        unread.forEach(kept::remove);
        return unread;
    }

    /** The stages as they are now, run or not. */
    public StageGraph graph() {
        List<Stage> all = new ArrayList<>(done);
        all.addAll(left);
        return new StageGraph(all);
    }

    public List<String> decisions() {
        return decisions;
    }

    /**
     * The plan with the join on the finished stage turned into a broadcast join. Only operators
     * that do not care which rows share a task may stand above the join.
     */
    private Optional<PlanNode> broadcast(Stage stage, PlanNode node, StageReport build) {
        if (node instanceof PlanNode.HashJoin join && isOn(join, build)) {
            boolean keeps = join.type() == JoinType.LEFT; // so it cannot be reversed as a broadcast
            return probe(join)
                    .filter(rows -> !keeps || !reversal.isMuchSmaller(rows, build))
                    .map(rows -> broadcast(join, rows, build));
        }
        if (!ignoresPartitions(node)) {
            return Optional.empty();
        }
        List<PlanNode> inputs = new ArrayList<>(node.inputs());
        for (int i = 0; i < inputs.size(); i++) {
            boolean buildSide = node instanceof PlanNode.HashJoin && i == 1;
            Optional<PlanNode> changed =
                    buildSide ? Optional.empty() : broadcast(stage, inputs.get(i), build);
            if (changed.isPresent()) {
                inputs.set(i, changed.get());
                return Optional.of(node.withInputs(inputs));
            }
        }
        return Optional.empty();
    }

    private PlanNode broadcast(PlanNode.HashJoin join, PlanNode probe, StageReport build) {
        decisions.add(
                "stage %d gave %d rows, %d bytes: broadcast instead of shuffling the other side"
                        .formatted(build.stage(), build.totalRows(), build.totalBytes()));
        PlanNode right =
                new PlanNode.StageInput(
                        build.stage(), new Partitioning.Broadcast(), join.right().schema());
        return join.withInputs(List.of(probe, right));
    }

    private static boolean isOn(PlanNode.HashJoin join, StageReport build) {
        boolean askedFor =
                join.hint() != null && join.hint().strategy() != JoinHint.Strategy.STREAM;
        return !askedFor
                && !join.type().keepsRight()
                && join.right() instanceof PlanNode.StageInput right
                && right.stage() == build.stage()
                && right.partitioning() instanceof Partitioning.Hash
                && join.left() instanceof PlanNode.StageInput left
                && left.partitioning() instanceof Partitioning.Hash;
    }

    /** What the probe side's stage would have run, when it has not and nobody else reads it. */
    private Optional<PlanNode> probe(PlanNode.HashJoin join) {
        int id = ((PlanNode.StageInput) join.left()).stage();
        long readers =
                left.stream()
                        .flatMap(stage -> Stage.inputs(stage.root()).stream())
                        .filter(input -> input.stage() == id)
                        .count();
        return left.stream()
                .filter(stage -> stage.id() == id && readers == 1)
                .map(Stage::root)
                .findFirst();
    }

    static boolean ignoresPartitions(PlanNode node) {
        return switch (node.kind()) {
            case FILTER, PARTNER_FILTER, PROJECT, EXPAND, UNNEST, TOP_N, GROUP_TOP_N, WRITE -> true;
            case LIMIT -> ((PlanNode.Limit) node).offset() == 0;
            case AGGREGATE -> {
                List<AggregateCall> calls = ((PlanNode.Aggregate) node).calls();
                yield !calls.isEmpty() && calls.stream().allMatch(call -> call.step().isPartial());
            }
            case HASH_JOIN ->
                    ((PlanNode.HashJoin) node).right() instanceof PlanNode.StageInput right
                            && right.partitioning() instanceof Partitioning.Broadcast;
            case SCAN, VALUES, MERGE_JOIN, LOOP_JOIN, SORT, WINDOW, UNION, EXCHANGE, STAGE_INPUT ->
                    false;
        };
    }

    private void dropUnread() {
        Set<Integer> read = new HashSet<>();
        left.forEach(stage -> read.addAll(stage.reads()));
        left.removeIf(stage -> stage.output() != null && !read.contains(stage.id()));
    }
}
