package org.skep.model.plan;

import java.io.Serializable;
import java.util.List;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.file.WriteTarget;
import org.skep.model.type.Schema;

/**
 * What a task runs, as data: resolved, typed, serialisable, free of SQL and of Calcite. Columns are
 * named by their place. Expressions and keys refer to the columns of the node's input; those of a
 * join's condition to the left columns followed by the right ones.
 */
public sealed interface PlanNode extends Serializable {
    /** One constant per record below; {@code SealedKindsTest} keeps them in step. */
    enum Kind {
        SCAN,
        VALUES,
        FILTER,
        PROJECT,
        EXPAND,
        UNNEST,
        AGGREGATE,
        HASH_JOIN,
        MERGE_JOIN,
        LOOP_JOIN,
        PARTNER_FILTER,
        SORT,
        TOP_N,
        GROUP_TOP_N,
        LIMIT,
        WINDOW,
        UNION,
        EXCHANGE,
        STAGE_INPUT,
        WRITE
    }

    Kind kind();

    List<PlanNode> inputs();

    /** This with other inputs of the same schemas. */
    PlanNode withInputs(List<PlanNode> inputs);

    Schema schema();

    /** How many rows are expected of it, for EXPLAIN. */
    default ExpectedRows expected() {
        return ExpectedRows.UNKNOWN;
    }

    /** This with what is expected of it, unless that is known already or follows from its input. */
    default PlanNode expecting(ExpectedRows rows) {
        return this;
    }

    /**
     * Reads files.
     *
     * @param columns which columns of the table's schema come out, in order; the table's schema is
     *     followed by its pseudo-columns, see {@link FileTable#PSEUDO_COLUMNS}
     * @param conditions over the output; only rows for which all are true come out
     * @param limit no more rows than this are needed from any one task; negative for all
     * @param splits what to read; each task of the stage reads a share
     * @param filters rows that an operator further up would drop, which the scan may leave out: the
     *     outputs by which it does
     * @param tasks which splits each task reads, when that is not left to the back end
     */
    record Scan(
            FileTable table,
            List<Integer> columns,
            List<Expr> conditions,
            long limit,
            List<Split> splits,
            List<RuntimeFilter> filters,
            ScanTasks tasks,
            ExpectedRows expected)
            implements PlanNode {
        public Scan {
            columns = List.copyOf(columns);
            conditions = List.copyOf(conditions);
            splits = List.copyOf(splits);
            filters = List.copyOf(filters);
        }

        public Scan(
                FileTable table,
                List<Integer> columns,
                List<Expr> conditions,
                long limit,
                List<Split> splits) {
            this(table, columns, conditions, limit, splits, List.of(), null, ExpectedRows.UNKNOWN);
        }

        @Override
        public PlanNode expecting(ExpectedRows rows) {
            return new Scan(
                    table, columns, conditions, limit, splits, filters, tasks, expected.or(rows));
        }

        @Override
        public Kind kind() {
            return Kind.SCAN;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of();
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return this;
        }

        public Scan withSplits(List<Split> some) {
            return new Scan(table, columns, conditions, limit, some, filters, tasks, expected);
        }

        public Scan withLimit(long rows) {
            return new Scan(table, columns, conditions, rows, splits, filters, tasks, expected);
        }

        public Scan withFilters(List<RuntimeFilter> wanted) {
            return new Scan(table, columns, conditions, limit, splits, wanted, tasks, expected);
        }

        /** The splits in another order, and which task reads which. */
        public Scan by(List<Split> ordered, ScanTasks wanted) {
            return new Scan(table, columns, conditions, limit, ordered, filters, wanted, expected);
        }

        @Override
        public Schema schema() {
            return table.scanSchema().select(columns);
        }
    }

    /**
     * Constant rows, each a list of boxed values as {@code Column.value} gives them.
     *
     * @param source where they are from, for EXPLAIN; null when they are the query's own
     */
    record Values(Schema schema, List<List<Object>> rows, String source) implements PlanNode {
        public Values(Schema schema, List<List<Object>> rows) {
            this(schema, rows, null);
        }

