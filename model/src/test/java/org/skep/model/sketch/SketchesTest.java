package org.skep.model.sketch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SketchesTest {
    private static ThetaSketch theta(long from, long to) {
        ThetaSketch sketch = new ThetaSketch();
        for (long i = from; i < to; i++) {
            sketch.add(SingleValue.hash(i));
        }
        return sketch;
    }

    /** What DataSketches 6.2.0 writes for no value, and for the BIGINT 5. */
    @Test
    void bytesOfDataSketches() {
        HexFormat hex = HexFormat.of();
        assertEquals("01030300001e0000", hex.formatHex(theta(0, 0).toBytes()));
        assertEquals("01030300003acc93bd3273724691cc14", hex.formatHex(theta(5, 6).toBytes()));
    }

    @Test
    void fewValuesAreCounted() {
        for (int count : new int[] {0, 1, 2, 100, ThetaSketch.MOST}) {
            ThetaSketch sketch = theta(0, count);
            sketch.merge(theta(0, count));
            assertEquals(count, sketch.estimate());
            assertTrue(sketch.isExact());
            assertEquals(count, ThetaSketch.of(sketch.toBytes()).estimate());
        }
    }

    @Test
    void manyValuesAreEstimated() {
        for (int count : new int[] {10_000, 100_000, 1_000_000}) {
            ThetaSketch sketch = theta(0, count);
            assertFalse(sketch.isExact());
            assertEquals(count, sketch.estimate(), 0.05 * count);
            assertEquals(sketch.estimate(), ThetaSketch.of(sketch.toBytes()).estimate());
            assertArrayEquals(sketch.toBytes(), ThetaSketch.of(sketch.toBytes()).toBytes());
        }
    }

    @Test
    void mergedSketchesKnowAllValues() {
        ThetaSketch all = new ThetaSketch();
        for (int part = 0; part < 20; part++) {
            all.merge(ThetaSketch.of(theta(part * 10_000L, part * 10_000L + 20_000).toBytes()));
            all.merge(theta(3, 5));
        }
        assertEquals(210_000, all.estimate(), 0.05 * 210_000);
        ThetaSketch few = theta(0, 10);
        few.merge(all);
        assertEquals(all.estimate(), few.estimate());
    }

    @Test
    void damagedSketchesAreRefused() {
        byte[] whole = theta(0, 1000).toBytes();
        for (int length : new int[] {0, 7, 15, whole.length - 1}) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(IllegalArgumentException.class, () -> ThetaSketch.of(cut));
        }
        for (int place : new int[] {0, 1, 2, 6, 9}) {
            byte[] changed = whole.clone();
            changed[place] ^= 0x11;
            assertThrows(IllegalArgumentException.class, () -> ThetaSketch.of(changed));
        }
        FrequentItems items = new FrequentItems();
        add(items, "a", 3);
        byte[] bytes = items.toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(IllegalArgumentException.class, () -> FrequentItems.of(cut));
        }
    }

    @Test
    void decimalsAreAsShortAsTheyCanBe() {
        for (long value : new long[] {0, 1, -1, 127, 128, -128, -129, 32767, Long.MIN_VALUE}) {
            byte[] bytes = java.math.BigInteger.valueOf(value).toByteArray();
            assertArrayEquals(bytes, SingleValue.bytes(value >> 63, value));
            assertEquals(
                    SingleValue.hash(bytes, 0, bytes.length), SingleValue.hash(value >> 63, value));
        }
    }

    @Test
    void hashesOfNumbersAreThoseOfTheirBytes() {
        byte[] eight = SingleValue.bytes(-123456789012345L);
        assertEquals(SingleValue.hash(eight, 0, 8), SingleValue.hash(-123456789012345L));
        byte[] four = SingleValue.bytes(-12345);
        assertEquals(SingleValue.hash(four, 0, 4), SingleValue.hash(-12345));
        byte[] truth = SingleValue.bytes(true);
        assertEquals(SingleValue.hash(truth, 0, 1), SingleValue.hash(true));
        assertEquals(SingleValue.hash(0.0), SingleValue.hash(-0.0));
        assertEquals(SingleValue.hash(0f), SingleValue.hash(-0f));
        double otherNaN = Double.longBitsToDouble(0x7ff8000000000123L);
        assertEquals(SingleValue.hash(Double.NaN), SingleValue.hash(otherNaN));
    }

    private static void add(FrequentItems items, String value, long times) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (items.add(SingleValue.hash(bytes, 0, bytes.length), bytes.length, times)) {
            items.name(bytes);
        }
    }

    private static Map<String, Long> counts(FrequentItems items) {
        Map<String, Long> counts = new HashMap<>();
        items.items()
                .forEach(
                        item ->
                                counts.put(
                                        new String(item.value(), StandardCharsets.UTF_8),
                                        item.count()));
        return counts;
    }

    /** What is promised of every value, also of merged and of trimmed ones. */
    @Test
    void frequentItemsKeepTheirPromise() {
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            Map<String, Long> truth = new HashMap<>();
            FrequentItems all = new FrequentItems();
            for (int part = 0; part < 4; part++) {
                FrequentItems items = new FrequentItems();
                for (int i = 0; i < 20_000; i++) {
                    // some values that are frequent, many that are not
                    int value = (int) Math.exp(random.nextDouble() * 9.5);
                    add(items, "v" + value, 1 + seed % 3);
                    truth.merge("v" + value, 1L + seed % 3, Long::sum);
                }
                all.merge(FrequentItems.of(items.toBytes()));
            }
            all.addUncounted(30, 5);
            for (int i = 0; i < 10; i++) {
                truth.put("uncounted" + i, 3L);
            }
            assertEquals(truth.values().stream().mapToLong(n -> n).sum(), all.total());
            assertTrue(all.error() < all.total() / 100, "error " + all.error());
            check(truth, all);
            check(truth, all.trimmed(100));
            check(truth, FrequentItems.of(all.trimmed(10).toBytes()));
        }
    }

    private static void check(Map<String, Long> truth, FrequentItems items) {
        Map<String, Long> counts = counts(items);
        truth.forEach(
                (value, count) -> {
                    long told = counts.getOrDefault(value, 0L);
                    assertTrue(told <= count, value + " is there less often than " + told);
                    assertTrue(told + items.error() >= count, value + " is there more often");
                });
    }

    @Test
    void fewItemsAreCounted() {
        FrequentItems items = new FrequentItems();
        for (int i = 0; i < 700; i++) {
            add(items, "v" + i, i + 1);
        }
        add(items, "x".repeat(257), 5);
        assertEquals(0, items.error());
        assertEquals(700, items.items().get(0).count());
        assertEquals(700, items.items().size());
        assertEquals(600, items.trimmed(100).error());
        FrequentItems again = FrequentItems.of(items.toBytes());
        assertEquals(counts(items), counts(again));
        assertEquals(items.total(), again.total());
    }

    @Test
    void aColumnIsBoth() {
        ColumnSketch sketch = new ColumnSketch();
        for (long i = 0; i < 1000; i++) {
            if (sketch.add(SingleValue.hash(i % 10), Long.BYTES, 2)) {
                sketch.name(SingleValue.bytes(i % 10));
            }
        }
        ColumnSketch again = ColumnSketch.of(sketch.toBytes());
        again.merge(sketch);
        assertEquals(4000, again.values());
        assertEquals(10, again.distinct().estimate());
        assertEquals(400, again.frequent().items().get(0).count());
        byte[] cut = Arrays.copyOf(sketch.toBytes(), 20);
        assertThrows(IllegalArgumentException.class, () -> ColumnSketch.of(cut));
        byte[] negative = ByteBuffer.allocate(8).putInt(-5).array();
        assertThrows(IllegalArgumentException.class, () -> ColumnSketch.of(negative));
    }

    /** Each quantile has about as many values below it as it says. */
    private static void assertQuantiles(QuantileSketch sketch, double[] sorted) {
        double[] found = sketch.quantiles(20);
        assertEquals(21, found.length);
        for (int i = 0; i <= 20; i++) {
            double wanted = i / 20.0;
            double quantile = found[i];
            double below = Arrays.stream(sorted).filter(value -> value < quantile).count();
            double notAbove = Arrays.stream(sorted).filter(value -> value <= quantile).count();
            double low = below / sorted.length;
            double high = notAbove / sorted.length;
            assertTrue(low <= wanted + 0.03 && high >= wanted - 0.03, i + ": " + low + " " + high);
        }
    }

    @Test
    void quantilesOfEvenAndUnevenValues() {
        Random random = new Random(7);
        for (int count : new int[] {1, 5, 1000, 100_000}) {
            double[] values = new double[count];
            QuantileSketch sketch = new QuantileSketch();
            QuantileSketch other = new QuantileSketch();
            for (int i = 0; i < count; i++) {
                values[i] = i % 3 == 0 ? 5 : Math.exp(10 * random.nextDouble());
                (i % 2 == 0 ? sketch : other).add(values[i], 1);
            }
            sketch.merge(other);
            Arrays.sort(values);
            assertQuantiles(sketch, values);
            assertQuantiles(QuantileSketch.of(sketch.toBytes()), values);
            assertTrue(sketch.toBytes().length < 16_000, "small: " + sketch.toBytes().length);
        }
    }

    @Test
    void quantilesOfValuesThatAreThereOften() {
        QuantileSketch sketch = new QuantileSketch();
        double[] values = new double[70_000];
        for (int i = 0; i < 100; i++) {
            int times = i < 50 ? 1000 : 400;
            sketch.add(i, times);
            int from = i < 50 ? i * 1000 : 50_000 + (i - 50) * 400;
            Arrays.fill(values, from, from + times, i);
        }
        assertQuantiles(sketch, values);
    }

    @Test
    void noQuantilesOfNothing() {
        QuantileSketch sketch = new QuantileSketch();
        sketch.add(Double.NaN, 3);
        assertTrue(sketch.isEmpty());
        assertEquals(0, sketch.quantiles(4).length);
        assertThrows(
                IllegalArgumentException.class, () -> QuantileSketch.of(new byte[] {0, 0, 0, 1}));
        assertThrows(
                IllegalArgumentException.class,
                () -> QuantileSketch.of(new byte[] {0, 0, 0, 1, 0, 0, 0, 9}));
    }
}
