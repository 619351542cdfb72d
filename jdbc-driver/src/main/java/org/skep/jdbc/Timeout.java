package org.skep.jdbc;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Cancels a query when its time is up. */
final class Timeout {
    static final Timeout NONE = new Timeout(0);

    private final int seconds;
    private volatile boolean expired;
    private ScheduledFuture<?> alarm;

    private Timeout(int seconds) {
        this.seconds = seconds;
    }

    /** Runs {@code cancel} after so many seconds, unless stopped before; 0 for never. */
    static Timeout start(int seconds, Runnable cancel) {
        if (seconds == 0) {
            return NONE;
        }
        Timeout timeout = new Timeout(seconds);
        timeout.alarm =
                Clock.THREAD.schedule(
                        () -> {
                            timeout.expired = true;
                            cancel.run();
                        },
                        seconds,
                        TimeUnit.SECONDS);
        return timeout;
    }

    void stop() {
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    boolean expired() {
        return expired;
    }

    int seconds() {
        return seconds;
    }

    /** Made when the first timeout is set. */
    private static final class Clock {
        static final ScheduledThreadPoolExecutor THREAD =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, "skep-jdbc-timeouts");
                            thread.setDaemon(true);
                            return thread;
                        });

        static {
            THREAD.setRemoveOnCancelPolicy(true);
        }

        private Clock() {}
    }
}
