package org.skep.cluster;

import java.util.HashMap;
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

    private static final MemoryPool PROCESS =
            new MemoryPool(Runtime.getRuntime().maxMemory() / 100 * HEAP_PERCENT);

    /** A stage as this process runs it. */
    static final class OfStage {
        final StageProgram program;
        final MemoryPool memory;
        final SpillFolder spill;
        final BroadcastTables broadcasts;
        private final ExecutorQuery query;
        private int running; // guarded by QUERIES

        private OfStage(StageProgram program, ExecutorQuery query) {
            this.program = program;
            this.memory = query.memory;
            this.spill = query.spill;
            this.broadcasts = new BroadcastTables(memory);
            this.query = query;
        }

        /** A task has ended. */
        void leave() {
            synchronized (QUERIES) {
                running--;
                query.lastTask = System.nanoTime();
            }
        }
    }

    private final MemoryPool memory;
    private final SpillFolder spill;
    private final Map<Long, OfStage> stages = new HashMap<>(); // guarded by QUERIES
    private long lastTask; // guarded by QUERIES

    private ExecutorQuery(Settings settings, String id) {
        this.memory = PROCESS.part(Math.min(PROCESS.limit(), settings.memory()));
        this.spill = new SpillFolder(settings.tempDirectory(), id);
    }

    /** A task begins: its stage as this process runs it, which is to be left when the task ends. */
    static OfStage enter(StageProgram.Sent sent) {
        synchronized (QUERIES) {
            long now = System.nanoTime();
            closeIdle(sent.queryId(), now);
            ExecutorQuery query = QUERIES.get(sent.queryId());
            OfStage stage = query == null ? null : query.stages.get(sent.run());
            if (stage == null) {
                StageProgram program = sent.read();
                if (query == null) {
                    query = new ExecutorQuery(program.settings(), sent.queryId());
                    QUERIES.put(sent.queryId(), query);
                }
                query.closeOver();
                stage = new OfStage(program, query);
                query.stages.put(sent.run(), stage);
            }
            query.lastTask = now;
            stage.running++;
            return stage;
        }
    }

    private static void closeIdle(String wanted, long now) {
        QUERIES.entrySet()
                .removeIf(
                        each -> {
                            ExecutorQuery query = each.getValue();
                            boolean idle =
                                    query.isIdle()
                                            && now - query.lastTask > IDLE_NANOS
                                            && !each.getKey().equals(wanted);
                            if (idle) {
                                query.close();
                            }
                            return idle;
                        });
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

    private void closeOver() {
        stages.values()
                .removeIf(
                        stage -> {
                            boolean over = stage.running == 0;
                            if (over) {
                                stage.broadcasts.close();
                            }
                            return over;
                        });
    }

    private boolean isIdle() {
        return stages.values().stream().allMatch(stage -> stage.running == 0);
    }

    private void close() {
        stages.values().forEach(stage -> stage.broadcasts.close());
        spill.close();
    }
}
