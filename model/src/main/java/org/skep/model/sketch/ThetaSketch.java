package org.skep.model.sketch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * How many different values there are, from the hashes of all of them: those below a threshold
 * theta are kept, and as many as there are of them, so many times as many there are of all
 * (Dasgupta, Lang, Rhodes and Thaler, "A Framework for Estimating Stream Expression Cardinalities",
 * 2016).
 *
 * <p>Up to {@value #MOST} values are counted exactly; beyond, the standard error is 1 to 1.6 %. The
 * bytes are those of an ordered compact sketch of Apache DataSketches (serial version 3, 4,096
 * nominal entries, the default seed), which is also what Iceberg's blob type {@code
 * apache-datasketches-theta-v1} holds.
 */
public final class ThetaSketch {
    private static final int NOMINAL = 4096;
    private static final int SLOTS = 2 * NOMINAL;

    /** Hashes that are kept at most. */
    static final int MOST = SLOTS / 16 * 15;

    private static final int SERIAL_VERSION = 3;
    private static final int COMPACT_FAMILY = 3;
    private static final int READ_ONLY = 2;
    private static final int EMPTY = 4;
    private static final int COMPACT = 8;
    private static final int ORDERED = 16;
    private static final int SINGLE = 32;

    /** Of the default seed; sketches of other seeds cannot be merged with ours. */
    private static final short SEED_HASH = (short) 0x93cc;

    private long[] table = new long[128];
    private int count;
    private long theta = Long.MAX_VALUE;
    private boolean empty = true;

    /** Takes in a value by its hash, see {@link SingleValue}. */
    public void add(long hash) {
        empty = false;
        if (hash >= theta || hash == 0) {
            return;
        }
        if (insert(hash) && ++count > limit()) {
            if (table.length < SLOTS) {
                rehash(kept(), Math.min(SLOTS, 8 * table.length));
            } else {
                lowerTheta();
            }
        }
    }

    private int limit() {
        return table.length < SLOTS ? table.length / 2 : MOST;
    }

    private boolean insert(long hash) {
        int mask = table.length - 1;
        int slot = (int) hash & mask;
        while (table[slot] != 0) {
            if (table[slot] == hash) {
                return false;
            }
            slot = slot + 1 & mask;
        }
        table[slot] = hash;
        return true;
    }

    private void rehash(long[] hashes, int slots) {
        table = new long[slots];
        count = hashes.length;
        for (long hash : hashes) {
            insert(hash);
        }
    }

    /** The hashes in order. */
    private long[] kept() {
        long[] kept = new long[count];
        int next = 0;
        for (long hash : table) {
            if (hash != 0) {
                kept[next++] = hash;
            }
        }
        Arrays.sort(kept);
        return kept;
    }

    private void lowerTheta() {
        long[] hashes = kept();
        theta = hashes[NOMINAL];
        rehash(Arrays.copyOf(hashes, NOMINAL), SLOTS);
    }

    /** Takes in all that another has taken in. */
    public void merge(ThetaSketch other) {
        if (other.empty) {
            return;
        }
        empty = false;
        if (other.theta < theta) {
            theta = other.theta;
            long[] below = Arrays.stream(kept()).filter(hash -> hash < theta).toArray();
            rehash(below, table.length);
        }
        for (long hash : other.table) {
            if (hash != 0) {
                add(hash);
            }
        }
    }

    /** How many different values were taken in, about. */
    public double estimate() {
        return count * (Long.MAX_VALUE / (double) theta);
    }

    /** Whether the estimate is the very number, hashes that are alike by chance apart. */
    public boolean isExact() {
        return theta == Long.MAX_VALUE;
    }

    /** Bytes of heap held. */
    public long bytes() {
        return 8L * table.length;
    }

    public byte[] toBytes() {
        if (empty) {
            return header(8, 1, READ_ONLY | EMPTY | COMPACT | ORDERED, (short) 0).array();
        }
        if (count == 1 && isExact()) {
            int flags = READ_ONLY | COMPACT | ORDERED | SINGLE;
            return header(16, 1, flags, SEED_HASH).putLong(kept()[0]).array();
        }
        int longs = isExact() ? 2 : 3;
        ByteBuffer out =
                header(8 * (longs + count), longs, READ_ONLY | COMPACT | ORDERED, SEED_HASH);
        out.putInt(count).putFloat(1);
        if (!isExact()) {
            out.putLong(theta);
        }
        out.asLongBuffer().put(kept());
        return out.array();
    }

    private static ByteBuffer header(int bytes, int longs, int flags, short seedHash) {
        ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) longs).put((byte) SERIAL_VERSION).put((byte) COMPACT_FAMILY);
        return out.put((byte) 0).put((byte) 0).put((byte) flags).putShort(seedHash);
    }

    /**
     * A sketch that this class or DataSketches has written.
     *
     * @throws IllegalArgumentException when it is damaged, of another seed, or in a form that
     *     DataSketches has but does not write unasked (compressed, not compact)
     */
    public static ThetaSketch of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        require(bytes.length >= 8, "its length");
        int longs = in.get() & 0x3f;
        require(in.get() == SERIAL_VERSION, "its version");
        require(in.get() == COMPACT_FAMILY, "its family");
        int flags = in.get(5);
        ThetaSketch sketch = new ThetaSketch();
        if ((flags & EMPTY) != 0) {
            return sketch;
        }
        require(in.getShort(6) == SEED_HASH, "its seed");
        sketch.empty = false;
        int count = 1;
        if (longs > 1) {
            require(bytes.length >= 8 * longs, "its length");
            count = in.getInt(8);
            if (longs > 2) {
                sketch.theta = in.getLong(16);
            }
        }
        boolean fits = longs <= 3 && count >= 0 && bytes.length == 8L * (longs + (long) count);
        require(fits && sketch.theta > 0, "its length");
        for (int i = 0; i < count; i++) {
            sketch.add(in.getLong(8 * (longs + i)));
        }
        return sketch;
    }

    private static void require(boolean fine, String what) {
        if (!fine) {
            throw new IllegalArgumentException("no theta sketch that can be read: " + what);
        }
    }
}
