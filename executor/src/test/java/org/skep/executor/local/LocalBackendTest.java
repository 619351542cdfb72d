package org.skep.executor.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.executor.kernel.RandomRows;
import org.skep.executor.operator.Plans;
import org.skep.executor.task.MemoryPool;
import org.skep.model.data.Batch;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

class LocalBackendTest {
    private static final List<Type> TYPES = List.of(Type.INTEGER, Type.STRING);

    @TempDir Path temp;
    private final Plans plans = new Plans();
    private final LocalBackend backend = new LocalBackend(plans);
    private final List<LocalExecution> executions = new ArrayList<>();

    private Backend.Execution begin(Settings settings) {
        Backend.Execution execution = backend.begin("test", settings, Backend.Progress.NONE);
        executions.add((LocalExecution) execution);
        return execution;
    }

    private Settings settings() {
        return Settings.defaults().with("temp_directory", temp.toString());
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        for (LocalExecution execution : executions) {
            execution.close();
            assertEquals(0, execution.memory().reserved());
        }
        backend.close();
        try (Stream<Path> left = Files.list(temp)) {
            assertEquals(0, left.count());
        }
    }

    private static List<List<Object>> rows(Backend.Rows rows) {
        List<Batch> batches = new ArrayList<>();
        try (rows) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                batches.add(batch);
            }
            assertNull(rows.next());
        }
        return RandomRows.boxed(batches);
    }

    /** Several tasks: a union of scans. */
    private PlanNode union(List<List<Batch>> parts) {
        List<PlanNode> scans = new ArrayList<>();
        parts.forEach(part -> scans.add(plans.scan(TYPES, part)));
        return new PlanNode.Union(scans, scans.get(0).schema());
    }

    private static List<List<Batch>> parts(int count, int rows) {
        return parts(count, rows, 50);
    }

    private static List<List<Batch>> parts(int count, int rows, int values) {
        List<List<Batch>> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(new RandomRows(i, values, 0.1).batches(TYPES, rows, 100));
        }
        return parts;
    }

    @Test
    void rowsComeInTheOrderOfTasks() {
        List<List<Batch>> parts = parts(20, 3000);
        List<List<Object>> expected = new ArrayList<>();
        parts.forEach(part -> expected.addAll(RandomRows.boxed(part)));
        for (String threads : List.of("1", "2", "7")) {
            Backend.Execution execution = begin(settings().with("threads", threads));
            assertEquals(expected, rows(execution.open(new Stage(0, union(parts), null))));
        }
    }

    @Test
    void anOutputNobodyReadsAnyMoreGivesItsMemoryBack() {
        Backend.Execution execution = begin(settings());
        MemoryPool memory = ((LocalExecution) execution).memory();
        Partitioning hash = new Partitioning.Hash(List.of(1), 3);
        execution.run(new Stage(0, union(parts(2, 500)), hash));
        assertTrue(memory.reserved() > 0);
        execution.forget(0);
        assertEquals(0, memory.reserved());
    }

    @Test
    void outputsLeaveHalfOfTheMemoryToOperators() {
        Backend.Execution execution = begin(settings().with("memory", "4MB"));
        MemoryPool memory = ((LocalExecution) execution).memory();
        PlanNode union = union(parts(2, 50_000, 1_000_000));
        Partitioning hash = new Partitioning.Hash(List.of(0, 1), 1);
        assertTrue(execution.run(new Stage(0, union, hash)).totalBytes() > memory.limit());
        assertTrue(memory.reserved() > memory.limit() / 4);
        assertTrue(memory.reserved() <= memory.limit() / 2);
    }

    @Test
    void groupsAreNotSpilledBatchByBatchWhenOthersHoldAllMemory() {
        Backend.Execution execution = begin(settings().with("memory", "16MB").with("threads", "1"));
        MemoryPool memory = ((LocalExecution) execution).memory();
        memory.reserve(memory.limit());
        PlanNode union = union(parts(1, 100_000, 1_000_000));
        PlanNode counts = count(union, 0, 1);
        Partitioning whole = new Partitioning.Hash(List.of(0), 1);
        Backend.StageReport report = execution.run(new Stage(0, counts, whole));
        // once as groups and once as output, not once more for each level of parts
        long spilled = report.tasks().stream().mapToLong(Backend.TaskReport::spilledBytes).sum();
        assertTrue(spilled > report.totalBytes());
        assertTrue(spilled < 3 * report.totalBytes(), spilled + " of " + report.totalBytes());
        memory.release(memory.limit());
    }

    @Test
    void everyRowArrivesInThePartitionOfItsKey() {
        List<List<Batch>> parts = parts(5, 700);
        List<List<Object>> expected = new ArrayList<>();
        parts.forEach(part -> expected.addAll(RandomRows.boxed(part)));
        for (Settings settings : Plans.settings(temp)) {
            Backend.Execution execution = begin(settings);
            Partitioning hash = new Partitioning.Hash(List.of(1), 3);
            Backend.StageReport report = execution.run(new Stage(0, union(parts), hash));
            assertEquals(expected.size(), report.totalRows());
            assertEquals(5, report.tasks().size());
            assertTrue(report.totalBytes() > 0);
            PlanNode input = new PlanNode.StageInput(0, hash, union(parts).schema());
            assertEquals(
                    Plans.sorted(expected),
                    Plans.sorted(rows(execution.open(new Stage(1, input, null)))));
            // each key in one partition: counting in each gives the counts of all
            PlanNode counts = count(input, 1);
            List<List<Object>> counted = rows(execution.open(new Stage(2, counts, null)));
            assertEquals(
                    expected.stream().map(row -> row.get(1)).distinct().count(), counted.size());
            execution.close();
        }
    }

    private static PlanNode count(PlanNode input, Integer... keys) {
        AggregateCall count =
                new AggregateCall(
                        "count",
                        List.of(),
                        List.of(),
                        false,
                        -1,
                        List.of(),
                        AggregateCall.Step.SINGLE,
                        Type.BIGINT);
        List<Field> fields = new ArrayList<>();
        for (int key : keys) {
            fields.add(input.schema().field(key));
        }
        fields.add(new Field("n", Type.BIGINT));
        return new PlanNode.Aggregate(input, List.of(keys), List.of(count), new Schema(fields));
    }

    @Test
    void aBroadcastIsReadByEveryTask() {
        List<List<Batch>> parts = parts(6, 200);
        List<List<Batch>> small = parts(2, 20);
        for (Settings settings : Plans.settings(temp)) {
            Backend.Execution execution = begin(settings);
            execution.run(new Stage(0, union(small), new Partitioning.Broadcast()));
            PlanNode right =
                    new PlanNode.StageInput(0, new Partitioning.Broadcast(), union(small).schema());
            PlanNode left = union(parts);
            List<Field> fields = new ArrayList<>(left.schema().fields());
            fields.addAll(right.schema().fields());
            PlanNode join =
                    new PlanNode.HashJoin(
                            left,
                            right,
                            JoinType.INNER,
                            List.of(0),
                            List.of(0),
                            false,
                            null,
                            new Schema(fields));
            long expected = 0;
            for (List<Batch> part : parts) {
                for (List<Object> row : RandomRows.boxed(part)) {
                    for (List<Batch> other : small) {
                        expected +=
                                RandomRows.boxed(other).stream()
                                        .filter(r -> r.get(0) != null)
                                        .filter(r -> r.get(0).equals(row.get(0)))
                                        .count();
                    }
                }
            }
            assertEquals(expected, rows(execution.open(new Stage(1, join, null))).size());
            execution.close();
        }
    }

    private static Expr divide(int by) {
        Expr value = new Expr.Cast(new Expr.Input(0, Type.INTEGER), Type.BIGINT, false);
        return new Expr.Arithmetic(
                Expr.Operator.INTEGER_DIVIDE,
                value,
                new Expr.Literal((long) by, Type.BIGINT),
                Type.BIGINT);
    }

    @Test
    void theErrorOfATaskIsTheQuerys() {
        List<List<Batch>> parts = parts(8, 2000);
        PlanNode plan =
                new PlanNode.Project(
                        union(parts), List.of(divide(0)), Schema.of(new Field("x", Type.BIGINT)));
        Backend.Execution execution = begin(settings());
        QueryException failed =
                assertThrows(
                        QueryException.class, () -> rows(execution.open(new Stage(0, plan, null))));
        assertEquals(ErrorCode.DIVISION_BY_ZERO, failed.code());
        Partitioning hash = new Partitioning.Hash(List.of(0), 4);
        QueryException again =
                assertThrows(QueryException.class, () -> execution.run(new Stage(1, plan, hash)));
        assertEquals(ErrorCode.DIVISION_BY_ZERO, again.code());
    }

    @Test
    void aMistakeOfOursIsABug() {
        PlanNode exchange = new PlanNode.Exchange(union(parts(1, 10)), new Partitioning.Single());
        Backend.Execution execution = begin(settings());
        QueryException failed =
                assertThrows(
                        QueryException.class,
                        () -> rows(execution.open(new Stage(0, exchange, null))));
        assertEquals(ErrorCode.BUG, failed.code());
        assertTrue(failed.getMessage().contains("stage 0, task 0"), failed.getMessage());
    }

    /** Rows without end, or as good as. */
    private PlanNode endless() {
        PlanNode scan = union(parts(3, 5000));
        Schema broadcast = scan.schema();
        for (int i = 0; i < 2; i++) {
            PlanNode other = new PlanNode.StageInput(0, new Partitioning.Broadcast(), broadcast);
            List<Field> fields = new ArrayList<>(scan.schema().fields());
            fields.addAll(other.schema().fields());
            scan = new PlanNode.LoopJoin(scan, other, JoinType.INNER, null, new Schema(fields));
        }
        return scan;
    }

    @Test
    void aCancelledQueryEndsSoon() throws Exception {
        for (boolean streams : new boolean[] {true, false}) {
            Backend.Execution execution = begin(settings());
            execution.run(new Stage(0, union(parts(1, 5000)), new Partitioning.Broadcast()));
            ExecutorService other = Executors.newSingleThreadExecutor();
            Future<ErrorCode> failure =
                    other.submit(
                            () -> {
                                try {
                                    PlanNode sort =
                                            new PlanNode.Sort(
                                                    endless(), List.of(new SortKey(0, true, true)));
                                    if (streams) {
                                        rows(execution.open(new Stage(1, sort, null)));
                                    } else {
                                        execution.run(
                                                new Stage(1, sort, new Partitioning.Single()));
                                    }
                                    return null;
                                } catch (QueryException e) {
                                    return e.code();
                                }
                            });
            Thread.sleep(300);
            long start = System.nanoTime();
            execution.cancel();
            assertEquals(ErrorCode.CANCELLED, failure.get(10, TimeUnit.SECONDS));
            assertTrue(System.nanoTime() - start < 1_500_000_000L);
            other.shutdown();
            QueryException later =
                    assertThrows(
                            QueryException.class,
                            () -> execution.open(new Stage(2, union(parts(1, 1)), null)));
            assertEquals(ErrorCode.CANCELLED, later.code());
            execution.close();
        }
    }

    @Test
    void aResultMayBeLeftUnread() {
        Backend.Execution execution = begin(settings());
        execution.run(new Stage(0, union(parts(1, 5000)), new Partitioning.Broadcast()));
        try (Backend.Rows rows = execution.open(new Stage(1, endless(), null))) {
            assertTrue(rows.next().rows() > 0);
        }
        assertEquals(0, rows(execution.open(new Stage(2, union(parts(3, 0)), null))).size());
    }

    @Test
    void manyQueriesRunAtTheSameTime() throws Exception {
        List<List<Batch>> parts = parts(4, 500);
        ExecutorService users = Executors.newFixedThreadPool(8);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            results.add(
                    users.submit(
                            () -> {
                                Backend.Execution execution =
                                        backend.begin("many", settings(), Backend.Progress.NONE);
                                try (execution) {
                                    Partitioning hash = new Partitioning.Hash(List.of(0), 5);
                                    PlanNode union;
                                    synchronized (plans) {
                                        union = union(parts);
                                    }
                                    execution.run(new Stage(0, union, hash));
                                    PlanNode input =
                                            new PlanNode.StageInput(0, hash, union.schema());
                                    return rows(execution.open(new Stage(1, input, null))).size();
                                }
                            }));
        }
        for (Future<Integer> result : results) {
            assertEquals(2000, result.get(30, TimeUnit.SECONDS));
        }
        users.shutdown();
    }

    @Test
    void smallStagesAreCheap() {
        PlanNode one =
                new PlanNode.Values(Schema.of(new Field("x", Type.INTEGER)), List.of(List.of(1)));
        Backend.Execution execution = begin(settings());
        for (int i = 0; i < 2000; i++) {
            rows(execution.open(new Stage(i, one, null)));
        }
        long start = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            rows(execution.open(new Stage(i, one, null)));
        }
        double millis = (System.nanoTime() - start) / 1e6 / 1000;
        assertTrue(millis < 1, () -> millis + " ms per stage");
    }
}
