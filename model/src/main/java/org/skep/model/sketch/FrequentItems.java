package org.skep.model.sketch;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which values are frequent, and how often they are there. Counters for {@value #MOST} values; when
 * there is none for a value, the median of all counters is taken off from each and those that come
 * to nothing are free again (Anderson, Bevan, Lang, Liberty, Rhodes and Thaler, "A High-Performance
 * Algorithm for Identifying Frequent Items in Data Streams", 2017; also what DataSketches does). A
 * value is there at least as often as its counter says, and at most {@link #error} times more; one
 * without a counter at most {@code error} times.
 *
 * <p>Values longer than {@value #LONGEST} bytes have no counters: for them nothing is promised.
 */
public final class FrequentItems {
    private static final int SLOTS = 1024;
    private static final int MOST = SLOTS / 4 * 3;
    private static final int LONGEST = 256;

    /** Counters of which the median is taken for that of all. */
    private static final int SAMPLE = 128;

    private static final Comparator<Item> ORDER =
            Comparator.comparingLong(Item::count)
                    .reversed()
                    .thenComparing(Item::value, Arrays::compareUnsigned);

    private long[] hashes = {};
    private long[] counts = {};
    private byte[][] values = {};
    private int size;
    private long valueBytes;
    private long total;
    private long error;
    private int last;

    /**
     * A value.
     *
     * @param value in Iceberg's single-value binary form
     * @param count how often it is there at least
     */
    public record Item(byte[] value, long count) {}

    /**
     * Takes in a value several times.
     *
     * @param hash of the value, see {@link SingleValue}
     * @param length of its bytes
     * @return whether these bytes must be given, to {@link #name}
     */
    public boolean add(long hash, int length, long times) {
        total += times;
        if (length > LONGEST) {
            return false;
        }
        int slot = slot(hash);
        if (counts.length > 0 && counts[slot] > 0) {
            counts[slot] += times;
            return false;
        }
        if (size == MOST) {
            purge();
            slot = slot(hash);
        } else if (counts.length == 0 || size >= counts.length / 4 * 3) {
            rehash(Math.max(32, 2 * counts.length));
            slot = slot(hash);
        }
        hashes[slot] = hash;
        counts[slot] = times;
        size++;
        last = slot;
        return true;
    }

    /**
     * Takes in values of which no more is known than how often each of them is there at most.
     *
     * @param count of all of them together
     */
    public void addUncounted(long count, long most) {
        total += count;
        error += most;
    }

    /** The bytes of the value that was new to {@link #add} just now; they are kept. */
    public void name(byte[] value) {
        values[last] = value;
        valueBytes += 16 + value.length;
    }

    /** Where a hash is, or would be. */
    private int slot(long hash) {
        int mask = counts.length - 1;
        int slot = (int) hash & mask;
        while (counts.length > 0 && counts[slot] > 0 && hashes[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void purge() {
        long[] sample = new long[SAMPLE];
        int sampled = 0;
        for (int i = 0; i < counts.length && sampled < SAMPLE; i++) {
            if (counts[i] > 0) {
                sample[sampled++] = counts[i];
            }
        }
        Arrays.sort(sample, 0, sampled);
        long median = sample[sampled / 2];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Math.max(0, counts[i] - median);
        }
        error += median;
        rehash(SLOTS);
    }

    private void rehash(int slots) {
        long[] oldHashes = hashes;
        long[] oldCounts = counts;
        byte[][] oldValues = values;
        hashes = new long[slots];
        counts = new long[slots];
        values = new byte[slots][];
        size = 0;
        valueBytes = 0;
        for (int i = 0; i < oldCounts.length; i++) {
            if (oldCounts[i] > 0) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                counts[slot] = oldCounts[i];
                values[slot] = oldValues[i];
                size++;
                valueBytes += 16 + oldValues[i].length;
            }
        }
    }

    /** Takes in all that another has taken in. */
    public void merge(FrequentItems other) {
        long all = total + other.total;
        for (int i = 0; i < other.counts.length; i++) {
            if (other.counts[i] > 0) {
                byte[] value = other.values[i];
                if (add(other.hashes[i], value.length, other.counts[i])) {
                    name(value);
                }
            }
        }
        total = all;
        error += other.error;
    }

    /** How many values were taken in. */
    public long total() {
        return total;
    }

    /** How many times more a value may be there than its count says. */
    public long error() {
        return error;
    }

    /** The values that have counters, the most frequent first. */
    public List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                items.add(new Item(values[i], counts[i]));
            }
        }
        items.sort(ORDER);
        return items;
    }

    /**
     * The same with fewer counters: without those that tell less than the error, and not more than
     * {@code most}. The error grows by what the first that is left out had.
     */
    public FrequentItems trimmed(int most) {
        List<Item> items = items();
        int kept = 0;
        while (kept < items.size() && kept < most && items.get(kept).count() > error) {
            kept++;
        }
        FrequentItems trimmed = of(items.subList(0, kept));
        trimmed.total = total;
        trimmed.error = error + (kept < items.size() ? items.get(kept).count() : 0);
        return trimmed;
    }

    private static FrequentItems of(List<Item> items) {
        FrequentItems made = new FrequentItems();
        for (Item item : items) {
            byte[] value = item.value();
            long hash = SingleValue.hash(value, 0, value.length);
            if (made.add(hash, value.length, item.count())) {
                made.name(value);
            }
        }
        return made;
    }

    /** Bytes of heap held. */
    public long bytes() {
        return 20L * counts.length + valueBytes;
    }

    /**
     * Little-endian: total and error as 8 bytes, how many items as 4; of each, the most frequent
     * first, its count as 8 bytes, its value's length as 4, the value.
     */
    public byte[] toBytes() {
        List<Item> items = items();
        int length = 20;
        for (Item item : items) {
            length += 12 + item.value().length;
        }
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(total).putLong(error).putInt(items.size());
        for (Item item : items) {
            out.putLong(item.count()).putInt(item.value().length).put(item.value());
        }
        return out.array();
    }

    /**
     * What {@link #toBytes} has written.
     *
     * @throws IllegalArgumentException when it is damaged
     */
    public static FrequentItems of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            long total = in.getLong();
            long error = in.getLong();
            List<Item> items = new ArrayList<>();
            for (int i = in.getInt(); i > 0; i--) {
                long count = in.getLong();
                int length = in.getInt();
                if (count <= 0 || length < 0 || length > in.remaining()) {
                    throw new IllegalArgumentException("no frequent items: a value is damaged");
                }
                byte[] value = new byte[length];
                in.get(value);
                items.add(new Item(value, count));
            }
            FrequentItems made = of(items);
            made.total = total;
            made.error += error;
            return made;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("no frequent items: they end too early", e);
        }
    }
}
