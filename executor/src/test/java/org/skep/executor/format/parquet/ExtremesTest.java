package org.skep.executor.format.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Least and greatest values against sorting. */
class ExtremesTest {
    private final Random dice = new Random(8);

    @Test
    void ofTexts() {
        for (int round = 0; round < 300; round++) {
            int count = 1 + dice.nextInt(40);
            Values values = new Values(Physical.BYTE_ARRAY, count);
            for (int i = 0; i < count; i++) {
                byte[] text = new byte[dice.nextInt(12)];
                Arrays.fill(text, (byte) 'x');
                for (int j = dice.nextInt(12); j < text.length; j++) {
                    text[j] = (byte) (dice.nextInt(3) - 1); // 0xff, 0, 1
                }
                values.starts[i] = values.appendData(text, 0, text.length);
                values.lengths[i] = text.length;
            }
            Comparator<byte[]> unsigned = Arrays::compareUnsigned;
            List<byte[]> sorted =
                    IntStream.range(0, count)
                            .mapToObj(i -> bytes(values, i))
                            .sorted(unsigned)
                            .toList();
            Extremes found = Extremes.of(values, 0, count);
            assertArrayEquals(sorted.get(0), bytes(values, found.least));
            assertArrayEquals(sorted.get(count - 1), bytes(values, found.greatest));
            DictionaryBuilder dictionary = DictionaryBuilder.build(values, count);
            if (dictionary != null) {
                Extremes same = Extremes.of(values, dictionary, 0, count);
                assertArrayEquals(sorted.get(0), bytes(values, same.least));
                assertArrayEquals(sorted.get(count - 1), bytes(values, same.greatest));
            }
        }
    }

    private static byte[] bytes(Values values, int i) {
        return Arrays.copyOfRange(
                values.data, values.starts[i], values.starts[i] + values.lengths[i]);
    }

    @Test
    void ofNumbers() {
        Values longs = new Values(Physical.INT64, 4);
        System.arraycopy(new long[] {5, Long.MIN_VALUE, Long.MAX_VALUE, 0}, 0, longs.longs, 0, 4);
        assertEquals(1, Extremes.of(longs, 0, 4).least);
        assertEquals(2, Extremes.of(longs, 0, 4).greatest);
        assertEquals(3, Extremes.of(longs, 3, 4).greatest);
        Values doubles = new Values(Physical.DOUBLE, 3);
        System.arraycopy(new double[] {Double.NaN, -1, 2}, 0, doubles.doubles, 0, 3);
        assertEquals(1, Extremes.of(doubles, 0, 3).least);
        assertEquals(2, Extremes.of(doubles, 0, 3).greatest);
        assertEquals(-1, Extremes.of(doubles, 0, 1).least);
        assertEquals(-1, Extremes.of(doubles, 1, 1).least);
    }
}
