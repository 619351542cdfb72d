package org.skep.executor.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

class TablesTest {
    @Test
    void groupsAreTheDistinctKeys() {
        Random random = new Random(11);
        for (int run = 0; run < 200; run++) {
            List<Type> types = someTypes(random, random.nextInt(4));
            RandomRows data = new RandomRows(run, 1 + random.nextInt(500), random.nextInt(3) * 0.2);
            List<Batch> batches = data.batches(types, 3000, 900);
            GroupTable table = GroupTable.of(types);
            Map<List<Object>, Integer> expected = new HashMap<>();
            for (Batch batch : batches) {
                int[] groups = new int[batch.rows()];
                table.assign(batch.columns().toArray(Column[]::new), batch.rows(), groups);
                List<List<Object>> rows = RandomRows.boxed(List.of(batch));
                for (int i = 0; i < batch.rows(); i++) {
                    int group = groups[i];
                    assertEquals(expected.computeIfAbsent(rows.get(i), key -> group), group);
                }
            }
            assertEquals(expected.size(), table.size(), types::toString);
            List<List<Object>> keys =
                    RandomRows.boxed(List.of(new Batch(table.size(), table.keys())));
            for (int group = 0; group < keys.size(); group++) {
                assertEquals(expected.get(keys.get(group)), group);
            }
        }
    }

