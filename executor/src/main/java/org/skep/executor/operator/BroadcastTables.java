package org.skep.executor.operator;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import org.skep.executor.kernel.JoinTable;
import org.skep.executor.kernel.PartnerKeys;
import org.skep.executor.kernel.Pieces;
import org.skep.executor.task.MemoryPool;
import org.skep.executor.task.Reservation;
import org.skep.model.plan.PlanNode;

/**
 * The build sides of a stage's broadcast joins, and what its partner filters have: each made by the
 * first task that needs it, with the help of the others that do.
 */
public final class BroadcastTables implements AutoCloseable {
    private final Map<PlanNode, SharedBuild<JoinTable>> tables = new IdentityHashMap<>();
    private final Map<PlanNode, SharedBuild<PartnerKeys>> keys = new IdentityHashMap<>();
    private final MemoryPool pool;
    private final Reservation memory;

    public BroadcastTables(MemoryPool pool) {
        this.pool = pool;
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

    /**
     * The keys of a partner filter; a task that needs ones that are being made waits.
     *
     * @param make given what is reserved for them
     */
    PartnerKeys keysOf(PlanNode filter, Function<Reservation, PartnerKeys> make) {
        SharedBuild<PartnerKeys> shared;
        synchronized (keys) {
            shared = keys.computeIfAbsent(filter, key -> new SharedBuild<>());
        }
        return shared.get(
                pieces -> {
                    try (Reservation making = Reservation.of(pool)) {
                        PartnerKeys made = make.apply(making);
                        reserve(made.bytes());
                        return made;
                    }
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
