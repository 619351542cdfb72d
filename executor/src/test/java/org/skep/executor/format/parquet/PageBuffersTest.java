package org.skep.executor.format.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PageBuffersTest {
    @Test
    void arraysAreLargeEnoughAndNotMuchLarger() {
        PageBuffers buffers = new PageBuffers(1 << 20);
        Random random = new Random(5);
        for (int i = 0; i < 1000; i++) {
            int length = 1 + random.nextInt(1 << random.nextInt(22));
            int got = buffers.take(length).length;
            assertTrue(got >= length, () -> got + " for " + length);
            assertTrue(got <= Math.max(4096, length * 5L / 4), () -> got + " for " + length);
        }
    }

    @Test
    void whatIsGivenBackIsTakenAgainByWhomItFits() {
        PageBuffers buffers = new PageBuffers(1 << 20);
        byte[] array = buffers.take(100_000);
        assertNotSame(array, buffers.take(100_000));
        buffers.give(array);
        assertNotSame(array, buffers.take(50_000));
        assertSame(array, buffers.take(99_999));
        assertNotSame(array, buffers.take(99_999));
    }

    @Test
    void noMoreIsKeptThanAllowed() {
        PageBuffers buffers = new PageBuffers(10_000);
        byte[] first = buffers.take(8000);
        byte[] second = buffers.take(8000);
        assertEquals(8192, first.length);
        buffers.give(first);
        buffers.give(second);
        assertSame(first, buffers.take(8000));
        assertNotSame(second, buffers.take(8000));
        buffers.give(new byte[5000]); // of no size that is kept
    }
}
