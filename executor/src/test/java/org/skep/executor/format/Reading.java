package org.skep.executor.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.skep.executor.eval.Predicate;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.error.QueryException;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;

/** Reads files in tests as a query would: inspected, split, read split by split. */
public final class Reading {
    private final String format;
    private final List<String> paths;
    private final Map<String, String> options = new HashMap<>();
    private Settings settings = Settings.defaults();
    private Function<Expr, Predicate> compiler = Reading::unsupported;
    private final List<String> warnings = new ArrayList<>();

    private Reading(String format, List<String> paths) {
        this.format = format;
        this.paths = paths;
    }

    public static Reading of(String format, Path... paths) {
        return of(format, List.of(paths).stream().map(Path::toString).toList());
    }

    public static Reading of(String format, List<String> paths) {
        return new Reading(format, paths);
    }

    public Reading option(String name, String value) {
        options.put(name, value);
        return this;
    }

    public Reading set(String name, String value) {
        settings = settings.with(name, value);
        return this;
    }

    public Reading compiler(Function<Expr, Predicate> other) {
        compiler = other;
        return this;
    }

    private static Predicate unsupported(Expr condition) {
        throw new IllegalArgumentException("no compiler in this test for " + condition);
    }

    public FileTable table() {
        return new LocalFileInspector(compiler)
                .inspect(FileSource.of(format, paths, options), settings);
    }

    public String schema() {
        return table().schema().toString();
    }

    public PlanNode.Scan scan(String... columns) {
        FileTable table = table();
        List<Integer> numbers = new ArrayList<>();
        for (String column : columns) {
            numbers.add(table.scanSchema().indexOf(column));
        }
        if (columns.length == 0) {
            for (int i = 0; i < table.schema().size(); i++) {
                numbers.add(i);
            }
        }
        return new PlanNode.Scan(table, numbers, List.of(), -1, List.of());
    }

    /** All rows of some columns (all but pseudo-columns by default), as {@code [1, a]}. */
    public List<String> rows(String... columns) {
        return rows(scan(columns));
    }

    public List<String> rows(PlanNode.Scan scan) {
        List<String> rows = new ArrayList<>();
        for (Batch batch : batches(scan)) {
            for (int row = 0; row < batch.rows(); row++) {
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < batch.width(); i++) {
                    values.add(batch.column(i).value(row));
                }
                rows.add(values.toString());
            }
        }
        return rows;
    }

    public List<Batch> batches(PlanNode.Scan scan) {
        warnings.clear();
        List<Batch> batches = new ArrayList<>();
        for (Split split : new LocalFileInspector(compiler).splits(scan, settings)) {
            TaskContext task = TaskContext.standalone(settings);
            try (BatchReader reader = SplitReader.open(scan, split, Wanted.ALL, task, compiler)) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    batches.add(batch);
                }
            }
            warnings.addAll(task.warnings());
        }
        return batches;
    }

    public List<Split> splits() {
        return new LocalFileInspector(compiler).splits(scan(), settings);
    }

    /** The warnings of the last reading. */
    public List<String> warnings() {
        return warnings;
    }

    /** How the error looks that reading ends with. */
    public String error() {
        try {
            rows();
        } catch (QueryException e) {
            return e.render(null).strip();
        }
        throw new AssertionError("no error");
    }
}
