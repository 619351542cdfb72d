package org.skep.executor.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.type.Type;

class KeyFilterTest {
    private static Column column(Type type, List<?> values) {
        ColumnBuilder builder = ColumnBuilder.of(type, values.size());
        values.forEach(builder::appendValue);
        return builder.build();
    }

    /** Values of the second half are no keys; every third value is null as well as being there. */
    private static void check(Type type, int count, double falsely, IntFunction<Object> value) {
        List<Object> keys = new ArrayList<>();
        List<Object> asked = new ArrayList<>();
        Set<Object> there = new HashSet<>();
        for (int i = 0; i < count; i++) {
            keys.add(value.apply(i));
            there.add(value.apply(i));
            if (i % 3 == 0) {
                keys.add(null);
            }
        }
        for (int i = 0; i < 2 * count; i++) {
            asked.add(i % 7 == 0 ? null : value.apply(i));
        }
        KeyFilter filter = KeyFilter.of(column(type, keys));
        int[] selected = new int[asked.size()];
        int found = filter.select(column(type, asked), selected);
        Set<Integer> places = new HashSet<>();
        for (int i = 0; i < found; i++) {
            assertTrue(i == 0 || selected[i] > selected[i - 1]);
            places.add(selected[i]);
        }
        int wrong = 0;
        for (int i = 0; i < asked.size(); i++) {
            boolean wanted = asked.get(i) != null && there.contains(asked.get(i));
            assertTrue(!wanted || places.contains(i), "lost " + asked.get(i));
            assertTrue(asked.get(i) != null || !places.contains(i), "null");
            wrong += !wanted && places.contains(i) ? 1 : 0;
        }
        assertTrue(wrong <= falsely * count, wrong + " of " + count + " let pass");
    }

    @Test
    void numbersThatLieCloseAreKnownExactly() {
        check(Type.BIGINT, 5_000, 0, i -> (long) i - 2_500);
        check(Type.INTEGER, 5_000, 0, i -> 4 * i);
        check(Type.DATE, 3_000, 0, i -> 9_000 + i);
        check(Type.decimal(15, 2), 3_000, 0, i -> BigDecimal.valueOf(3L * i, 2));
    }

    @Test
    void otherKeysAreRarelyLetPass() {
        Random random = new Random(5);
        long[] numbers = random.longs(40_000).toArray();
        check(Type.BIGINT, 20_000, 0.03, i -> numbers[i]);
        check(Type.STRING, 20_000, 0.03, i -> "key " + numbers[i]);
        check(Type.DOUBLE, 20_000, 0.03, i -> numbers[i] / 3.0);
        check(Type.decimal(30, 3), 2_000, 0.03, i -> BigDecimal.valueOf(numbers[i], 3));
        check(Type.BIGINT, 3, 1, i -> numbers[i]);
    }

    @Test
    void theEndsOfTheRangeOfNumbers() {
        List<Long> ends = List.of(Long.MIN_VALUE, Long.MAX_VALUE);
        KeyFilter filter = KeyFilter.of(column(Type.BIGINT, ends));
        assertEquals(2, filter.select(column(Type.BIGINT, ends), new int[2]));
        assertEquals(Long.MIN_VALUE, filter.least());
        assertEquals(Long.MAX_VALUE, filter.greatest());
        KeyFilter high = KeyFilter.of(column(Type.BIGINT, List.of(Long.MAX_VALUE - 1)));
        List<Long> asked = List.of(Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE, 0L);
        int[] selected = new int[4];
        assertEquals(1, high.select(column(Type.BIGINT, asked), selected));
        assertEquals(1, selected[0]);
    }

    @Test
    void noKeysMatchNothing() {
        for (Type type : List.of(Type.BIGINT, Type.INTEGER, Type.STRING)) {
            List<Object> nulls = new ArrayList<>();
            nulls.add(null);
            KeyFilter filter = KeyFilter.of(column(type, nulls));
            assertFalse(filter.hasBounds());
            Object value = type == Type.BIGINT ? (Object) 0L : type == Type.INTEGER ? 0 : "0";
            assertEquals(0, filter.select(column(type, List.of(value)), new int[1]));
        }
    }

    @Test
    void dictionariesAreLookedThrough() {
        Column entries = column(Type.BIGINT, List.of(10L, 20L, 30L));
        Column rows = new DictionaryColumn(new int[] {2, 0, 1, 2}, entries, 4, null);
        int[] selected = new int[4];
        int found = KeyFilter.of(column(Type.BIGINT, List.of(30L, 99L))).select(rows, selected);
        assertEquals(2, found);
        assertEquals(0, selected[0]);
        assertEquals(3, selected[1]);
    }
}
