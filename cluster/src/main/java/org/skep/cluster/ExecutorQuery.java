package org.skep.cluster;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.skep.executor.exchange.SpillFolder;
import org.skep.executor.operator.BroadcastTables;
import org.skep.executor.task.MemoryPool;
import org.skep.model.settings.Settings;

/**
 * What the tasks of one query share in one executor process: memory, spill folder, and by stage the
 * program and the join tables. Nobody tells an executor that a query has ended: a stage's tables go
 * when another stage of the query begins and no task of theirs runs, a query when another one
 * begins and this has been idle for a while.
 */
final class ExecutorQuery {
    private static final Map<String, ExecutorQuery> QUERIES = new HashMap<>(); // guarded by itself
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** An executor's share of the heap that its queries' operators may hold, in percent. */
    private static final int HEAP_PERCENT = 50;

    /** A stage as this process runs it. */
    static final class OfStage {
        final StageProgram program;
        final BroadcastTables broadcasts;
        private int running; // guarded by QUERIES

        private OfStage(StageProgram program, MemoryPool memory) {
            this.program = program;
            this.broadcasts = new BroadcastTables(memory);
        }
    }

    private final String id;
    private final MemoryPool memory;
    private final SpillFolder spill;
    private final Map<Long, OfStage> stages = new HashMap<>(); // guarded by QUERIES
    private long lastTask; // guarded by QUERIES

    private ExecutorQuery(StageProgram program) {
        Settings settings = program.settings();
        long heap = Runtime.getRuntime().maxMemory() / 100 * HEAP_PERCENT;
        this.id = program.queryId();
        this.memory = new MemoryPool(Math.min(heap, settings.memory()));
        this.spill = new SpillFolder(settings.tempDirectory(), id);
    }

    /** The query of a program, whose task is about to run. */
    static ExecutorQuery of(StageProgram program) {
        synchronized (QUERIES) {
            long now = System.nanoTime();
            for (Iterator<ExecutorQuery> all = QUERIES.values().iterator(); all.hasNext(); ) {
                ExecutorQuery query = all.next();
                boolean idle = query.isIdle() && now - query.lastTask > IDLE_NANOS;
                if (idle && !query.id.equals(program.queryId())) {
                    all.remove();
                    query.close();
                }
            }
            ExecutorQuery query =
                    QUERIES.computeIfAbsent(program.queryId(), id -> new ExecutorQuery(program));
            query.lastTask = now;
            return query;
        }
    }

    /** Forgets a query that has ended, if this process has run tasks of it and runs none now. */
    static void forget(String queryId) {
        synchronized (QUERIES) {
            ExecutorQuery query = QUERIES.get(queryId);
            if (query != null && query.isIdle()) {
                QUERIES.remove(queryId);
                query.close();
            }
        }
    }

    /**
     * A task begins.
     *
     * @param run what no other run of a stage has
     * @param program of that run, or one that is equal: the tables are found by its nodes
     */
    OfStage enter(long run, StageProgram program) {
        synchronized (QUERIES) {
            stages.entrySet()
                    .removeIf(
                            each -> {
                                boolean over = each.getKey() != run && each.getValue().running == 0;
                                if (over) {
                                    each.getValue().broadcasts.close();
                                }
                                return over;
                            });
            OfStage stage = stages.computeIfAbsent(run, id -> new OfStage(program, memory));
            stage.running++;
            return stage;
        }
    }

    void leave(OfStage stage) {
        synchronized (QUERIES) {
            stage.running--;
            lastTask = System.nanoTime();
        }
    }

    private boolean isIdle() {
        return stages.values().stream().allMatch(stage -> stage.running == 0);
    }

    private void close() {
        stages.values().forEach(stage -> stage.broadcasts.close());
        spill.close();
    }

    MemoryPool memory() {
        return memory;
    }

    SpillFolder spill() {
        return spill;
    }
}