        @Override
        public Kind kind() {
            return Kind.VALUES;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of();
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return this;
        }
    }

    record Filter(PlanNode input, Expr condition, ExpectedRows expected) implements PlanNode {
        public Filter(PlanNode input, Expr condition) {
            this(input, condition, ExpectedRows.UNKNOWN);
        }

        @Override
        public PlanNode expecting(ExpectedRows rows) {
            return new Filter(input, condition, expected.or(rows));
        }

        @Override
        public Kind kind() {
            return Kind.FILTER;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return new Filter(inputs.get(0), condition, expected);
        }

        @Override
        public Schema schema() {
            return input.schema();
        }
    }

    record Project(PlanNode input, List<Expr> expressions, Schema schema) implements PlanNode {
        public Project {
            expressions = List.copyOf(expressions);
        }

        @Override
        public Kind kind() {
            return Kind.PROJECT;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return new Project(inputs.get(0), expressions, schema);
        }

        @Override
        public PlanNode expecting(ExpectedRows rows) {
            return new Project(input.expecting(rows), expressions, schema);
        }
    }

    /** Each row several times, once per projection (for GROUPING SETS in one scan). */
    record Expand(PlanNode input, List<List<Expr>> projections, Schema schema) implements PlanNode {
        public Expand {
            projections = List.copyOf(projections);
        }

        @Override
        public Kind kind() {
            return Kind.EXPAND;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return new Expand(inputs.get(0), projections, schema);
        }
    }

    /**
     * One row per element of an array or entry of a map: the input's columns, then the element (or
     * key and value), then its number from 1 when {@code ordinality}. Several collections are
     * unrolled side by side, the shorter ones filled up with nulls.
     *
     * @param outer whether a row without elements comes out once, with nulls
     */
    record Unnest(
            PlanNode input,
            List<Expr> collections,
            boolean outer,
            boolean ordinality,
            Schema schema,
            ExpectedRows expected)
            implements PlanNode {
        public Unnest {
            collections = List.copyOf(collections);
        }

        public Unnest(
                PlanNode input,
                List<Expr> collections,
                boolean outer,
                boolean ordinality,
                Schema schema) {
            this(input, collections, outer, ordinality, schema, ExpectedRows.UNKNOWN);
        }

        @Override
        public PlanNode expecting(ExpectedRows rows) {
            return new Unnest(input, collections, outer, ordinality, schema, expected.or(rows));
        }

        @Override
        public Kind kind() {
            return Kind.UNNEST;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return new Unnest(inputs.get(0), collections, outer, ordinality, schema, expected);
        }
    }

    /**
     * Groups by key columns: the keys, then for each call its result, or its state columns when its
     * step writes states. Null keys are equal. Without keys there is exactly one row, also from no
     * input, unless all calls are PARTIAL (then none).
     */
    record Aggregate(
            PlanNode input,
            List<Integer> keys,
            List<AggregateCall> calls,
            Schema schema,
            ExpectedRows expected)
            implements PlanNode {
        public Aggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
        }

        public Aggregate(
                PlanNode input, List<Integer> keys, List<AggregateCall> calls, Schema schema) {
            this(input, keys, calls, schema, ExpectedRows.UNKNOWN);
        }

        @Override
        public PlanNode expecting(ExpectedRows rows) {
            return new Aggregate(input, keys, calls, schema, expected.or(rows));
        }

