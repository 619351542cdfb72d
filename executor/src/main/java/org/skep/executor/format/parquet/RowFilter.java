package org.skep.executor.format.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.skep.executor.eval.Predicate;
import org.skep.executor.format.Wanted;
import org.skep.model.data.Column;
import org.skep.model.plan.Expr;

/**
 * Applies the conditions of a scan to the next rows of a row group, and decodes of every column
 * only what the conditions so far have left over.
 */
final class RowFilter {
    private static final int ROUNDS_BEFORE_SORTING = 8;

    private final ColumnReader[] readers;
    private final List<Conjunct> conjuncts = new ArrayList<>();
    private final int safe;
    private final int[] found;
    private int rounds;
    private int[] selected;
    private int count;
    private Column[] columns;
    private boolean[] whole; // by column, whether it has all rows, not only the selected ones

    /**
     * @param rows the most rows that one call of {@link #read} is asked for
     */
    RowFilter(
            ColumnReader[] readers,
            List<Expr> conditions,
            Wanted wanted,
            Function<Expr, Predicate> compiler,
            int rows) {
        this.readers = readers;
        this.found = new int[rows];
        int harmless = 0;
        for (Expr condition : conditions) {
            for (Expr conjunct : Expr.conjuncts(condition)) {
                Conjunct next = new Conjunct(conjunct, compiler);
                // a condition that can fail keeps its place behind those that were written before
                // it
                harmless += next.isSafe() && harmless == conjuncts.size() ? 1 : 0;
                conjuncts.add(next);
            }
        }
        boolean allSafe = harmless == conjuncts.size();
        wanted.keys().forEach(each -> conjuncts.add(new Conjunct(each)));
        wanted.edges().forEach(each -> conjuncts.add(new Conjunct(each, compiler)));
        this.safe = allSafe ? conjuncts.size() : harmless;
    }

    /** Whether some single column's dictionary shows that no row of this row group is wanted. */
    boolean excludesRowGroup() {
        for (Conjunct conjunct : conjuncts.subList(0, safe)) {
            if (conjunct.columns().length == 1) {
                Column dictionary = readers[conjunct.columns()[0]].dictionary();
                if (dictionary != null && conjunct.excludes(dictionary)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Reads the wanted ones of the next {@code rows} rows.
     *
     * @param among which rows come into question, ascending; null for all
     * @param most how many do
     * @return how many are wanted; {@link #columns} then has them
     */
    int read(int rows, int[] among, int most) {
        columns = new Column[readers.length];
        whole = new boolean[readers.length];
        selected = among;
        count = most;
        if (++rounds % ROUNDS_BEFORE_SORTING == 0) {
            conjuncts.subList(0, safe).sort(Comparator.comparingDouble(Conjunct::rank));
        }
        for (Conjunct conjunct : conjuncts) {
            if (count == 0) {
                break;
            }
            ask(conjunct, rows);
        }
        for (int i = 0; i < readers.length; i++) {
            if (columns[i] == null) {
                if (count == 0) {
                    readers[i].skip(rows);
                } else {
                    columns[i] = readers[i].read(rows, selected, count);
                }
            } else if (count > 0) {
                narrow(i);
            }
        }
        return count;
    }

    /** Takes a column's selected rows, when it has all of them so far. */
    private void narrow(int column) {
        if (whole[column] && selected != null) {
            columns[column] = columns[column].gather(selected, count);
            readers[column].recycle();
        }
        whole[column] = false;
    }

    private void recycle() {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] != null) {
                readers[i].recycle();
            }
        }
    }

    Column[] columns() {
        return columns;
    }

    private void ask(Conjunct conjunct, int rows) {
        if (conjunct.pauses()) {
            return;
        }
        long begun = System.nanoTime();
        int before = count;
        apply(conjunct, rows);
        conjunct.learn(before, count, System.nanoTime() - begun);
        if (count == 0) {
            recycle();
        }
    }

    private void apply(Conjunct conjunct, int rows) {
        int[] used = conjunct.columns();
        boolean allWhole = conjunct.isSafe(); // others must see none but the selected rows
        for (int column : used) {
            if (columns[column] == null) {
                read(column, rows);
            }
            allWhole &= whole[column];
        }
        Column[] inputs = new Column[used.length];
        for (int i = 0; i < used.length; i++) {
            if (!allWhole) {
                narrow(used[i]);
            }
            inputs[i] = columns[used[i]];
        }
        if (allWhole) {
            int kept = conjunct.select(inputs, rows, selected, count, found);
            if (kept < count) {
                int[] left = Arrays.copyOf(found, kept);
                if (selected != null && someNarrow()) {
                    places(left, kept);
                }
                keep(left, kept);
            }
            return;
        }
        int kept = conjunct.select(inputs, count, null, count, found);
        if (kept == count) {
            return;
        }
        int[] left = new int[kept];
        for (int i = 0; i < kept; i++) {
            left[i] = selected == null ? found[i] : selected[found[i]];
        }
        keep(left, kept);
    }

    /**
     * Reads a column for a condition. Where its reader has to decode all rows anyway, they are all
     * kept, and the rows to be asked for are passed to the condition: so a column is gathered once,
     * after the last condition, and not after each.
     */
    private void read(int column, int rows) {
        whole[column] = selected == null || readers[column].decodesAll(rows, selected, count);
        columns[column] =
                whole[column]
                        ? readers[column].read(rows, null, rows)
                        : readers[column].read(rows, selected, count);
    }

    private boolean someNarrow() {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] != null && !whole[i]) {
                return true;
            }
        }
        return false;
    }

    /** Puts the places among the selected rows of some of them into {@link #found}. */
    private void places(int[] some, int length) {
        int place = 0;
        for (int i = 0; i < length; i++) {
            while (selected[place] != some[i]) {
                place++;
            }
            found[i] = place;
        }
    }

    /**
     * Leaves only some of the selected rows.
     *
     * @param left which; {@link #found} has them by their place in columns that are not whole
     */
    private void keep(int[] left, int kept) {
        for (int i = 0; i < columns.length && kept > 0; i++) {
            if (columns[i] != null && !whole[i]) {
                columns[i] = columns[i].gather(found, kept);
                readers[i].recycle();
            }
        }
        selected = left;
        count = kept;
    }
}
