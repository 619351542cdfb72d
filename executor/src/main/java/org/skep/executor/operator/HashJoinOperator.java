package org.skep.executor.operator;

import java.util.List;
import java.util.function.Function;
import org.skep.executor.exchange.PartitionedSpill;
import org.skep.executor.kernel.Copying;
import org.skep.executor.kernel.JoinTable;
import org.skep.executor.kernel.Pieces;
import org.skep.executor.kernel.RowBuffer;
import org.skep.executor.task.Reservation;
import org.skep.model.data.Batch;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.RuntimeFilter;
import org.skep.model.type.Type;

/**
 * An equi-join: the right side is built, then the left one probes it. A right side that does not
 * fit into memory is shared out by hash to disk, the left side likewise, and each part is joined on
 * its own (a grace hash join), again in parts if need be.
 */
final class HashJoinOperator implements Operator {
    private final PlanNode.HashJoin join;
    private final Operator left;
    private final Operator right;
    private final OperatorContext context;
    private final int level;
    private final boolean broadcast;
    private final int[] leftKeys;
    private final int[] rightKeys;
    private final List<Type> rightTypes;
    private final Reservation memory;
    private Operator running;

    private HashJoinOperator(
            PlanNode.HashJoin join,
            Operator left,
            Operator right,
            OperatorContext context,
            int level,
            boolean broadcast) {
        this.join = join;
        this.left = left;
        this.right = right;
        this.context = context;
        this.level = level;
        this.broadcast = broadcast;
        this.leftKeys = join.leftKeys().stream().mapToInt(Integer::intValue).toArray();
        this.rightKeys = join.rightKeys().stream().mapToInt(Integer::intValue).toArray();
        this.rightTypes = join.right().schema().types();
        this.memory = Reservation.of(context.task());
    }

    /** The right side is whole in every task; the stage's tasks share its table. */
    static HashJoinOperator broadcast(
            PlanNode.HashJoin join, Operator left, Operator right, OperatorContext context) {
        return new HashJoinOperator(join, left, right, context, 0, true);
    }

    /**
     * Each task has its part of both sides.
     *
     * @param level how often the rows have been spilled
     */
    static HashJoinOperator partitioned(
            PlanNode.HashJoin join,
            Operator left,
            Operator right,
            OperatorContext context,
            int level) {
        return new HashJoinOperator(join, left, right, context, level, false);
    }

    @Override
    public Batch next() {
        if (running == null) {
            running = broadcast ? probe(context.broadcasts().of(join, this::buildShared)) : build();
        }
        Batch batch = running.next();
        if (batch == null) {
            memory.close();
        }
        return batch;
    }

    /** The shared table's rows are accounted for by the stage, not by the task that builds it. */
    private JoinTable buildShared(Pieces pieces) {
        RowBuffer rows = new RowBuffer(rightTypes);
        for (Batch batch = right.next(); batch != null; batch = right.next()) {
            rows.add(batch);
        }
        return table(rows, pieces);
    }

    private JoinTable table(RowBuffer rows, Pieces pieces) {
        Batch all = rows.takeAll(pieces);
        JoinTable table = JoinTable.build(all, rightKeys, join.nullsEqual(), pieces);
        if (level == 0) { // later the left side is read already
            List<RuntimeFilter> filters = join.filters();
            pieces.run(filters.size(), i -> table.addFilter(filters.get(i)));
        }
        return table;
    }

    private Operator build() {
        RowBuffer rows = new RowBuffer(rightTypes);
        for (Batch batch = right.next(); batch != null; batch = right.next()) {
            context.task().stopIfCancelled();
            rows.add(batch);
            long wanted = 2 * rows.bytes(); // the rows, and their table
            boolean maySpill = level < OperatorContext.DEEPEST_SPILL && rightKeys.length > 0;
            boolean mustSpill = level == 0 && context.alwaysSpills();
            if (maySpill && (mustSpill || !memory.tryResize(wanted))) {
                return spill(rows);
            }
            memory.resize(wanted);
        }
        JoinTable table = table(rows, Pieces.ALONE);
        memory.resize(Copying.ownBytes(table.rows()) + table.bytes());
        return probe(table);
    }

    private Operator probe(JoinTable table) {
        JoinType type = join.type();
        boolean needsMatch =
                switch (type) {
                    case INNER, SEMI, RIGHT -> true;
                    case LEFT, FULL, ANTI -> false;
                };
        if (needsMatch && table.rows().rows() == 0) {
            return () -> null; // the left side need not be read
        }
        context.filters().tell(join, table);
        List<Type> leftTypes = join.left().schema().types();
        int width = leftTypes.size() + rightTypes.size();
        Residual residual =
                Residual.of(context.services(), join.residual(), leftTypes.size(), width);
        JoinOutput output = new JoinOutput(type, leftTypes, rightTypes);
        return new ProbeOperator(left, leftKeys, table, residual, output, context);
    }

    private Operator spill(RowBuffer rows) {
        PartitionedSpill built = context.partitionedSpill(rightTypes, rightKeys, level);
        rows.take().forEach(built::write);
        memory.close();
        writeRest(built, right);
        PartitionedSpill probing =
                context.partitionedSpill(join.left().schema().types(), leftKeys, level);
        writeRest(probing, left);
        Function<Integer, Operator> part =
                number ->
                        partitioned(
                                join,
                                probing.part(number)::next,
                                built.part(number)::next,
                                context,
                                level + 1);
        return new PartsOperator(PartitionedSpill.PARTS, part);
    }

    private static void writeRest(PartitionedSpill spill, Operator rest) {
        for (Batch batch = rest.next(); batch != null; batch = rest.next()) {
            spill.write(batch);
        }
        spill.finish();
    }
}
