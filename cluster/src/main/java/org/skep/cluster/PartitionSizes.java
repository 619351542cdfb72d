package org.skep.cluster;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Rows and decoded bytes by partition, packed: a task's go to the driver, where there may be
 * thousands of tasks with thousands of partitions each. Two to six bytes for a partition with rows
 * of which there are less than two millions, one for an empty one.
 *
 * @param packed for each partition the rows, then the bytes if there are rows; seven bits in a
 *     byte, the lowest first, and the eighth bit says that more come
 */
record PartitionSizes(byte[] packed) implements Serializable {
    private static final int LONGEST = 10;

    static PartitionSizes of(long[] rows, long[] bytes) {
        ByteBuffer out = ByteBuffer.allocate(2 * LONGEST * rows.length);
        for (int p = 0; p < rows.length; p++) {
            write(out, rows[p]);
            if (rows[p] > 0) {
                write(out, bytes[p]);
            }
        }
        return new PartitionSizes(Arrays.copyOf(out.array(), out.position()));
    }

    private static void write(ByteBuffer out, long value) {
        long left = value;
        while (left > 0x7f) {
            out.put((byte) (left | 0x80));
            left >>>= 7;
        }
        out.put((byte) left);
    }

    /** Adds them to those of other tasks. */
    void addTo(long[] rows, long[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(packed);
        for (int p = 0; in.hasRemaining(); p++) {
            long more = read(in);
            rows[p] += more;
            if (more > 0) {
                bytes[p] += read(in);
            }
        }
    }

    private static long read(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        while (true) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
            shift += 7;
        }
    }
}
