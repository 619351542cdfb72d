package org.skep.executor.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.executor.kernel.RandomRows;
import org.skep.executor.task.MemoryPool;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.plan.Partitioning;
import org.skep.model.settings.Settings;
import org.skep.model.type.Type;

/** Rows of keys that are frequent in a shuffle's output, and reads that do not want them. */
class FrequentKeysTest {
    private static final int PARTITIONS = 3;

    @TempDir Path temp;
    private MemoryPool memory;
    private SpillFolder folder;
    private ShuffleStore store;

    private Settings settings(String... changes) {
        Settings settings = Settings.defaults().with("temp_directory", temp.toString());
        for (int i = 0; i < changes.length; i += 2) {
            settings = settings.with(changes[i], changes[i + 1]);
        }
        return settings;
    }

    /** Writes each list of batches as a task of stage 0. */
    private void write(
            List<Type> types, List<Integer> keys, List<List<Batch>> tasks, Settings settings)
            throws Exception {
        close();
        memory = new MemoryPool(settings.memory());
        folder = new SpillFolder(settings.tempDirectory(), "test");
        store = new ShuffleStore(folder, memory);
        store.begin(0, tasks.size());
        for (int i = 0; i < tasks.size(); i++) {
            try (TaskContext task =
                    new TaskContext(
                            0, i, settings, memory, new AtomicBoolean(), new Semaphore(0))) {
                ShuffleWriter writer =
                        store.writer(types, new Partitioning.Hash(keys, PARTITIONS), task);
                tasks.get(i).forEach(writer::write);
                assertTrue(writer.commit());
            }
        }
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
            folder.close();
            assertEquals(0, memory.reserved());
        }
    }

    private List<Batch> read(int from, int to, List<List<Object>> unwanted) {
        BatchSource source = store.read(0, from, to, unwanted);
        List<Batch> read = new ArrayList<>();
        for (Batch batch = source.next(); batch != null; batch = source.next()) {
            read.add(batch);
        }
        return read;
    }

    private static List<Object> key(List<Object> row, List<Integer> keys) {
        return Arrays.asList(keys.stream().map(row::get).toArray()); // may hold nulls
    }

    private static List<List<Object>> without(
            List<List<Object>> rows, List<Integer> keys, List<List<Object>> unwanted) {
        return rows.stream().filter(row -> !unwanted.contains(key(row, keys))).toList();
    }

    private void checkAllReads(List<Integer> keys, List<List<Object>> written) {
        List<List<Object>> kinds = written.stream().map(row -> key(row, keys)).distinct().toList();
        List<List<Object>> some = kinds.subList(0, Math.min(4, kinds.size()));
        List<List<Object>> unwanted = new ArrayList<>(some);
        unwanted.add(Arrays.asList(new Object[keys.size()])); // nulls
        int left = 0;
        List<List<Object>> all = new ArrayList<>();
        for (int[] parts : new int[][] {{0, 1}, {1, 3}}) {
            List<List<Object>> rows = RandomRows.boxed(read(parts[0], parts[1], List.of()));
            List<List<Object>> wanted = RandomRows.boxed(read(parts[0], parts[1], unwanted));
            assertEquals(without(rows, keys, unwanted), without(wanted, keys, unwanted));
            all.addAll(rows);
            left += rows.size() - wanted.size();
        }
        assertEquals(written.size(), all.size());
        for (List<Object> kind : kinds) { // rows of one key stay in their order
            assertEquals(
                    written.stream().filter(row -> key(row, keys).equals(kind)).toList(),
                    all.stream().filter(row -> key(row, keys).equals(kind)).toList());
        }
        assertTrue(left > written.size() / 50, left + " rows left out");
    }

    @Test
    void noOtherRowsAreLeftOut() throws Exception {
        List<Type> types = List.of(Type.INTEGER, Type.STRING, Type.decimal(9, 2));
        for (String batchRows : List.of("1", "7", "2048")) {
            for (String spill : List.of("auto", "always")) {
                Settings settings =
                        settings("batch_rows", batchRows, "spill", spill, "skew", "always");
                for (List<Integer> keys : List.of(List.of(0), List.of(1), List.of(2, 1))) {
                    List<List<Batch>> tasks =
                            Stream.of(1L, 2L)
                                    .map(seed -> new RandomRows(seed, 6, 0.1))
                                    .map(rows -> rows.batches(types, 600, 60))
                                    .toList();
                    write(types, keys, tasks, settings);
                    List<Batch> batches = tasks.stream().flatMap(List::stream).toList();
                    checkAllReads(keys, RandomRows.boxed(batches));
                }
            }
        }
    }

    /** Keys become frequent, are not seen for long, and come again. */
    @Test
    void rowsThatComeKeyByKey() throws Exception {
        List<Type> types = List.of(Type.INTEGER, Type.INTEGER);
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < 800; i++) {
            ColumnBuilder place = ColumnBuilder.of(Type.INTEGER, 40);
            IntStream.range(40 * i, 40 * i + 40).forEach(place::appendInt);
            batches.add(
                    new Batch(40, Column.constant(Type.INTEGER, i / 40 % 10, 40), place.build()));
        }
        write(types, List.of(0), List.of(batches), settings("batch_rows", "100"));
        checkAllReads(List.of(0), RandomRows.boxed(batches));
    }

    private static List<Batch> halfOfThem(Integer hot, int rows, int batchRows) {
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < rows; from += batchRows) {
            ColumnBuilder column = ColumnBuilder.of(Type.INTEGER, batchRows);
            IntStream.range(from, from + batchRows)
                    .forEach(i -> column.appendValue(i * 7 % 16 < 8 ? hot : (Integer) (i + 1000)));
            batches.add(new Batch(batchRows, column.build()));
        }
        return batches;
    }

    @Test
    void soonHotRowsLieInLargeChunksOfTheirOwn() throws Exception {
        for (Integer hot : Arrays.asList(5, null)) {
            write(
                    List.of(Type.INTEGER),
                    List.of(0),
                    List.of(halfOfThem(hot, 100_000, 1000)),
                    settings("batch_rows", "1000"));
            List<Batch> all = read(0, PARTITIONS, List.of());
            List<Batch> others = read(0, PARTITIONS, List.of(Arrays.asList(hot)));
            int rows = others.stream().mapToInt(Batch::rows).sum();
            assertTrue(rows < 50_000 + 5_000, rows + " rows");
            assertTrue(all.size() <= 100 + 2 * PARTITIONS + 2, all.size() + " chunks");
            assertEquals(all.size(), read(0, PARTITIONS, List.of(Arrays.<Object>asList(6))).size());
        }
    }

    @Test
    void withoutFrequentKeysNothingIsApart() throws Exception {
        ColumnBuilder column = ColumnBuilder.of(Type.INTEGER, 50_000);
        IntStream.range(0, 50_000).forEach(i -> column.appendInt(i % 10_000));
        List<Batch> batches = new ArrayList<>();
        Column all = column.build();
        for (int i = 0; i < 50; i++) {
            batches.add(new Batch(1000, all.slice(1000 * i, 1000)));
        }
        Settings settings = settings("batch_rows", "1000");
        write(List.of(Type.INTEGER), List.of(0), List.of(batches), settings);
        List<List<Object>> unwanted =
                IntStream.range(0, 10_000).mapToObj(i -> List.<Object>of(i)).toList();
        assertEquals(50_000, read(0, 3, unwanted).stream().mapToInt(Batch::rows).sum());
    }

    /** What is no text reads as another: the condition on the key tells them apart. */
    @Test
    void bytesThatReadAlikeAreNotTheSameKey() throws Exception {
        byte[] broken = {(byte) 0xff};
        ColumnBuilder column = ColumnBuilder.of(Type.STRING, 1000);
        for (int i = 0; i < 1000; i++) {
            column.appendBytes(broken, 0, 1);
        }
        Batch batch = new Batch(1000, column.build());
        String read = new String(broken, StandardCharsets.UTF_8);
        assertEquals(read, batch.column(0).value(0));
        List<List<Batch>> tasks = List.of(List.of(batch, batch));
        write(List.of(Type.STRING), List.of(0), tasks, settings("skew", "always"));
        List<Batch> left = read(0, PARTITIONS, List.of(List.of(read)));
        assertEquals(2000, left.stream().mapToInt(Batch::rows).sum());
    }
}
