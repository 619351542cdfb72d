package org.skep.tests.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** What Spark's scheduler tells of attempts at tasks, and what is to be done then. */
final class Attempts extends SparkListener {
    private static final String SUCCESS = "Success";
    private static final int MOST_SAID = 200; // what follows are stack traces and figures

    private final List<Ended> all = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, Integer> shuffles = new ConcurrentHashMap<>(); // by stage
    private final Map<Integer, String> works = new ConcurrentHashMap<>(); // by stage
    private final AtomicReference<Action> afterFirstTask = new AtomicReference<>();
    private final AtomicReference<Action> afterFirstStage = new AtomicReference<>();
    private final AtomicReference<Action> whenEnded = new AtomicReference<>();
    private volatile Predicate<List<Ended>> condition = ended -> false; // of whenEnded

    /** What is done while the scheduler's events wait. */
    interface Action {
        void run() throws Exception;
    }

    /**
     * An attempt that has ended.
     *
     * @param stage as Spark counts them
     * @param stageAttempt 0 unless the stage's input was lost
     * @param work what its stage does, by the name of what it computes
     * @param shuffle that its stage writes, -1 for none
     * @param number of the attempt at its task, from 0
     * @param copy whether it was begun beside another
     * @param reason Success or the name of what it ended with
     * @param said more of that
     * @param begin in milliseconds of the clock, as is the end
     */
    record Ended(
            int stage,
            int stageAttempt,
            String work,
            int shuffle,
            int task,
            int number,
            boolean copy,
            String host,
            String reason,
            String said,
            long begin,
            long end) {
        long millis() {
            return end - begin;
        }

        boolean counts() {
            return reason.equals(SUCCESS);
        }
    }

    /** Those of this process's connection from now on. */
    static Attempts listen() {
        Attempts attempts = new Attempts();
        SparkContext.getOrCreate().addSparkListener(attempts);
        return attempts;
    }

    void afterFirstTask(Action action) {
        afterFirstTask.set(action);
    }

    void afterFirstStage(Action action) {
        afterFirstStage.set(action);
    }

    /** Does something once when an attempt ends and the condition holds of all so far. */
    void whenEnded(Predicate<List<Ended>> condition, Action action) {
        whenEnded.set(action);
        this.condition = condition;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        String reason = end.reason().toString();
        all.add(
                new Ended(
                        end.stageId(),
                        end.stageAttemptId(),
                        works.getOrDefault(end.stageId(), ""),
                        shuffles.getOrDefault(end.stageId(), -1),
                        end.taskInfo().partitionId(),
                        end.taskInfo().attemptNumber(),
                        end.taskInfo().speculative(),
                        end.taskInfo().host(),
                        reason.replaceAll("(?s)\\W.*", ""),
                        reason.substring(0, Math.min(reason.length(), MOST_SAID)),
                        end.taskInfo().launchTime(),
                        end.taskInfo().finishTime()));
        if (reason.equals(SUCCESS)) {
            run(afterFirstTask);
        }
        if (condition.test(List.copyOf(all))) {
            run(whenEnded);
        }
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
        scala.Option<Object> shuffle = submitted.stageInfo().shuffleDepId();
        shuffles.put(
                submitted.stageInfo().stageId(),
                shuffle.isDefined() ? (Integer) shuffle.get() : -1);
        works.put(submitted.stageInfo().stageId(), submitted.stageInfo().rddInfos().head().name());
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted completed) {
        run(afterFirstStage);
    }

    private static void run(AtomicReference<Action> action) {
        Action asked = action.getAndSet(null);
        if (asked != null) {
            try {
                asked.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Where the first that has ended was; for actions, which must not wait for more. */
    String firstHost() {
        return all.get(0).host();
    }

    /** All that have ended so far. */
    List<Ended> ended() throws Exception {
        SparkContext.getOrCreate().listenerBus().waitUntilEmpty();
        synchronized (all) {
            return List.copyOf(all);
        }
    }
}
