package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.exchange.BatchSource;
import org.skep.executor.exchange.PartitionedSpill;
import org.skep.executor.task.Reservation;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Type;

/**
 * Groups rows. When memory runs short, states are shared out by key to disk and finished part by
 * part; a partial aggregate hands its states on instead, and gives up combining when that does not
 * make rows fewer.
 */
final class AggregateOperator implements Operator {
    /** After so many rows a partial aggregate asks whether it is of use. */
    private static final long TRIAL_ROWS = 100_000;

    private static final double USELESS = 0.8;

    private final FusedPlan plan;
    private final PlanNode.Aggregate node;
    private final FusedCalls fused;
    private final OperatorContext context;
    private final int level;
    private final Input input;
    private final boolean handsOn;
    private final Reservation memory;
    private AggregateState state;
    private List<PartitionedSpill> streams;
    private long rows; // since the state was empty
    private boolean combines = true;
    private boolean ended;
    private boolean emitting;
    private int emitted;
    private Operator parts;

    /** Where rows come from: raw, or out of a spilled stream. */
    private interface Input {
        /** Takes the next batch into {@code state}; says how many rows, or -1 at the end. */
        int feed(AggregateState state);
    }

    private AggregateOperator(FusedPlan plan, Input input, OperatorContext context, int level) {
        this.plan = plan;
        this.node = plan.node();
        this.fused = FusedCalls.of(plan, context.services());
        this.input = input;
        this.context = context;
        this.level = level;
        this.memory = Reservation.of(context.task());
        this.handsOn = handsOn(node);
        this.state = new AggregateState(node, fused, context.services());
    }

    /**
     * @param input gives the rows of the plan's input
     */
    static Operator of(FusedPlan plan, Operator input, OperatorContext context) {
        Input raw =
                state -> {
                    Batch batch = input.next();
                    if (batch == null) {
                        return -1;
                    }
                    state.add(batch);
                    return batch.rows();
                };
        AggregateOperator combining = new AggregateOperator(plan, raw, context, 0);
        if (!combining.handsOn) {
            return combining;
        }
        return () -> {
            Batch batch = combining.next();
            if (batch != null || combining.combines) {
                return batch;
            }
            Batch rest = input.next();
            return rest == null ? null : combining.ownStates(rest);
        };
    }

    /**
     * Whether states may go out at any time, because someone else combines them again. One that
     * only combines states has been asked for groups that occur once, as count(DISTINCT) needs
     * them.
     */
    private static boolean handsOn(PlanNode.Aggregate node) {
        return !node.keys().isEmpty()
                && node.calls().stream().anyMatch(call -> call.step().isPartial())
                && node.calls().stream()
                        .allMatch(
                                call ->
                                        call.step().writesStates()
                                                && !call.distinct()
                                                && call.order().isEmpty());
    }

    @Override
    public Batch next() {
        while (true) {
            if (emitting) {
                Batch batch = emit();
                if (batch != null) {
                    return batch;
                }
            }
            if (parts != null) {
                return parts.next();
            }
            if (ended) {
                memory.close();
                return null;
            }
            read();
        }
    }

    private Batch emit() {
        int count = Math.min(context.batchRows(), state.groups() - emitted);
        if (count == 0) {
            emitting = false;
            if (!ended) {
                reset();
            }
            return null;
        }
        context.task().stopIfCancelled();
        Batch batch = state.output(emitted, count);
        emitted += count;
        return batch;
    }

    private void reset() {
        fused.clear();
        state = new AggregateState(node, fused, context.services());
        memory.resize(0);
        rows = 0;
        emitted = 0;
    }

    /** Reads until there is something to emit. */
    private void read() {
        while (true) {
            context.task().stopIfCancelled();
            int read = combines ? input.feed(state) : -1;
            if (read < 0) {
                end();
                return;
            }
            rows += read;
            if (handsOn && rows >= TRIAL_ROWS && state.groups() > USELESS * rows) {
                combines = false;
                end();
                return;
            }
            boolean fits = memory.tryResize(state.bytes());
            if (handsOn) {
                if (!fits || context.alwaysSpills()) {
                    emitting = true;
                    return;
                }
            } else {
                boolean maySpill = !node.keys().isEmpty() && level < OperatorContext.DEEPEST_SPILL;
                boolean mustSpill = context.alwaysSpills() && level == 0;
                if (maySpill && (mustSpill || !fits)) {
                    spill();
                } else if (!fits) {
                    memory.resize(state.bytes());
                }
            }
        }
    }

    private void end() {
        ended = true;
        if (streams == null) {
            emitting = true;
            return;
        }
        spill();
        state = null;
        streams.forEach(PartitionedSpill::finish);
        parts = new PartsOperator(PartitionedSpill.PARTS, this::part);
    }

    private void spill() {
        if (streams == null) {
            int[] keys = new int[node.keys().size()];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = i;
            }
            streams = new ArrayList<>();
            for (List<Type> types : state.streamTypes()) {
                streams.add(context.partitionedSpill(types, keys, level));
            }
        }
        state.spill(streams, context.batchRows());
        reset();
    }

    private Operator part(int part) {
        List<BatchSource> sources = streams.stream().map(stream -> stream.part(part)).toList();
        Input replay =
                new Input() {
                    private int stream;

                    @Override
                    public int feed(AggregateState into) {
                        for (; stream < sources.size(); stream++) {
                            Batch batch = sources.get(stream).next();
                            if (batch != null) {
                                into.replay(stream, batch);
                                return batch.rows();
                            }
                        }
                        return -1;
                    }
                };
        return new AggregateOperator(plan, replay, context, level + 1);
    }

    /** Every row as a group of its own. */
    private Batch ownStates(Batch batch) {
        List<Column> columns = new ArrayList<>();
        node.keys().forEach(key -> columns.add(batch.column(key)));
        Batch whole = fused.whole(batch);
        for (AggregateCall call : node.calls()) {
            columns.addAll(PlainFeed.statesOfRows(call, context.services(), whole));
        }
        return new Batch(batch.rows(), columns.toArray(Column[]::new));
    }
}
