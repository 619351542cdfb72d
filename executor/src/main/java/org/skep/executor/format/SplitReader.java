package org.skep.executor.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.skep.executor.eval.Predicate;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.file.Split;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Schema;

/**
 * Reads one split as a scan wants it: its columns in order, constants of the file put in, only rows
 * for which all conditions are true, no more than its limit.
 */
public final class SplitReader implements BatchReader {
    private final TaskContext task;
    private final BatchReader reader;
    private final ScanColumns columns;
    private final Schema schema;
    private final Object[] constants;
    private final Predicate condition;
    private final List<Wanted.Keys> keys;
    private final List<Usefulness> usefulness;
    private final int[] selected;
    private long left;

    private SplitReader(
            PlanNode.Scan scan,
            Split split,
            ScanColumns columns,
            BatchReader reader,
            Predicate condition,
            List<Wanted.Keys> keys,
            TaskContext task) {
        this.task = task;
        this.reader = reader;
        this.columns = columns;
        this.schema = scan.schema();
        this.condition = condition;
        this.keys = keys;
        this.usefulness = keys.stream().map(key -> new Usefulness()).toList();
        this.selected = new int[task.settings().batchRows()];
        this.left = scan.limit() < 0 ? Long.MAX_VALUE : scan.limit();
        this.constants = new Object[schema.size()];
        for (int i = 0; i < constants.length; i++) {
            if (columns.isConstant(i)) {
                constants[i] = columns.constant(i, split.file());
            }
        }
    }

    /**
     * Opens a split.
     *
     * @param wanted what operators further up have a use for, over the scan's outputs
     * @param compiler makes a predicate of a condition
     */
    public static BatchReader open(
            PlanNode.Scan scan,
            Split split,
            Wanted wanted,
            TaskContext task,
            Function<Expr, Predicate> compiler) {
        task.reading(split.file().path());
        ScanColumns columns = ScanColumns.of(scan);
        List<Expr> constant = columns.constantConditions();
        if (scan.limit() == 0 || !constant.isEmpty() && !holds(scan, split, constant, compiler)) {
            return new Empty();
        }
        boolean mayMatch =
                wanted.keys().stream().allMatch(key -> mayMatch(key, split, columns))
                        && (wanted.rows() == null
                                || wanted.rows().of(split.file().path()).length > 0);
        if (!mayMatch) {
            return new Empty();
        }
        FileFormat format = Formats.named(scan.table().source().format());
        boolean applied = format.appliesConditions();
        List<Expr> left = new ArrayList<>(scan.conditions());
        left.removeAll(constant);
        if (applied) {
            left = columns.mixedConditions();
        }
        BatchReader reader =
                format.open(
                        scan.table(),
                        split,
                        columns.read(),
                        applied ? columns.wanted(wanted) : Wanted.ALL,
                        task);
        Predicate condition = left.isEmpty() ? null : compiler.apply(Expr.conjunction(left));
        List<Wanted.Keys> unapplied =
                applied
                        ? List.of()
                        : wanted.keys().stream()
                                .filter(key -> !columns.isConstant(key.column()))
                                .toList();
        return new SplitReader(scan, split, columns, reader, condition, unapplied, task);
    }

    /** False when a column that is the same for all rows of the file has none of the keys. */
    private static boolean mayMatch(Wanted.Keys keys, Split split, ScanColumns columns) {
        if (!columns.isConstant(keys.column())) {
            return true;
        }
        Object value = columns.constant(keys.column(), split.file());
        Column one = Column.constant(keys.values().type(), value, 1);
        return keys.values().select(one, new int[1]) == 1;
    }

    private static boolean holds(
            PlanNode.Scan scan,
            Split split,
            List<Expr> conditions,
            Function<Expr, Predicate> compiler) {
        ScanColumns columns = ScanColumns.of(scan);
        Schema schema = scan.schema();
        Column[] one = new Column[schema.size()];
        for (int i = 0; i < one.length; i++) {
            Object value = columns.isConstant(i) ? columns.constant(i, split.file()) : null;
            one[i] = Column.constant(schema.type(i), value, 1);
        }
        Predicate predicate = compiler.apply(Expr.conjunction(conditions));
        return predicate.select(new Batch(1, one), new int[1]) == 1;
    }

    @Override
    public Batch next() {
        while (left > 0) {
            task.stopIfCancelled();
            Batch read = reader.next();
            if (read == null) {
                return null;
            }
            task.countRead(read.rows());
            Batch batch = placed(read);
            if (condition != null) {
                int count = condition.select(batch, selected);
                if (count == 0) {
                    continue;
                }
                batch = count == batch.rows() ? batch : batch.gather(selected, count);
            }
            batch = matching(batch);
            if (batch.rows() == 0) {
                continue;
            }
            if (batch.rows() > left) {
                batch = batch.slice(0, (int) left);
            }
            left -= batch.rows();
            return batch;
        }
        return null;
    }

    /** The rows that may have a match in every join that keys are known of. */
    private Batch matching(Batch batch) {
        Batch some = batch;
        for (int i = 0; i < keys.size() && some.rows() > 0; i++) {
            if (!usefulness.get(i).pauses()) {
                Column column = some.column(keys.get(i).column());
                int count = keys.get(i).values().select(column, selected);
                usefulness.get(i).learn(some.rows(), count);
                some = count == some.rows() ? some : some.gather(selected, count);
            }
        }
        return some;
    }

    private Batch placed(Batch read) {
        Column[] out = new Column[schema.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] =
                    columns.isConstant(i)
                            ? Column.constant(schema.type(i), constants[i], read.rows())
                            : read.column(columns.place(i));
        }
        return new Batch(read.rows(), out);
    }

    @Override
    public void close() {
        reader.close();
    }

    /** A split no row of which is wanted. */
    private static final class Empty implements BatchReader {
        @Override
        public Batch next() {
            return null;
        }

        @Override
        public void close() {
            // nothing was opened
        }
    }
}
