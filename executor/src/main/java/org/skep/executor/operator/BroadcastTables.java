package org.skep.executor.operator;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import org.skep.executor.kernel.JoinTable;
import org.skep.executor.kernel.Pieces;
import org.skep.executor.task.MemoryPool;
import org.skep.executor.task.Reservation;
import org.skep.model.plan.PlanNode;

/**
 * The build sides of a stage's broadcast joins: each made by the first task that needs it, with the
 * help of the others that do.
 */
public final class BroadcastTables implements AutoCloseable {
    private final Map<PlanNode, SharedBuild<JoinTable>> tables = new IdentityHashMap<>();
    private final Reservation memory;

    public BroadcastTables(MemoryPool pool) {
        this.memory = Reservation.of(pool);
    }

    /** The table of a join; a task that needs one that is being built helps with it. */
    JoinTable of(PlanNode join, Function<Pieces, JoinTable> build) {
        SharedBuild<JoinTable> shared;
        synchronized (tables) {
            shared = tables.computeIfAbsent(join, key -> new SharedBuild<>());
        }
        return shared.get(
                pieces -> {
                    JoinTable table = build.apply(pieces);
                    reserve(table.bytes());
                    return table;
                });
    }

    private synchronized void reserve(long bytes) {
        memory.resize(memory.held() + bytes);
    }

    @Override
    public synchronized void close() {
        memory.close();
    }
}
