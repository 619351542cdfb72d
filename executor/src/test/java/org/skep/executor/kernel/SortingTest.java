package org.skep.executor.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.LongColumn;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Type;

class SortingTest {
    @Test
    void everyTypeSortsAsTheComparatorSaysAndStably() {
        for (Type type : RandomRows.ALL_TYPES) {
            for (int distinct : new int[] {1, 3, 40, 5000}) {
                for (int rows : new int[] {0, 1, 20, 100, 3000}) {
                    check(List.of(type), rows, distinct);
                }
            }
        }
    }

    @Test
    void severalKeysSortAsTheComparatorSays() {
        Random random = new Random(7);
        for (int run = 0; run < 150; run++) {
            List<Type> types = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                types.add(RandomRows.ALL_TYPES.get(random.nextInt(RandomRows.ALL_TYPES.size())));
            }
            check(types, random.nextInt(3000), 1 + random.nextInt(60));
        }
    }

    private static void check(List<Type> types, int rows, int distinct) {
        Random random = new Random(rows * 31L + distinct);
        RandomRows data = new RandomRows(rows + distinct, distinct, random.nextInt(3) * 0.1);
        Batch batch = Concat.batches(types, data.batches(types, rows, 700));
        SortKey[] keys = new SortKey[types.size()];
        Arrays.setAll(keys, i -> new SortKey(i, random.nextBoolean(), random.nextBoolean()));
        Column[] columns = batch.columns().toArray(Column[]::new);
        int[] order = Sorting.order(keys, columns, rows);
        Ordering ordering = new Ordering(keys, columns, columns);
        int[] expected =
                IntStream.range(0, rows)
                        .boxed()
                        .sorted((a, b) -> ordering.compare((int) a, (int) b))
                        .mapToInt(i -> i)
                        .toArray();
        assertArrayEquals(expected, order, () -> types + " " + rows + " " + distinct);
        checkPrefixes(keys, columns, order);
    }

    private static void checkPrefixes(SortKey[] keys, Column[] columns, int[] order) {
        long[] prefixes = new long[order.length];
        SortPrefix.encode(columns[0].flat(), keys[0], prefixes);
        for (int i = 1; i < order.length; i++) {
            assertTrue(prefixes[order[i - 1]] <= prefixes[order[i]], columns[0]::toString);
        }
    }

    @Test
    void valuesAtTheEndsOfTheRangeSort() {
        long[] values = new long[400];
        long[] validity = new long[7];
        Random random = new Random(3);
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (random.nextInt(4)) {
                        case 0 -> Long.MIN_VALUE;
                        case 1 -> Long.MAX_VALUE;
                        default -> random.nextLong();
                    };
            if (random.nextInt(5) > 0) {
                validity[i >> 6] |= 1L << i;
            }
        }
        Column column = new LongColumn(Type.BIGINT, values, values.length, validity);
        for (boolean ascending : new boolean[] {true, false}) {
            for (boolean nullsFirst : new boolean[] {true, false}) {
                SortKey[] keys = {new SortKey(0, ascending, nullsFirst)};
                Column[] columns = {column};
                int[] order = Sorting.order(keys, columns, values.length);
                Ordering ordering = new Ordering(keys, columns, columns);
                for (int i = 1; i < order.length; i++) {
                    int compared = ordering.compare(order[i - 1], order[i]);
                    assertTrue(compared < 0 || compared == 0 && order[i - 1] < order[i]);
                }
            }
        }
    }

    @Test
    void textThatDiffersLateSorts() {
        ColumnBuilder builder = ColumnBuilder.of(Type.STRING, 2000);
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            builder.appendString(
                    "x".repeat(random.nextInt(60)) + (char) ('a' + random.nextInt(26)));
        }
        Column[] columns = {builder.build()};
        SortKey[] keys = {new SortKey(0, true, true)};
        int[] order = Sorting.order(keys, columns, 2000);
        for (int i = 1; i < order.length; i++) {
            String before = (String) columns[0].value(order[i - 1]);
            assertTrue(before.compareTo((String) columns[0].value(order[i])) <= 0);
        }
    }
}
