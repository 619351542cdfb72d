package org.skep.tests.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A thread that kills and freezes executors. It begins to wait for the next moment when both
 * workers have an executor again, for any time up to twice the pause; and it waits until a
 * statement runs.
 */
final class Disturber extends Thread {
    private static final long LOOK_MILLIS = 5;
    private static final long FROZEN_MILLIS = 20_000;

    private final Victims victims;
    private final Random random;
    private final int pauseMillis;
    private final List<Boolean> freezes = new ArrayList<>(); // what is to be done, in order
    private volatile long statement; // the number of the one that runs; 0 between them
    private volatile long expectedMillis; // what that one takes undisturbed
    private volatile boolean ended;

    Disturber(Victims victims, Random random, int pauseMillis, int kills, int freezes) {
        super("disturber");
        setDaemon(true);
        this.victims = victims;
        this.random = random;
        this.pauseMillis = pauseMillis;
        this.freezes.addAll(Collections.nCopies(kills, false));
        this.freezes.addAll(Collections.nCopies(freezes, true));
        Collections.shuffle(this.freezes, random);
    }

    /**
     * A statement is about to run.
     *
     * @param number not that of an earlier one
     * @param millis what it takes undisturbed
     */
    void begins(long number, long millis) {
        expectedMillis = millis;
        statement = number;
    }

    void ends() {
        statement = 0;
    }

    /** Whether all is done that was asked for, or the thread was told to end. */
    boolean isOver() {
        return !isAlive();
    }

    void end() throws InterruptedException {
        ended = true;
        join(FROZEN_MILLIS);
        interrupt(); // it waits for executors that do not come
        join();
    }

    @Override
    public void run() {
        try {
            for (boolean freeze : freezes) {
                boolean done = false;
                while (!done) { // an executor may end by itself: one that was frozen
                    victims.awaitWhole();
                    awaitMoment();
                    if (ended) {
                        return;
                    }
                    done = freeze ? freeze() : victims.kill();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            interrupt();
        }
    }

    private void awaitMoment() throws InterruptedException {
        Thread.sleep(random.nextInt(2 * pauseMillis + 1));
        double part = random.nextDouble();
        boolean waited = false;
        while (statement == 0 && !ended) {
            waited = true;
            Thread.sleep(LOOK_MILLIS);
        }
        if (waited) { // else it would be the first moment of a statement too often
            Thread.sleep((long) (part * expectedMillis));
        }
    }

    /** Half of them thaw when the statement has ended; else the cluster has to give them up. */
    private boolean freeze() throws IOException, InterruptedException {
        boolean aWhile = random.nextBoolean();
        long during = statement;
        Optional<ProcessHandle> frozen = victims.freeze();
        if (frozen.isEmpty()) {
            return false;
        }
        long end = System.nanoTime() + FROZEN_MILLIS * 1_000_000;
        try {
            while (System.nanoTime() < end && !ended && (aWhile || statement == during)) {
                Thread.sleep(LOOK_MILLIS);
            }
        } finally {
            OwnProcesses.signal("CONT", frozen.get());
        }
        return true;
    }
}
