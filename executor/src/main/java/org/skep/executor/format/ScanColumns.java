package org.skep.executor.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileTable;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Field;

/**
 * Where the columns of a scan come from: read from the file, or the same for all rows of a file
 * (its folders' names and its path).
 */
final class ScanColumns {
    private final PlanNode.Scan scan;
    private final FileTable table;

    /** Data columns to read, by number in the table, {@link FileFormat#LINE} among them. */
    private final List<Integer> read = new ArrayList<>();

    /** For each output its place among {@link #read}; -1 when it is constant. */
    private final int[] places;

    private ScanColumns(PlanNode.Scan scan) {
        this.scan = scan;
        this.table = scan.table();
        this.places = new int[scan.columns().size()];
        int width = table.schema().size();
        for (int i = 0; i < places.length; i++) {
            int column = scan.columns().get(i);
            boolean line = column == width + 1;
            if (column < table.dataColumns() || line) {
                Integer wanted = line ? FileFormat.LINE : column;
                if (!read.contains(wanted)) {
                    read.add(wanted);
                }
                places[i] = read.indexOf(wanted);
            } else {
                places[i] = -1;
            }
        }
    }

    static ScanColumns of(PlanNode.Scan scan) {
        return new ScanColumns(scan);
    }

    List<Integer> read() {
        return read;
    }

    boolean isConstant(int output) {
        return places[output] < 0;
    }

    int place(int output) {
        return places[output];
    }

    /** The value of a constant output for all rows of a file, boxed. */
    Object constant(int output, DataFile file) {
        int column = scan.columns().get(output);
        if (column == table.schema().size()) {
            return file.path();
        }
        Field field = table.schema().field(column);
        String text = file.partitionValues().get(column - table.dataColumns());
        return PartitionFolders.value(field, text, file.path());
    }

    /** The conditions that look at constant outputs only. */
    List<Expr> constantConditions() {
        return scan.conditions().stream().filter(this::isConstant).toList();
    }

    private boolean isConstant(Expr condition) {
        return Arrays.stream(condition.columns()).allMatch(this::isConstant);
    }

    /**
     * What is asked of columns read from the file only, over {@link #read}.
     *
     * @param wanted over the scan's outputs
     */
    Wanted wanted(Wanted wanted) {
        List<Wanted.Keys> keys =
                wanted.keys().stream()
                        .filter(each -> !isConstant(each.column()))
                        .map(each -> new Wanted.Keys(places[each.column()], each.values()))
                        .toList();
        List<Wanted.Edge> edges =
                wanted.edges().stream()
                        .filter(each -> !isConstant(each.column()))
                        .map(each -> new Wanted.Edge(places[each.column()], each.edge()))
                        .toList();
        return new Wanted(readConditions(), keys, edges, wanted.rows());
    }

    private List<Expr> readConditions() {
        return scan.conditions().stream()
                .filter(
                        condition ->
                                condition.columns().length > 0
                                        && Arrays.stream(condition.columns())
                                                .noneMatch(this::isConstant))
                .map(condition -> condition.remap(places))
                .toList();
    }

    /** The conditions that look at both. */
    List<Expr> mixedConditions() {
        return scan.conditions().stream()
                .filter(
                        condition ->
                                !isConstant(condition)
                                        && Arrays.stream(condition.columns())
                                                .anyMatch(this::isConstant))
                .toList();
    }
}
