package org.skep.executor.operator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.skep.executor.eval.Evaluator;
import org.skep.executor.eval.Expressions;
import org.skep.executor.eval.Predicate;
import org.skep.executor.exchange.ShuffleStore;
import org.skep.executor.exchange.SpillFolder;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.Formats;
import org.skep.executor.format.Wanted;
import org.skep.executor.format.WritableFormat;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.executor.function.FunctionLibrary;
import org.skep.executor.kernel.RandomRows;
import org.skep.executor.task.MemoryPool;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.file.TableStatistics;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Runs plans over given batches: a scan gives the batches it was made for. */
public final class Plans implements OperatorServices {
    private final Map<String, List<Batch>> tables = new ConcurrentHashMap<>();
    private long peak;

    /** A scan that gives these batches. */
    public PlanNode.Scan scan(List<Type> types, List<Batch> batches) {
        String name = "t" + tables.size();
        tables.put(name, batches);
        List<Field> fields = new ArrayList<>();
        types.forEach(type -> fields.add(new Field("c" + fields.size(), type)));
        FileSource source = FileSource.of("test", List.of(name), Map.of());
        FileTable table =
                new FileTable(source, new Schema(fields), 0, List.of(), TableStatistics.UNKNOWN);
        List<Integer> columns = new ArrayList<>();
        types.forEach(type -> columns.add(columns.size()));
        Split split = new Split(new DataFile(name, 1, 0, List.of()), 0, 1, -1);
        return new PlanNode.Scan(table, columns, List.of(), -1, List.of(split));
    }

    /** Runs a plan as one task and gives back all rows; nothing may be left reserved or on disk. */
    public List<List<Object>> run(PlanNode plan, Settings settings) {
        return RandomRows.boxed(batches(plan, settings));
    }

    public List<Batch> batches(PlanNode plan, Settings settings) {
        MemoryPool memory = new MemoryPool(settings.memory());
        List<Batch> out = new ArrayList<>();
        try (SpillFolder spill = new SpillFolder(settings.tempDirectory(), "test");
                ShuffleStore store = new ShuffleStore(spill, memory);
                BroadcastTables broadcasts = new BroadcastTables(memory);
                TaskContext task =
                        new TaskContext(
                                0, 0, settings, memory, new AtomicBoolean(), new Semaphore(0))) {
            OperatorContext context =
                    new OperatorContext(this, task, store, spill, broadcasts, new TaskFilters());
            Operator root = new OperatorBuilder(context).build(plan, 0);
            for (Batch batch = root.next(); batch != null; batch = root.next()) {
                if (batch.rows() == 0) {
                    throw new AssertionError("an empty batch from " + plan.kind());
                }
                out.add(batch);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        peak = memory.peak();
        if (memory.reserved() != 0) {
            throw new AssertionError(memory.reserved() + " bytes left reserved");
        }
        return out;
    }

    /** The most bytes that were reserved at once by the last plan that was run. */
    public long peak() {
        return peak;
    }

    /** Settings to run under: batches of 1, 3 and 2,048 rows, with spilling and without. */
    public static List<Settings> settings(Path temp) {
        List<Settings> all = new ArrayList<>();
        for (String rows : List.of("1", "3", "2048")) {
            for (String spill : List.of("auto", "always")) {
                all.add(
                        Settings.defaults()
                                .with("batch_rows", rows)
                                .with("spill", spill)
                                .with("temp_directory", temp.toString()));
            }
        }
        return all;
    }

    /** In an order that depends on the rows only. */
    public static List<List<Object>> sorted(List<List<Object>> rows) {
        List<List<Object>> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(Object::toString));
        return sorted;
    }

    @Override
    public Evaluator evaluator(Expr expression) {
        return Expressions.evaluator(expression);
    }

    @Override
    public Predicate predicate(Expr condition) {
        return Expressions.predicate(condition);
    }

    @Override
    public Accumulator accumulator(String function, List<Type> types) {
        if (function.equals(Listing.NAME)) {
            return new Listing(types.get(0));
        }
        AggregateFunction aggregate = FunctionLibrary.aggregateFunction(function);
        return aggregate.accumulator(aggregate.resolve(types).orElseThrow());
    }

    @Override
    public List<Type> stateTypes(String function, List<Type> types) {
        if (function.equals(Listing.NAME)) {
            return List.of(Type.array(types.get(0)));
        }
        AggregateFunction aggregate = FunctionLibrary.aggregateFunction(function);
        return aggregate.stateTypes(aggregate.resolve(types).orElseThrow());
    }

    @Override
    public BatchReader open(PlanNode.Scan scan, Split split, Wanted wanted, TaskContext task) {
        List<Batch> batches = tables.get(split.file().path());
        return new BatchReader() {
            private int at;

            @Override
            public Batch next() {
                return at < batches.size() ? batches.get(at++) : null;
            }

            @Override
            public void close() {
                at = batches.size();
            }
        };
    }

    @Override
    public WritableFormat writable(String format) {
        return Formats.writable(format);
    }
}
