package org.skep.cluster;

import java.util.Map;

/**
 * How Spark is told to go on when executors die or freeze: it shall cost time and nothing else, and
 * not much of that. {@code RandomKills} in the tests measures it.
 */
final class Recovery {
    /**
     * Spark's settings.
     *
     * <ul>
     *   <li>Frozen executors: given up when nothing was heard of them for 12 s, looked for each
     *       second.
     *   <li>Limits: a standalone worker tells that its executor has ended with code 137, and Spark
     *       counts that as a failure of the task that ran there, as if it were to blame; the fourth
     *       would end the query. Each lost executor also fails the stage that reads what it had
     *       written, and the fourth time in a row would end the query, too. A task that fails by
     *       itself is mostly an error of the query, which is never retried, so that higher limits
     *       cost nothing there; one that brings down its executor does so eight times.
     *   <li>Reading what a dead executor has written: by default a task waits 5 s before it tries
     *       again and is told that the executor is dead, while its core stands still. From a frozen
     *       one no byte comes, and a new connection is taken by the system, but not answered:
     *       shorter limits for both, more tries instead.
     *   <li>An executor whose worker died with it: nobody tells its exit code, and Spark waits 5 s
     *       for it.
     *   <li>Copies of tasks that lag behind: a new executor is slow in its first seconds, and where
     *       tasks are short, all wait for its. A copy begins at 1.5 times the median, so that a
     *       straggler costs 2.5 times it and not 3; it runs where no other task of the stage is
     *       left.
     * </ul>
     */
    static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("spark.network.timeout", "12s"),
                    Map.entry("spark.network.timeoutInterval", "1s"),
                    Map.entry("spark.executor.heartbeatInterval", "2s"),
                    Map.entry("spark.task.maxFailures", "8"),
                    Map.entry("spark.stage.maxConsecutiveAttempts", "16"),
                    Map.entry("spark.shuffle.io.retryWait", "500ms"),
                    Map.entry("spark.shuffle.io.maxRetries", "10"),
                    Map.entry("spark.shuffle.io.connectionTimeout", "6s"),
                    Map.entry("spark.network.auth.rpcTimeout", "5s"),
                    Map.entry("spark.standalone.executorRemoveDelayOnDisconnection", "1s"),
                    Map.entry("spark.speculation", "true"),
                    Map.entry("spark.speculation.quantile", "0.75"),
                    Map.entry("spark.speculation.multiplier", "1.5"),
                    Map.entry("spark.speculation.minTaskRuntime", "200ms"));

    private Recovery() {}
}
