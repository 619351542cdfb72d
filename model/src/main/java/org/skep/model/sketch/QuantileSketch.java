package org.skep.model.sketch;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Which numbers have which share of all others below them, about (Karnin, Lang and Liberty,
 * "Optimal Quantile Approximation in Streams", 2016): a number at level h stands for 2 to the h of
 * those that were taken in. A level that is full is sorted, and every other of its numbers goes up
 * a level. With 200 numbers at the top, ranks are wrong by some 1 % of all.
 */
public final class QuantileSketch {
    private static final int TOP = 200;
    private static final int LEAST = 8;
    private static final double SHRINK = 2.0 / 3;
    private static final int MOST_LEVELS = 60;

    private double[][] levels = {new double[LEAST]};
    private int[] sizes = new int[1];
    private boolean odd;

    /** Takes a number in several times; no number is left out. */
    public void add(double value, long times) {
        if (Double.isNaN(value)) {
            return;
        }
        long left = times;
        for (int level = 0; left > 0; level++, left >>>= 1) {
            if ((left & 1) == 1) {
                put(level, value);
            }
        }
        compact();
    }

    private void put(int level, double value) {
        if (level >= levels.length) {
            int before = levels.length;
            levels = Arrays.copyOf(levels, level + 1);
            sizes = Arrays.copyOf(sizes, level + 1);
            for (int i = before; i <= level; i++) {
                levels[i] = new double[LEAST];
            }
        }
        if (sizes[level] == levels[level].length) {
            levels[level] = Arrays.copyOf(levels[level], 2 * sizes[level]);
        }
        levels[level][sizes[level]++] = value;
    }

    private int capacity(int level) {
        return Math.max(LEAST, (int) (TOP * Math.pow(SHRINK, levels.length - 1.0 - level)));
    }

    private void compact() {
        for (int level = 0; level < levels.length && level < MOST_LEVELS; level++) {
            int size = sizes[level];
            if (size <= capacity(level)) {
                continue;
            }
            double[] full = levels[level];
            Arrays.sort(full, 0, size);
            int even = size & ~1;
            for (int i = odd ? 1 : 0; i < even; i += 2) {
                put(level + 1, full[i]);
            }
            odd = !odd; // what is left out is too low as often as too high
            sizes[level] = size - even;
            if (even < size) {
                full[0] = full[size - 1];
            }
        }
    }

    public void merge(QuantileSketch other) {
        for (int level = 0; level < other.levels.length; level++) {
            for (int i = 0; i < other.sizes[level]; i++) {
                put(level, other.levels[level][i]);
            }
        }
        compact();
    }

    public boolean isEmpty() {
        return Arrays.stream(sizes).allMatch(size -> size == 0);
    }

    /** How many numbers were taken in. */
    public long total() {
        long total = 0;
        for (int level = 0; level < levels.length; level++) {
            total += (long) sizes[level] << level;
        }
        return total;
    }

    /**
     * The numbers that part all others into as many equal shares: the least, those in between, the
     * greatest; one more than {@code shares}. None when nothing was taken in.
     */
    public double[] quantiles(int shares) {
        int count = Arrays.stream(sizes).sum();
        if (count == 0) {
            return new double[0];
        }
        double[][] all = new double[count][];
        double total = 0;
        int next = 0;
        for (int level = 0; level < levels.length; level++) {
            double weight = Math.pow(2, level);
            for (int i = 0; i < sizes[level]; i++) {
                all[next++] = new double[] {levels[level][i], weight};
                total += weight;
            }
        }
        Arrays.sort(all, (a, b) -> Double.compare(a[0], b[0]));
        double[] found = new double[shares + 1];
        double passed = 0;
        int at = 0;
        for (int i = 0; i <= shares; i++) {
            double wanted = total * i / shares;
            while (at < count - 1 && passed + all[at][1] <= wanted) {
                passed += all[at++][1];
            }
            found[i] = all[at][0];
        }
        found[0] = all[0][0];
        return found;
    }

    /** Bytes of heap held. */
    public long bytes() {
        return Arrays.stream(levels).mapToLong(level -> 16 + 8L * level.length).sum();
    }

    public byte[] toBytes() {
        int count = Arrays.stream(sizes).sum();
        ByteBuffer out = ByteBuffer.allocate(4 + 4 * levels.length + 8 * count);
        out.putInt(levels.length);
        for (int level = 0; level < levels.length; level++) {
            out.putInt(sizes[level]);
            for (int i = 0; i < sizes[level]; i++) {
                out.putDouble(levels[level][i]);
            }
        }
        return out.array();
    }

    /**
     * What {@link #toBytes} has written.
     *
     * @throws IllegalArgumentException when it is damaged
     */
    public static QuantileSketch of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        QuantileSketch sketch = new QuantileSketch();
        try {
            int levels = in.getInt();
            if (levels < 0 || levels > MOST_LEVELS + 1) {
                throw new IllegalArgumentException("no quantiles: %d levels".formatted(levels));
            }
            for (int level = 0; level < levels; level++) {
                int size = in.getInt();
                if (size < 0 || size > in.remaining() / Double.BYTES) {
                    throw new IllegalArgumentException("no quantiles: a level of " + size);
                }
                for (int i = 0; i < size; i++) {
                    sketch.put(level, in.getDouble());
                }
            }
            return sketch;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("no quantiles: they end too early", e);
        }
    }
}
