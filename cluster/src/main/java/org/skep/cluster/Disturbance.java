package org.skep.cluster;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SparkEnv;
import org.skep.executor.operator.RowsToRead;
import org.skep.executor.task.TaskContext;
import org.skep.model.settings.Chaos;
import org.skep.model.settings.Chaos.Injection;

/**
 * What the setting {@code chaos} does to one attempt at a task. An attempt fails, or its process
 * ends, when so many rows have come in; if it is not known how many there are, or they are fewer
 * than that, when all its work is done and nobody has been told.
 */
final class Disturbance {
    private static final long NAP_MILLIS = 5;
    private static final double WHOLE = 100;

    /** As of a process that SIGKILL ends. */
    private static final int EXIT = 137;

    private final TaskContext task;
    private final AtomicBoolean cancelled;
    private final List<Injection> injections;
    private final long rows; // that will come in, RowsToRead.UNKNOWN if that is not known
    private final double factor; // 1 when it is not slowed down
    private long worksSince = System.nanoTime();

    private Disturbance(
            TaskContext task, AtomicBoolean cancelled, List<Injection> injections, long rows) {
        this.task = task;
        this.cancelled = cancelled;
        this.injections = injections;
        this.rows = rows;
        this.factor =
                injections.stream()
                        .filter(injection -> injection.act() == Chaos.Act.SLOW_TASK)
                        .mapToDouble(Injection::amount)
                        .max()
                        .orElse(1);
    }

    /**
     * What befalls an attempt; null when nothing does. Of a later attempt at a disturbed task the
     * user hears.
     *
     * @param cancelled becomes true when the attempt is to end
     */
    static Disturbance of(
            StageProgram program,
            TaskContext task,
            org.apache.spark.TaskContext spark,
            AtomicBoolean cancelled) {
        Chaos chaos = program.settings().chaos();
        if (chaos.isEmpty()) {
            return null;
        }
        boolean sink = program.stage().output() == null;
        List<Injection> mine = chaos.of(new Chaos.Place(task.stage(), sink, task.task()));
        if (mine.isEmpty()) {
            return null;
        }
        // a stage that runs in another's job was done, and lost some of its output
        boolean again =
                !Integer.toString(task.stage()).equals(spark.getLocalProperty(StageJobs.JOB_STAGE));
        if (again || spark.attemptNumber() > 0 || spark.stageAttemptNumber() > 0) {
            task.warn(
                    "chaos: task %d of stage %d was run again after '%s'"
                            .formatted(task.task(), task.stage(), mine.get(0)));
            return null;
        }
        RowsToRead expected = new RowsToRead(program.settings().threads(), new Known(program));
        long rows = expected.of(program.stage().root(), task.task());
        return new Disturbance(task, cancelled, mine, rows);
    }

    private record Known(StageProgram program) implements RowsToRead.StageRows {
        @Override
        public long ofPartition(int stage, int partition) {
            return program.inputs().get(stage).rows()[partition];
        }

        @Override
        public int partitions(int stage) {
            return program.inputs().get(stage).rows().length;
        }
    }

    /** Called for each batch that comes in, before it is used. */
    void rowsIn(long soFar) {
        slowDown();
        for (Injection injection : injections) {
            boolean atEnd = rows == RowsToRead.UNKNOWN || injection.amount() == WHOLE;
            if (!atEnd && soFar * WHOLE >= injection.amount() * rows) {
                strike(injection, "after %d of %d rows".formatted(soFar, rows));
            }
        }
    }

    /** Called when the attempt has done its work. */
    void allDone() {
        slowDown();
        injections.forEach(injection -> strike(injection, "when it was done"));
    }

    private void strike(Injection injection, String when) {
        switch (injection.act()) {
            case SLOW_TASK -> {}
            case CRASH_TASK -> throw crash(injection, when);
            case KILL_TASK -> {
                if (SparkEnv.get().executorId().equals("driver")) {
                    throw crash(injection, when); // never the user's own process
                }
                Runtime.getRuntime().halt(EXIT);
            }
        }
    }

    /** Not an error of the query: Spark runs the task again. */
    private IllegalStateException crash(Injection injection, String when) {
        return new IllegalStateException(
                "chaos: '%s' ends task %d of stage %d %s"
                        .formatted(injection, task.task(), task.stage(), when));
    }

    /** Waits in proportion to the time worked since it last did; not longer than it may. */
    private void slowDown() {
        if (factor == 1) {
            return;
        }
        long now = System.nanoTime();
        long end = now + (long) ((now - worksSince) * (factor - 1));
        try {
            while (!cancelled.get() && System.nanoTime() < end) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                Thread.sleep(Math.max(0, Math.min(left, NAP_MILLIS)) + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever did this also says why
        }
        task.stopIfCancelled();
        worksSince = System.nanoTime();
    }
}
