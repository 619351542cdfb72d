package org.skep.executor.format.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

class ReadAheadTest {
    private static final int BLOCK = 256 << 10;

    private final Semaphore permit = new Semaphore(0);

    /** Bytes of an array, then the end or a failure. */
    private static final class Source implements ByteSource {
        private final byte[] bytes;
        private final RuntimeException failure;
        private int at;
        private boolean closed;

        Source(byte[] bytes, RuntimeException failure) {
            this.bytes = bytes;
            this.failure = failure;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = Math.min(length, bytes.length - at);
            if (count < length && failure != null) {
                throw failure;
            }
            System.arraycopy(bytes, at, into, offset, count);
            at += count;
            return count;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    @Test
    void givesTheBytesOfItsSource() {
        for (int size : new int[] {0, 1, 1000, BLOCK - 1, BLOCK, BLOCK + 1, 9 * BLOCK, 3_000_001}) {
            byte[] bytes = bytes(size);
            Source source = new Source(bytes, null);
            byte[] read = new byte[size + 10];
            int count = 0;
            try (ReadAhead ahead = new ReadAhead(source, permit)) {
                for (int more = -1; more != 0; count += more) {
                    more = ahead.read(read, count, Math.min(70_000, read.length - count));
                }
                assertEquals(0, ahead.read(read, 0, 10));
            }
            assertEquals(size, count);
            assertArrayEquals(bytes, Arrays.copyOf(read, count));
            assertTrue(source.closed);
        }
        assertEquals(8, permit.availablePermits());
    }

    @Test
    void aFailureComesBehindTheBytesBeforeIt() {
        QueryException failure = new QueryException(ErrorCode.CORRUPT_FILE, "damaged");
        try (ReadAhead ahead = new ReadAhead(new Source(bytes(2 * BLOCK), failure), permit)) {
            byte[] read = new byte[2 * BLOCK];
            assertEquals(read.length, ahead.read(read, 0, read.length));
            assertArrayEquals(bytes(2 * BLOCK), read);
            assertThrows(QueryException.class, () -> ahead.read(read, 0, 1));
            assertThrows(QueryException.class, () -> ahead.read(read, 0, 1));
        }
    }

    @Test
    void mayBeClosedBeforeTheEnd() {
        Source source = new Source(bytes(50 * BLOCK), null);
        ReadAhead ahead = new ReadAhead(source, permit);
        ahead.read(new byte[10], 0, 10);
        ahead.close();
        ahead.close();
        assertTrue(source.closed);
        assertEquals(1, permit.availablePermits());
    }
}