    /** Keys that ascend for a while, then come close to each other or far apart, some null. */
    @Test
    void numbersThatLeaveTheirOrderKeepTheirGroups() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Type type = random.nextBoolean() ? Type.BIGINT : Type.INTEGER;
            GroupTable table = GroupTable.of(List.of(type));
            Map<Object, Integer> expected = new HashMap<>();
            long key = random.nextInt(3) == 0 ? Integer.MIN_VALUE : random.nextInt(10) - 5;
            int step = random.nextBoolean() ? 2 : 100_000;
            int ordered = random.nextInt(5);
            for (int b = 0; b < 6; b++) {
                int rows = random.nextInt(600);
                ColumnBuilder column = ColumnBuilder.of(type, rows);
                for (int i = 0; i < rows; i++) {
                    key += random.nextInt(4) == 0 ? random.nextInt(step) : 0;
                    long back = b < ordered || random.nextBoolean() ? 0 : random.nextInt(2 * step);
                    Object value = type == Type.BIGINT ? (Object) (key - back) : (int) (key - back);
                    column.appendValue(b > ordered && random.nextInt(9) == 0 ? null : value);
                }
                Column keys = column.build();
                int[] groups = new int[rows];
                table.assign(new Column[] {keys}, rows, groups);
                for (int i = 0; i < rows; i++) {
                    Integer before = expected.putIfAbsent(keys.value(i), groups[i]);
                    assertTrue(before == null || before == groups[i], "seed " + seed);
                }
            }
            assertEquals(expected.size(), table.size(), "seed " + seed);
            Column keys = table.keys()[0];
            for (int group = 0; group < keys.rows(); group++) {
                assertEquals(expected.get(keys.value(group)), group, "seed " + seed);
            }
        }
    }

    /** Keys that turn out to be many for their range, until others come. */
    @Test
    void numbersThatFillTheirRangeKeepTheirGroups() {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            GroupTable table = GroupTable.of(List.of(Type.BIGINT));
            Map<Object, Integer> expected = new HashMap<>();
            for (int b = 0; b < 60; b++) {
                int rows = 1000;
                ColumnBuilder column = ColumnBuilder.of(Type.BIGINT, rows);
                for (int i = 0; i < rows; i++) {
                    boolean far = b > 40 && random.nextInt(1000) == 0;
                    long key = random.nextInt(150_000) - 75_000 + (far ? 1L << 40 : 0);
                    column.appendValue(seed % 2 == 0 && key == 7 ? null : (Object) key);
                }
                Column keys = column.build();
                int[] groups = new int[rows];
                table.assign(new Column[] {keys}, rows, groups);
                for (int i = 0; i < rows; i++) {
                    Integer before = expected.putIfAbsent(keys.value(i), groups[i]);
                    assertTrue(before == null || before == groups[i], "seed " + seed);
                }
            }
            assertEquals(expected.size(), table.size(), "seed " + seed);
            assertEquals(expected.size(), Set.copyOf(expected.values()).size());
        }
    }

    static List<Type> someTypes(Random random, int count) {
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            types.add(RandomRows.ALL_TYPES.get(random.nextInt(RandomRows.ALL_TYPES.size())));
        }
        return types;
    }

    @Test
    void probingFindsAllPairsOnceAndInOrder() {
        Random random = new Random(13);
        for (int run = 0; run < 300; run++) {
            List<Type> types =
                    run % 2 == 0
                            ? someTypes(random, 1 + random.nextInt(3))
                            : List.of(Type.BIGINT, Type.INTEGER).subList(0, 1 + random.nextInt(2));
            boolean nullsEqual = random.nextBoolean();
            RandomRows data = new RandomRows(run, 1 + random.nextInt(200), random.nextInt(3) * 0.2);
            Batch build = Concat.batches(types, data.batches(types, random.nextInt(400), 90));
            int[] keys = new int[types.size()];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = i;
            }
            JoinTable table = JoinTable.build(build, keys, nullsEqual, Pieces.ALONE);
            List<List<Object>> buildRows = RandomRows.boxed(List.of(build));
            JoinProbe probe = new JoinProbe(table);
            int limit = 1 + random.nextInt(50);
            for (Batch batch : data.batches(types, 300, 120)) {
                checkProbe(probe, batch, buildRows, nullsEqual, limit);
            }
            if (table.isUnique()) {
                Set<List<Object>> distinct = new HashSet<>();
                buildRows.stream()
                        .filter(row -> nullsEqual || !row.contains(null))
                        .forEach(row -> assertTrue(distinct.add(row)));
            }
        }
    }

    @Test
    void largeTablesAreTheSameHoweverManyThreadsBuildThem() {
        Random random = new Random(29);
        for (Type type : List.of(Type.BIGINT, Type.STRING)) {
            Batch build = wideKeys(type, random, 150_000);
            JoinTable alone = JoinTable.build(build, new int[] {0}, false, Pieces.ALONE);
            Pieces threads = (count, piece) -> IntStream.range(0, count).parallel().forEach(piece);
            JoinTable together = JoinTable.build(build, new int[] {0}, false, threads);
            assertArrayEquals(alone.directory, together.directory);
            assertArrayEquals(alone.entries, together.entries);
            Map<Object, List<Integer>> places = new HashMap<>();
            for (int row = 0; row < build.rows(); row++) {
                Object key = build.column(0).value(row);
                places.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
            }
            assertFalse(together.isUnique());
            Batch asking = build.slice(0, 20_000);
            JoinProbe probe = new JoinProbe(together);
            probe.start(asking.columns().toArray(Column[]::new), asking.rows());
            int[] left = new int[100_000];
            int[] right = new int[100_000];
            int found = probe.next(left, right, left.length);
            List<String> expected = new ArrayList<>();
            for (int row = 0; row < asking.rows(); row++) {
                for (int place : places.get(asking.column(0).value(row))) {
                    expected.add(row + " " + place);
                }
            }
            List<String> actual = new ArrayList<>();
            for (int i = 0; i < found; i++) {
                actual.add(left[i] + " " + right[i]);
            }
            assertEquals(expected, actual);
        }
    }

    @Test
    void keysThatDoNotRepeatAreKnownToInPartsToo() {
        long[] keys = new Random(31).longs(100_000).distinct().toArray();
        Batch build = new Batch(keys.length, new LongColumn(Type.BIGINT, keys, keys.length, null));
        assertTrue(JoinTable.build(build, new int[] {0}, false, Pieces.ALONE).isUnique());
    }

    /** Keys too far apart to be found by their place; every third one twice or more. */
    private static Batch wideKeys(Type type, Random random, int rows) {
        ColumnBuilder keys = ColumnBuilder.of(type, rows);
        for (int row = 0; row < rows; row++) {
            long key = Hashes.mix(random.nextInt(3) == 0 ? row / 3 : row);
            keys.appendValue(type == Type.STRING ? (Object) Long.toHexString(key) : key);
        }
        return new Batch(rows, keys.build());
    }

    private static void checkProbe(
            JoinProbe probe,
            Batch batch,
            List<List<Object>> buildRows,
            boolean nullsEqual,
            int limit) {
        List<List<Object>> rows = RandomRows.boxed(List.of(batch));
        Set<Long> expected = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < buildRows.size(); j++) {
                if (rows.get(i).equals(buildRows.get(j))
                        && (nullsEqual || !rows.get(i).contains(null))) {
                    expected.add((long) i << 32 | j);
                }
            }
        }
        probe.start(batch.columns().toArray(Column[]::new), batch.rows());
        int[] left = new int[limit];
        int[] right = new int[limit];
        int last = 0;
        for (int found = probe.next(left, right, limit);
                found > 0;
                found = probe.next(left, right, limit)) {
            for (int i = 0; i < found; i++) {
                assertTrue(left[i] >= last);
                last = left[i];
                assertTrue(expected.remove((long) left[i] << 32 | right[i]));
            }
        }
        assertTrue(expected.isEmpty());
    }

    @Test
    void copyingAndJoiningBatchesKeepsRows() {
        Random random = new Random(17);
        for (int run = 0; run < 60; run++) {
            List<Type> types = someTypes(random, 1 + random.nextInt(5));
            RandomRows data = new RandomRows(run, 1 + random.nextInt(100), random.nextInt(3) * 0.2);
            List<Batch> batches = data.batches(types, random.nextInt(900), 200);
            List<List<Object>> expected = RandomRows.boxed(batches);
            RowBuffer buffer = new RowBuffer(types);
            BatchAppender appender = new BatchAppender(types, 64);
            List<Batch> appended = new ArrayList<>();
            for (Batch batch : batches) {
                buffer.add(batch);
                int middle = random.nextInt(batch.rows() + 1);
                appender.appendRange(batch, 0, middle);
                int[] places = new int[batch.rows()];
                for (int i = 0; i < places.length; i++) {
                    places[i] = i;
                }
                appender.append(batch, places, middle, batch.rows() - middle);
                if (random.nextInt(3) == 0) {
                    appended.add(appender.take());
                }
            }
            appended.add(appender.take());
            assertEquals(expected, RandomRows.boxed(appended));
            assertEquals(expected, RandomRows.boxed(List.of(buffer.takeAll())));
        }
    }

    @Test
    void equalKeysMeetInOnePartition() {
        for (Type type : RandomRows.ALL_TYPES) {
            RandomRows data = new RandomRows(23, 40, 0.1);
            Map<Object, Integer> partitionOf = new HashMap<>();
            Hasher hasher = new Hasher(1);
            Partitioner partitioner = new Partitioner(7, 0);
            for (Batch batch : data.batches(List.of(type), 3000, 100)) {
                long[] hashes = new long[batch.rows()];
                hasher.hash(new Column[] {batch.column(0)}, batch.rows(), hashes);
                partitioner.split(hashes, batch.rows());
                List<List<Object>> rows = RandomRows.boxed(List.of(batch));
                int seen = 0;
                for (int p = 0; p < 7; p++) {
                    int partition = p;
                    for (int i = 0; i < partitioner.count(p); i++) {
                        Object key = rows.get(partitioner.positions()[partitioner.start(p) + i]);
                        assertEquals(p, partitionOf.computeIfAbsent(key, k -> partition));
                        seen++;
                    }
                }
                assertEquals(batch.rows(), seen);
            }
        }
    }
}