        @Override
        public Kind kind() {
            return Kind.AGGREGATE;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return new Aggregate(inputs.get(0), keys, calls, schema, expected);
        }
    }

    /**
     * An equi-join: builds a hash table of the right side and probes it with the left one. Null
     * keys match nothing, unless {@code nullsEqual}. The right input of a broadcast join is a
     * broadcast {@link StageInput}; RIGHT and FULL are never broadcast.
     *
     * @param residual a further condition for a match, or null
     * @param filters which of the keys, by their place, scans on the left side are to be told of
     * @param hint that asks for this way to join; null when none does
     */
    record HashJoin(
            PlanNode left,
            PlanNode right,
            JoinType type,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            boolean nullsEqual,
            Expr residual,
            Schema schema,
            List<RuntimeFilter> filters,
            ExpectedRows expected,
            JoinHint hint)
            implements PlanNode {
        public HashJoin {
            leftKeys = List.copyOf(leftKeys);
            rightKeys = List.copyOf(rightKeys);
            filters = List.copyOf(filters);
        }

        public HashJoin(
                PlanNode left,
                PlanNode right,
                JoinType type,
                List<Integer> leftKeys,
                List<Integer> rightKeys,
                boolean nullsEqual,
                Expr residual,
                Schema schema) {
            this(
                    left,
                    right,
                    type,
                    leftKeys,
                    rightKeys,
                    nullsEqual,
                    residual,
                    schema,
                    List.of(),
                    ExpectedRows.UNKNOWN,
                    null);
        }

        @Override
        public PlanNode expecting(ExpectedRows rows) {
            return with(left, right, filters, expected.or(rows), hint);
        }

        @Override
        public Kind kind() {
            return Kind.HASH_JOIN;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return with(inputs.get(0), inputs.get(1), filters);
        }

        public HashJoin with(PlanNode newLeft, PlanNode newRight, List<RuntimeFilter> wanted) {
            return with(newLeft, newRight, wanted, expected, hint);
        }

        /** The same join, planned so because a hint asks for it; null when none does. */
        public HashJoin asked(JoinHint by) {
            return with(left, right, filters, expected, by);
        }

        private HashJoin with(
                PlanNode newLeft,
                PlanNode newRight,
                List<RuntimeFilter> wanted,
                ExpectedRows rows,
                JoinHint asked) {
            return new HashJoin(
                    newLeft,
                    newRight,
                    type,
                    leftKeys,
                    rightKeys,
                    nullsEqual,
                    residual,
                    schema,
                    wanted,
                    rows,
                    asked);
        }
    }

    /** An equi-join of inputs that are sorted by their keys, ascending, nulls first. */
    record MergeJoin(
            PlanNode left,
            PlanNode right,
            JoinType type,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            boolean nullsEqual,
            Expr residual,
            Schema schema,
            ExpectedRows expected)
            implements PlanNode {
        public MergeJoin {
            leftKeys = List.copyOf(leftKeys);
            rightKeys = List.copyOf(rightKeys);
        }

        public MergeJoin(
                PlanNode left,
                PlanNode right,
                JoinType type,
                List<Integer> leftKeys,
                List<Integer> rightKeys,
                boolean nullsEqual,
                Expr residual,
                Schema schema) {
            this(
                    left,
                    right,
                    type,
                    leftKeys,
                    rightKeys,
                    nullsEqual,
                    residual,
                    schema,
                    ExpectedRows.UNKNOWN);
        }

        @Override
        public PlanNode expecting(ExpectedRows rows) {
            return with(left, right, expected.or(rows));
        }

        private MergeJoin with(PlanNode newLeft, PlanNode newRight, ExpectedRows rows) {
            return new MergeJoin(
                    newLeft,
                    newRight,
                    type,
                    leftKeys,
                    rightKeys,
                    nullsEqual,
                    residual,
                    schema,
                    rows);
        }

        @Override
        public Kind kind() {
            return Kind.MERGE_JOIN;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return with(inputs.get(0), inputs.get(1), expected);
        }
    }

    /**
     * A join by any condition (null for a cross join): every left row against every right one. For
     * RIGHT and FULL both inputs are single partitions.
     *
     * @param bounds by which pairs may be left out that the condition is not true for; or null
     */
    record LoopJoin(
            PlanNode left,
            PlanNode right,
            JoinType type,
            Expr condition,
            Schema schema,
            JoinBounds bounds,
            ExpectedRows expected)
            implements PlanNode {
        public LoopJoin(
                PlanNode left,
                PlanNode right,
                JoinType type,
                Expr condition,
                Schema schema,
                JoinBounds bounds) {
            this(left, right, type, condition, schema, bounds, ExpectedRows.UNKNOWN);
        }

        public LoopJoin(
                PlanNode left, PlanNode right, JoinType type, Expr condition, Schema schema) {
            this(left, right, type, condition, schema, null);
        }

        @Override
        public PlanNode expecting(ExpectedRows rows) {
            return new LoopJoin(left, right, type, condition, schema, bounds, expected.or(rows));
        }

        @Override
        public Kind kind() {
            return Kind.LOOP_JOIN;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return new LoopJoin(
                    inputs.get(0), inputs.get(1), type, condition, schema, bounds, expected);
        }
    }

    /**
     * Drops rows for which a join further on, in another stage, will find no partner: those whose
     * keys are not among the keys of a finished stage. Some such rows may come out all the same;
     * rows with a null in their keys have no partner.
     *
     * @param partners the finished stage's output, whole in every task
     * @param keys of the input, one for each of {@code partnerKeys} and of the same type
     * @param filters which of the keys, by their place, scans below are to be told of
     */
    record PartnerFilter(
            PlanNode input,
            PlanNode partners,
            List<Integer> keys,
            List<Integer> partnerKeys,
            List<RuntimeFilter> filters)
            implements PlanNode {
        public PartnerFilter {
            keys = List.copyOf(keys);
            partnerKeys = List.copyOf(partnerKeys);
            filters = List.copyOf(filters);
        }

        @Override
        public Kind kind() {
            return Kind.PARTNER_FILTER;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input, partners);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return new PartnerFilter(inputs.get(0), inputs.get(1), keys, partnerKeys, filters);
        }

        public PartnerFilter with(PlanNode newInput, List<RuntimeFilter> wanted) {
            return new PartnerFilter(newInput, partners, keys, partnerKeys, wanted);
        }

        @Override
        public Schema schema() {
            return input.schema();
        }
    }

    /** Sorts the rows of each partition; equal rows keep their order. */
    record Sort(PlanNode input, List<SortKey> keys) implements PlanNode {
        public Sort {
            keys = List.copyOf(keys);
        }

        @Override
        public Kind kind() {
            return Kind.SORT;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return new Sort(inputs.get(0), keys);
        }

        @Override
        public Schema schema() {
            return input.schema();
        }
    }

    /**
     * The first rows of each partition in an order, sorted.
     *
     * @param filter tells scans below of the last row kept, by its first key; null for none
     */
    record TopN(PlanNode input, List<SortKey> keys, long rows, RuntimeFilter filter)
            implements PlanNode {
        public TopN {
            keys = List.copyOf(keys);
        }

        public TopN(PlanNode input, List<SortKey> keys, long rows) {
            this(input, keys, rows, null);
        }

        @Override
        public Kind kind() {
            return Kind.TOP_N;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return with(inputs.get(0), filter);
        }

        public TopN with(PlanNode newInput, RuntimeFilter wanted) {
            return new TopN(newInput, keys, rows, wanted);
        }

        @Override
        public Schema schema() {
            return input.schema();
        }
    }

    /**
     * Drops rows of each group that cannot be among its first in an order, as far as a task can
     * tell. What comes out is in no order, except that equal rows keep theirs.
     *
     * @param groups columns that are equal within a group
     * @param rows the greatest number in its group, by {@code ranking}, of a row that is wanted
     */
    record GroupTopN(
            PlanNode input, List<Integer> groups, List<SortKey> order, long rows, Ranking ranking)
            implements PlanNode {
        public GroupTopN {
            groups = List.copyOf(groups);
            order = List.copyOf(order);
        }

        @Override
        public Kind kind() {
            return Kind.GROUP_TOP_N;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return new GroupTopN(inputs.get(0), groups, order, rows, ranking);
        }

        @Override
        public Schema schema() {
            return input.schema();
        }
    }

    /** Passes over {@code offset} rows of each partition, then gives at most {@code rows}. */
    record Limit(PlanNode input, long offset, long rows) implements PlanNode {
        @Override
        public Kind kind() {
            return Kind.LIMIT;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return new Limit(inputs.get(0), offset, rows);
        }

        @Override
        public Schema schema() {
            return input.schema();
        }
    }

    /**
     * Window functions: the input's columns, then one per call. The input is sorted by the
     * partition keys (in any direction) and then by {@code order}.
     */
    record Window(
            PlanNode input,
            List<Integer> partitionKeys,
            List<SortKey> order,
            List<WindowCall> calls,
            Schema schema)
            implements PlanNode {
        public Window {
            partitionKeys = List.copyOf(partitionKeys);
            order = List.copyOf(order);
            calls = List.copyOf(calls);
        }

        @Override
        public Kind kind() {
            return Kind.WINDOW;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return new Window(inputs.get(0), partitionKeys, order, calls, schema);
        }
    }

    /**
     * The rows of all inputs; its partitions are those of the inputs, one input's after another's.
     */
    record Union(List<PlanNode> inputs, Schema schema) implements PlanNode {
        public Union {
            inputs = List.copyOf(inputs);
        }

        @Override
        public Kind kind() {
            return Kind.UNION;
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return new Union(inputs, schema);
        }
    }

    /** Where rows change partitions: the plan is cut into stages here. Never seen by a task. */
    record Exchange(PlanNode input, Partitioning partitioning) implements PlanNode {
        @Override
        public Kind kind() {
            return Kind.EXCHANGE;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return new Exchange(inputs.get(0), partitioning);
        }

        @Override
        public Schema schema() {
            return input.schema();
        }
    }

    /**
     * The output of another stage; what stands where an {@link Exchange} was cut.
     *
     * @param partitioning how the tasks share it; need not be the one that it was written with
     * @param partitions those that are read by all tasks together, of the ones that it was written
     *     to; null for all. Only with {@link Partitioning.Slices} and {@link
     *     Partitioning.Broadcast}
     * @param unwanted keys, of the columns that it is partitioned by, whose rows are dropped above:
     *     they may be left out here, and those are that can be without a look at each
     */
    record StageInput(
            int stage,
            Partitioning partitioning,
            Schema schema,
            List<Integer> partitions,
            List<List<Object>> unwanted)
            implements PlanNode {
        public StageInput {
            partitions = partitions == null ? null : List.copyOf(partitions);
            unwanted = List.copyOf(unwanted);
        }

        public StageInput(int stage, Partitioning partitioning, Schema schema) {
            this(stage, partitioning, schema, null, List.of());
        }

        /** The same output, shared by the tasks in another way. */
        public StageInput by(Partitioning other, List<Integer> some) {
            return new StageInput(stage, other, schema, some, unwanted);
        }

        /** The same output, for a reader that drops the rows of some keys. */
        public StageInput without(List<List<Object>> keys) {
            return new StageInput(stage, partitioning, schema, partitions, keys);
        }

        @Override
        public Kind kind() {
            return Kind.STAGE_INPUT;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of();
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return this;
        }
    }

    /**
     * Writes the input's rows to files; gives one row per file, see {@link WriteTarget#REPORT}. The
     * files are in place only once the whole statement has succeeded.
     */
    record Write(PlanNode input, WriteTarget target) implements PlanNode {
        @Override
        public Kind kind() {
            return Kind.WRITE;
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withInputs(List<PlanNode> inputs) {
            return new Write(inputs.get(0), target);
        }

        @Override
        public Schema schema() {
            return WriteTarget.REPORT;
        }
    }
}
