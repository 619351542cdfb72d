package org.skep.executor.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedBuildTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void allGetTheSameAndEachPieceRunsOnce() throws Exception {
        for (int run = 0; run < 200; run++) {
            SharedBuild<int[]> build = new SharedBuild<>();
            AtomicInteger made = new AtomicInteger();
            AtomicIntegerArray times = new AtomicIntegerArray(50);
            List<Future<int[]>> all = new ArrayList<>();
            for (int task = 0; task < 4; task++) {
                all.add(
                        threads.submit(
                                () ->
                                        build.get(
                                                pieces -> {
                                                    made.incrementAndGet();
                                                    pieces.run(50, times::incrementAndGet);
                                                    pieces.run(1, times::incrementAndGet);
                                                    pieces.run(0, times::incrementAndGet);
                                                    return new int[] {times.get(0), times.get(49)};
                                                })));
            }
            for (Future<int[]> each : all) {
                assertSame(all.get(0).get(), each.get());
            }
            assertEquals(1, made.get());
            assertEquals(2, all.get(0).get()[0]);
            assertEquals(1, all.get(0).get()[1]);
        }
    }

    @Test
    void whoWaitsHelps() throws Exception {
        SharedBuild<String> build = new SharedBuild<>();
        CountDownLatch building = new CountDownLatch(1);
        CountDownLatch bothAtWork = new CountDownLatch(2);
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        Future<String> builder =
                threads.submit(
                        () ->
                                build.get(
                                        pieces -> {
                                            building.countDown();
                                            pieces.run(
                                                    2,
                                                    piece -> {
                                                        workers.add(Thread.currentThread());
                                                        meet(bothAtWork);
                                                    });
                                            return "made";
                                        }));
        building.await();
        Future<String> waiting = threads.submit(() -> build.get(pieces -> "made again"));
        assertEquals("made", builder.get());
        assertEquals("made", waiting.get());
        assertEquals(2, workers.size());
    }

    private static void meet(CountDownLatch both) {
        both.countDown();
        try {
            assertTrue(both.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPieceThatFailsFailsTheBuilderAndTheNextTriesAgain() throws Exception {
        SharedBuild<String> build = new SharedBuild<>();
        CountDownLatch building = new CountDownLatch(1);
        Future<String> builder =
                threads.submit(
                        () ->
                                build.get(
                                        pieces -> {
                                            building.countDown();
                                            pieces.run(
                                                    100,
                                                    piece -> {
                                                        if (piece == 37) {
                                                            throw new ArithmeticException("37");
                                                        }
                                                    });
                                            return "not made";
                                        }));
        building.await();
        Future<String> next =
                threads.submit(
                        () ->
                                build.get(
                                        pieces -> {
                                            pieces.run(10, piece -> {});
                                            return "made";
                                        }));
        ExecutionException failed = assertThrows(ExecutionException.class, builder::get);
        assertEquals("37", failed.getCause().getMessage());
        assertEquals("made", next.get());
        assertEquals("made", build.get(pieces -> "not asked"));
    }
}
