package org.skep.executor.format.parquet;

import java.util.function.Function;
import org.skep.executor.eval.Predicate;
import org.skep.executor.format.MovingEdge;
import org.skep.executor.format.Usefulness;
import org.skep.executor.format.Wanted;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.plan.Expr;

/**
 * One of the conditions that rows of a scan must satisfy, with what was learnt about it. A
 * condition on one dictionary column is evaluated for the dictionary's entries, and then looked up
 * by id.
 */
final class Conjunct {
    private final int[] columns;
    private final boolean safe;
    private final MovingEdge edge; // null when the condition stays as it is
    private final Function<Expr, Predicate> compiler;
    private Expr followed; // the edge's condition that the predicates are made of
    private Predicate predicate;
    private Predicate entryPredicate;
    private Column entries;
    private byte[] entryMatches;
    private boolean nullMatches;
    private double rowsIn;
    private double rowsOut;
    private double nanos;
    private final Usefulness usefulness; // null when it must be applied

    Conjunct(Expr condition, Function<Expr, Predicate> compiler) {
        this.columns = condition.columns();
        this.safe = cannotFail(condition);
        int[] places = new int[columns.length == 0 ? 0 : columns[columns.length - 1] + 1];
        for (int i = 0; i < columns.length; i++) {
            places[columns[i]] = i;
        }
        Expr own = condition.remap(places);
        this.predicate = compiler.apply(own);
        this.entryPredicate = columns.length == 1 ? compiler.apply(own) : null;
        this.edge = null;
        this.compiler = compiler;
        this.usefulness = null;
    }

    /** Rows whose column has one of a join's keys; not worth applying if most have. */
    Conjunct(Wanted.Keys keys) {
        this.columns = new int[] {keys.column()};
        this.safe = true;
        this.predicate = (batch, selected) -> keys.values().select(batch.column(0), selected);
        this.entryPredicate = predicate;
        this.edge = null;
        this.compiler = null;
        this.usefulness = new Usefulness();
    }

    /** Rows that a top-N has a use for, as far as is known; not worth applying if most are. */
    Conjunct(Wanted.Edge moving, Function<Expr, Predicate> compiler) {
        this.columns = new int[] {moving.column()};
        this.safe = true;
        this.edge = moving.edge();
        this.compiler = compiler;
        this.usefulness = new Usefulness();
    }

    /** Whether it is to be left out this time. */
    boolean pauses() {
        return !saysSomething() || usefulness != null && usefulness.pauses();
    }

    /** False for a top-N that has not told anything yet; follows one that has. */
    private boolean saysSomething() {
        if (edge == null || edge.condition() == followed) {
            return predicate != null;
        }
        followed = edge.condition();
        predicate = compiler.apply(followed);
        entryPredicate = compiler.apply(followed);
        entries = null; // they have to be asked again
        return true;
    }

    /** The columns that it reads, ascending. */
    int[] columns() {
        return columns;
    }

    /**
     * Whether it can be evaluated for any row without an error, so that its turn does not matter.
     */
    boolean isSafe() {
        return safe;
    }

    /** What a row costs that this is asked for, by what it does for those that come after it. */
    double rank() {
        return rowsIn == 0 ? 0 : nanos / rowsIn / Math.max(1e-3, 1 - rowsOut / rowsIn);
    }

    /** Notes that deciding on {@code in} rows took some time and left {@code out}. */
    void learn(int in, int out, long took) {
        rowsIn = rowsIn * 0.9 + in;
        rowsOut = rowsOut * 0.9 + out;
        nanos = nanos * 0.9 + took;
        if (usefulness != null) {
            usefulness.learn(in, out);
        }
    }

    /**
     * Finds the rows for which it is true.
     *
     * @param inputs one column for each of {@link #columns}
     * @param rows how many rows these have
     * @param among the rows that come into question, ascending; null for all
     * @param count how many do
     */
    int select(Column[] inputs, int rows, int[] among, int count, int[] selected) {
        if (safe
                && inputs.length == 1
                && inputs[0] instanceof DictionaryColumn dictionary
                && (dictionary.dictionary() == entries || worthLookingUp(dictionary))) {
            ask(dictionary.dictionary());
            return lookUp(dictionary, among, count, selected);
        }
        Batch batch = new Batch(rows, inputs);
        return among == null
                ? predicate.select(batch, selected)
                : predicate.select(batch, among, count, selected);
    }

    /** Whether no value of the dictionary, nor null, satisfies it. */
    boolean excludes(Column dictionary) {
        if (!safe || dictionary.rows() > 1 << 16 || !saysSomething()) {
            return false;
        }
        ask(dictionary);
        for (byte match : entryMatches) {
            if (match != 0) {
                return false;
            }
        }
        return !nullMatches;
    }

    /** The dictionary is that of a row group: it is asked for many batches, if it is not huge. */
    private static boolean worthLookingUp(DictionaryColumn column) {
        return column.dictionary().rows() <= 16L * Math.max(column.rows(), 1024);
    }

    private void ask(Column dictionary) {
        if (dictionary == entries) {
            return;
        }
        int[] matching = new int[Math.max(1, dictionary.rows())];
        byte[] matches = new byte[dictionary.rows()];
        if (dictionary.rows() > 0) {
            int count = entryPredicate.select(new Batch(dictionary.rows(), dictionary), matching);
            for (int i = 0; i < count; i++) {
                matches[matching[i]] = 1;
            }
        }
        Column none = Column.nulls(dictionary.type(), 1);
        nullMatches = entryPredicate.select(new Batch(1, none), matching) == 1;
        entryMatches = matches;
        entries = dictionary;
    }

    private int lookUp(DictionaryColumn column, int[] among, int most, int[] selected) {
        int[] ids = column.ids();
        byte[] matches = entryMatches;
        int count = 0;
        if (column.hasNulls()) {
            int ifNull = nullMatches ? 1 : 0;
            for (int i = 0; i < most; i++) {
                int row = among == null ? i : among[i];
                selected[count] = row;
                count += column.isNull(row) ? ifNull : matches[ids[row]];
            }
        } else if (among == null) {
            for (int i = 0; i < most; i++) {
                selected[count] = i;
                count += matches[ids[i]];
            }
        } else {
            for (int i = 0; i < most; i++) {
                int row = among[i];
                selected[count] = row;
                count += matches[ids[row]];
            }
        }
        return count;
    }

    /** Whether evaluating it for a row that another condition excludes can do no harm. */
    private static boolean cannotFail(Expr expr) {
        boolean itself =
                switch (expr.kind()) {
                    case INPUT, LITERAL, COMPARE, AND, OR, NOT, IS_NULL, IN, LIKE, MEMBER -> true;
                    case CASE -> true;
                    case CAST -> ((Expr.Cast) expr).orNull() || isWidening((Expr.Cast) expr);
                    case ARITHMETIC, CALL -> false;
                };
        return itself && expr.inputs().stream().allMatch(Conjunct::cannotFail);
    }

    private static boolean isWidening(Expr.Cast cast) {
        return Widening.between(cast.input().type(), cast.type()) != null;
    }
}
