package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.skep.model.file.FileTable;
import org.skep.model.file.TableStatistics;
import org.skep.model.file.TableStatistics.ColumnStatistics;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Schema;
import org.skep.planner.check.FilesTable;
import org.skep.planner.why.Choice;
import org.skep.planner.why.Choice.Option;

/**
 * {@code count}, {@code min} and {@code max} of a whole table, when the metadata of its files tells
 * them for sure: no file is read.
 *
 * <pre>
 * Aggregate(min(a), count(*) of Scan) → Values
 * </pre>
 */
final class KnownTotals {
    private static final Object UNKNOWN = new Object();
    private static final String READ = "bytes read";

    private final FileTable table;
    private final Schema schema;
    private final List<Integer> columns = new ArrayList<>(); // of the calls; -1 for none

    private KnownTotals(FileTable table, Schema schema) {
        this.table = table;
        this.schema = schema;
    }

    /** The aggregate's one row; null when it must be computed. */
    static Part of(Aggregate aggregate, Planning planning) {
        boolean whole = aggregate.getGroupSet().isEmpty() && aggregate.getGroupSets().size() == 1;
        WantedRows wanted = whole ? WantedRows.of(aggregate.getInput()) : null;
        if (wanted == null || !wanted.conditions().isEmpty()) {
            return null;
        }
        FilesTable files = wanted.scan().getTable().unwrap(FilesTable.class);
        if (files == null) {
            return null;
        }
        KnownTotals totals = new KnownTotals(files.files(), Planning.schema(aggregate));
        for (AggregateCall call : aggregate.getAggCallList()) {
            if (!totals.add(call, wanted.outputs())) {
                return null;
            }
        }
        List<Object> row = totals.row(aggregate.getAggCallList(), planning);
        if (row == null) {
            return null;
        }
        planning.choices().add(totals.choice());
        return new Part(
                new PlanNode.Values(totals.schema, List.of(row), totals.source()),
                Distribution.SINGLE,
                planning.estimate(aggregate));
    }

    private Choice choice() {
        Option taken =
                new Option(source(), 0, READ, "they are certain: exact bounds, no deleted rows");
        Option reading = new Option("the files themselves", table.bytes(), READ, "");
        return new Choice("totals of the whole table", List.of(taken, reading));
    }

    private static String function(AggregateCall call) {
        return call.getAggregation().getName().toLowerCase(Locale.ROOT);
    }

    /** Takes in a call; false when statistics have no answer to its like. */
    private boolean add(AggregateCall call, List<RexNode> outputs) {
        boolean plain = call.filterArg < 0 && call.getCollation().getKeys().isEmpty();
        boolean counts = function(call).equals("count") && !call.isDistinct();
        if (plain && counts && call.getArgList().isEmpty()) {
            columns.add(-1);
            return true;
        }
        boolean bound = function(call).equals("min") || function(call).equals("max");
        if (!plain
                || !counts && !bound
                || call.getArgList().size() != 1
                || !(outputs.get(call.getArgList().get(0)) instanceof RexInputRef column)
                || column.getIndex() >= table.dataColumns()) {
            return false;
        }
        columns.add(column.getIndex());
        int place = columns.size() - 1;
        return counts || table.schema().type(column.getIndex()).equals(schema.type(place));
    }

    /** A value for each call; null when some are not known. */
    private List<Object> row(List<AggregateCall> calls, Planning planning) {
        List<Integer> asked = columns.stream().filter(column -> column >= 0).distinct().toList();
        TableStatistics known = planning.files().certain(table, asked);
        if (!known.exact()) {
            return null;
        }
        List<Object> row = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Object value = (long) known.rows();
            if (columns.get(i) >= 0) {
                ColumnStatistics column = known.column(asked.indexOf(columns.get(i)));
                value = value(function(calls.get(i)), column, known.rows());
            }
            if (value == UNKNOWN) {
                return null;
            }
            row.add(value);
        }
        return row;
    }

    private static Object value(String function, ColumnStatistics column, double rows) {
        if (function.equals("count")) {
            return column.nulls() < 0 ? UNKNOWN : (Object) (long) (rows - column.nulls());
        }
        if (column.nulls() == rows) {
            return null;
        }
        Object bound = function.equals("min") ? column.min() : column.max();
        return bound == null ? UNKNOWN : bound;
    }

    private String source() {
        int files = table.files().size();
        return "statistics of %d %s".formatted(files, files == 1 ? "file" : "files");
    }
}
