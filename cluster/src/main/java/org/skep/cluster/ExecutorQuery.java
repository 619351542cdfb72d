package org.skep.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.skep.executor.exchange.SpillFolder;
import org.skep.executor.operator.BroadcastTables;
import org.skep.executor.task.MemoryPool;
import org.skep.model.settings.Settings;

/**
 * What the tasks of one query share in one executor process: memory, spill folder, and by stage the
 * program and the join tables. Nobody tells an executor that a query has ended: a stage's tables go
 * when another stage or attempt of the query begins and no task of theirs runs, a query when
 * another one begins and this has been idle for a while.
 */
final class ExecutorQuery {
    private static final Map<String, ExecutorQuery> QUERIES = new HashMap<>(); // guarded by itself
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** An executor's share of the heap that its queries' operators may hold, in percent. */
    private static final int HEAP_PERCENT = 50;

    private static final MemoryPool PROCESS =
            new MemoryPool(Runtime.getRuntime().maxMemory() / 100 * HEAP_PERCENT);

    /**
     * What tasks must have in common so that all have to read the same rows.
     *
     * @param stage as Spark counts them: each job over a stage's tasks has another
     * @param number of the attempt at it
     */
    private record Attempt(int stage, int number) {}

    /** A stage as this process runs it, on what earlier stages had put out when it was made. */
    static final class OfStage {
        final StageProgram program;
        final MemoryPool memory;
        final SpillFolder spill;
        final BroadcastTables broadcasts;
        private final ExecutorQuery query;
        private final long run;
        private final long epoch; // of Spark's knowledge of outputs
        private Attempt attempt; // the last that it was used in; guarded by QUERIES
        private int running; // guarded by QUERIES

        private OfStage(StageProgram program, ExecutorQuery query, long run, long epoch) {
            this.run = run;
            this.epoch = epoch;
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
    private final List<OfStage> stages = new ArrayList<>(); // guarded by QUERIES
    private long lastTask; // guarded by QUERIES

    private ExecutorQuery(Settings settings, String id) {
        this.memory = PROCESS.part(Math.min(PROCESS.limit(), settings.memory()));
        this.spill = new SpillFolder(settings.tempDirectory(), id);
    }

    /** A task begins: its stage as this process runs it, which is to be left when the task ends. */
    static OfStage enter(StageProgram.Sent sent, TaskContext task) {
        Attempt attempt = new Attempt(task.stageId(), task.stageAttemptNumber());
        synchronized (QUERIES) {
            long now = System.nanoTime();
            long epoch = SparkCalls.outputsEpoch();
            closeIdle(sent.queryId(), now);
            ExecutorQuery query = QUERIES.get(sent.queryId());
            OfStage stage = query == null ? null : query.find(sent.run(), attempt, epoch);
            if (stage == null) {
                StageProgram program = sent.read();
                if (query == null) {
                    query = new ExecutorQuery(program.settings(), sent.queryId());
                    QUERIES.put(sent.queryId(), query);
                }
                query.closeOver();
                stage = new OfStage(program, query, sent.run(), epoch);
                query.stages.add(stage);
            }
            query.lastTask = now;
            stage.attempt = attempt;
            stage.running++;
            return stage;
        }
    }

    /**
     * A map that ran again may have written other rows, and then all tasks of the stages that read
     * it run again: tables of the former rows are not for them. That is a later attempt. Jobs over
     * further tasks of a result are none, and share the tables unless outputs have changed.
     */
    private OfStage find(long run, Attempt attempt, long epoch) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            OfStage stage = stages.get(i);
            if (stage.run == run && (stage.attempt.equals(attempt) || stage.epoch == epoch)) {
                return stage;
            }
        }
        return null;
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
        stages.removeIf(
                stage -> {
                    boolean over = stage.running == 0;
                    if (over) {
                        stage.broadcasts.close();
                    }
                    return over;
                });
    }

    private boolean isIdle() {
        return stages.stream().allMatch(stage -> stage.running == 0);
    }

    private void close() {
        stages.forEach(stage -> stage.broadcasts.close());
        spill.close();
    }
}
