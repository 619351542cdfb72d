package org.skep.executor.operator;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.skep.executor.kernel.JoinTable;
import org.skep.executor.task.MemoryPool;
import org.skep.executor.task.Reservation;
import org.skep.model.plan.PlanNode;

/** The build sides of a stage's broadcast joins: each made by the first task that needs it. */
public final class BroadcastTables implements AutoCloseable {
    private final Map<PlanNode, Slot> tables = new IdentityHashMap<>();
    private final Reservation memory;

    public BroadcastTables(MemoryPool pool) {
        this.memory = Reservation.of(pool);
    }

    /** The table of a join; other tasks that need it wait until it is built. */
    JoinTable of(PlanNode join, Supplier<JoinTable> build) {
        Slot slot;
        synchronized (tables) {
            slot = tables.computeIfAbsent(join, key -> new Slot());
        }
        synchronized (slot) {
            if (slot.table == null) {
                slot.table = build.get();
                reserve(slot.table.bytes());
            }
            return slot.table;
        }
    }

    private synchronized void reserve(long bytes) {
        memory.resize(memory.held() + bytes);
    }

    @Override
    public synchronized void close() {
        memory.close();
    }

    private static final class Slot {
        private JoinTable table;
    }
}
