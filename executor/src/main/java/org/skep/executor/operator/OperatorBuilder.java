package org.skep.executor.operator;

import java.util.List;
import org.skep.executor.exchange.BatchSource;
import org.skep.executor.exchange.StageOutputs;
import org.skep.executor.task.TaskProfile;
import org.skep.model.data.Batch;
import org.skep.model.file.Split;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Schema;

/** Turns a plan into running operators for one task: the executor's only list of all plan nodes. */
public final class OperatorBuilder {
    private final OperatorContext context;
    private int next; // the place of the node that is built next, in pre-order

    public OperatorBuilder(OperatorContext context) {
        this.context = context;
    }

    /** The running form of a stage's root for task number {@code task}. */
    public Operator build(PlanNode root, int task) {
        int place = next++;
        Operator running = operator(root, task);
        TaskProfile profile = context.task().profile();
        return profile == null ? running : new MeasuredOperator(running, place, profile);
    }

    private Operator operator(PlanNode root, int task) {
        return switch (root.kind()) { // no default: a new kind does not compile until it runs
            case SCAN -> scan((PlanNode.Scan) root, task);
            case VALUES -> {
                PlanNode.Values values = (PlanNode.Values) root;
                context.task().countIn(values.rows().size());
                yield new ValuesOperator(values, context.batchRows());
            }
            case FILTER -> {
                PlanNode.Filter filter = (PlanNode.Filter) root;
                yield coalesced(
                        new FilterOperator(
                                build(filter.input(), task),
                                context.services().predicate(filter.condition())),
                        filter.schema());
            }
            case PROJECT -> {
                PlanNode.Project project = (PlanNode.Project) root;
                Operator input = build(project.input(), task);
                yield new ProjectOperator(
                        input, Projection.of(context.services(), project.expressions()));
            }
            case EXPAND -> {
                PlanNode.Expand expand = (PlanNode.Expand) root;
                yield new ExpandOperator(
                        build(expand.input(), task),
                        expand.projections().stream()
                                .map(list -> Projection.of(context.services(), list))
                                .toList());
            }
            case UNNEST -> {
                PlanNode.Unnest unnest = (PlanNode.Unnest) root;
                yield new UnnestOperator(build(unnest.input(), task), unnest, context);
            }
            case AGGREGATE -> {
                FusedPlan plan = FusedPlan.of((PlanNode.Aggregate) root);
                yield AggregateOperator.of(plan, build(plan.node().input(), task), context);
            }
            case HASH_JOIN -> hashJoin((PlanNode.HashJoin) root, task);
            case MERGE_JOIN -> {
                PlanNode.MergeJoin join = (PlanNode.MergeJoin) root;
                Operator left = build(join.left(), task);
                yield coalesced(
                        new MergeJoinOperator(join, left, build(join.right(), task), context),
                        join.schema());
            }
            case LOOP_JOIN -> {
                PlanNode.LoopJoin join = (PlanNode.LoopJoin) root;
                Operator left = build(join.left(), task);
                yield coalesced(
                        new LoopJoinOperator(join, left, build(join.right(), task), context),
                        join.schema());
            }
            case PARTNER_FILTER -> {
                PlanNode.PartnerFilter filter = (PlanNode.PartnerFilter) root;
                Operator input = build(filter.input(), task);
                Operator partners = build(filter.partners(), task);
                yield coalesced(
                        new PartnerFilterOperator(filter, input, partners, context),
                        filter.schema());
            }
            case SORT -> {
                PlanNode.Sort sort = (PlanNode.Sort) root;
                Schema schema = sort.schema();
                yield new SortOperator(build(sort.input(), task), schema, sort.keys(), context);
            }
            case TOP_N -> {
                PlanNode.TopN top = (PlanNode.TopN) root;
                yield TopNOperator.of(top, build(top.input(), task), context);
            }
            case GROUP_TOP_N -> {
                PlanNode.GroupTopN top = (PlanNode.GroupTopN) root;
                yield new GroupTopNOperator(top, build(top.input(), task), context);
            }
            case LIMIT -> {
                PlanNode.Limit limit = (PlanNode.Limit) root;
                yield new LimitOperator(build(limit.input(), task), limit.offset(), limit.rows());
            }
            case WINDOW -> {
                PlanNode.Window window = (PlanNode.Window) root;
                yield WindowOperator.of(window, build(window.input(), task), context);
            }
            case UNION -> union((PlanNode.Union) root, task);
            case EXCHANGE ->
                    throw new IllegalArgumentException("an exchange inside a stage: " + root);
            case STAGE_INPUT -> stageInput((PlanNode.StageInput) root, task);
            case WRITE -> {
                PlanNode.Write write = (PlanNode.Write) root;
                yield new WriteOperator(write, build(write.input(), task), context);
            }
        };
    }

    private Operator coalesced(Operator operator, Schema schema) {
        return new CoalesceOperator(operator, schema.types(), context.batchRows());
    }

    private Operator scan(PlanNode.Scan scan, int task) {
        List<Split> mine = TaskCount.splits(scan, task, context.task().settings().threads());
        return coalesced(
                scan.tasks() != null
                        ? OrderedScan.of(scan, mine, context)
                        : new ScanOperator(scan, mine, context),
                scan.schema());
    }

    private Operator hashJoin(PlanNode.HashJoin join, int task) {
        Operator left = build(join.left(), task);
        boolean broadcast =
                TaskCount.of(join.right(), context.task().settings().threads()) == 0
                        && join.type() != JoinType.RIGHT
                        && join.type() != JoinType.FULL;
        Operator right = build(join.right(), task);
        Operator running =
                broadcast
                        ? HashJoinOperator.broadcast(join, left, right, context)
                        : HashJoinOperator.partitioned(join, left, right, context, 0);
        return coalesced(running, join.schema());
    }

    /** A union's tasks are those of its inputs, one input's after another's. */
    private Operator union(PlanNode.Union union, int task) {
        int left = task;
        Operator running = null;
        for (PlanNode input : union.inputs()) {
            int tasks = Math.max(1, TaskCount.of(input, context.task().settings().threads()));
            if (left >= 0 && left < tasks) {
                running = build(input, left);
            } else {
                next += TaskProfile.nodes(input); // they have places, though nobody runs them here
            }
            left -= tasks;
        }
        if (running == null) {
            throw new IllegalArgumentException("a union without task " + task);
        }
        return running;
    }

    private BatchSource source(PlanNode.StageInput input, int task) {
        StageOutputs stages = context.stages();
        Partitioning partitioning = input.partitioning();
        if (partitioning instanceof Partitioning.Slices slices) {
            return stages.readSlice(input.stage(), input.partitions(), task, slices.tasks());
        }
        if (partitioning instanceof Partitioning.Groups groups) {
            int end = groups.ends().get(task);
            return stages.read(input.stage(), groups.from(task), end, input.unwanted());
        }
        return partitioning.count() == 1
                ? stages.readWhole(input.stage(), input.partitions())
                : stages.read(input.stage(), task, task + 1, input.unwanted());
    }

    private Operator stageInput(PlanNode.StageInput input, int task) {
        boolean own = !(input.partitioning() instanceof Partitioning.Broadcast);
        BatchSource source = source(input, task);
        return () -> {
            context.task().stopIfCancelled();
            Batch batch = source.next();
            if (own && batch != null) {
                context.task().countIn(batch.rows());
            }
            return batch;
        };
    }
}
