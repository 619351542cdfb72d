package org.skep.executor.eval;

import java.util.Arrays;
import java.util.List;
import org.skep.executor.eval.FusedSource.Form;
import org.skep.model.data.Batch;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;

/**
 * Counts rows by group and sums expressions over them, all in one loop that is compiled at run time
 * once there are rows enough (after Neumann, "Efficiently Compiling Efficient Query Plans for
 * Modern Hardware", VLDB 2011, but batch by batch).
 *
 * <p>It takes a batch or leaves it to the interpreted kernels, whole: as long as the loop is not
 * worth compiling, and when a row went wrong or may have. So it raises no errors, and its sums are
 * exact in 64 bits: whoever uses it asks {@link #hasRoom} before each batch, and if there is none
 * carries the sums elsewhere and clears this.
 */
public final class FusedSums {
    private static final long ROOM = Long.MAX_VALUE / 2;

    /** With more groups their sums are no longer near, and to carry them elsewhere costs. */
    private static final int MOST_GROUPS = 1 << 16;

    /** Longs that are kept to be used again. */
    private static final int MOST_KEPT = 4_096;

    /** Rows that are interpreted before anything is asked, for the sake of small queries. */
    private static final int FIRST_ROWS = 8_192;

    /** So many batches in vain, and there are no further attempts. */
    private static final int MOST_FAILURES = 16;

    private final FusedTerms terms;
    private final int stride;
    private final long rowsBefore = FusedShapes.rowsBefore();
    private final Object[] in;
    private final Form[] forms;
    private Form[] shapeForms;
    private FusedShapes.Shape shape;
    private long seen;
    private int failures;

    private long[] state = {};
    private long[] missing = {};
    private int groups;
    private long bound; // no sum is farther from 0

    private FusedSums(FusedTerms terms) {
        this.terms = terms;
        this.stride = FusedSource.stride(terms.sums());
        this.in = new Object[3 * terms.sources().size()];
        this.forms = new Form[terms.sources().size()];
    }

    /**
     * @param terms expressions, each once
     * @param summed whether a term's values are wanted, or only how many there are
     */
    public static FusedSums of(List<Expr> terms, List<Boolean> summed) {
        return new FusedSums(new FusedTerms(terms, summed));
    }

    /** Whether values of the expression can be summed here. */
    public static boolean sums(Expr expr) {
        return FusedTerms.takes(expr);
    }

    /** Whether values of the expression can be counted here. */
    public static boolean counts(Expr expr) {
        return expr instanceof Expr.Input || FusedTerms.takes(expr);
    }

    /**
     * Whether no batch can make a sum overflow, and so many groups are none too many.
     *
     * @param groupCount greater than every group number so far
     */
    public boolean hasRoom(int groupCount) {
        return groups == 0 || bound < ROOM && groupCount <= MOST_GROUPS;
    }

    /**
     * Takes the rows of a batch in, or none of them.
     *
     * @param rowGroups the group of each row; null when there is one group only
     * @param groupCount greater than every group number so far
     */
    public boolean add(Batch batch, int[] rowGroups, int groupCount) {
        seen += batch.rows();
        boolean early = seen < Math.min(FIRST_ROWS, rowsBefore);
        if (early || failures >= MOST_FAILURES || groupCount > MOST_GROUPS || batch.rows() == 0) {
            return false;
        }
        if (!resolve(batch)) {
            failures++;
            return false;
        }
        if (!Arrays.equals(forms, shapeForms)) {
            shapeForms = forms.clone();
            shape = FusedShapes.of(FusedSource.write(terms, forms, rowGroups == null));
        }
        int rows = batch.rows();
        FusedLoop loop = shape.ready(rows, rowsBefore);
        if (loop == null) {
            return false;
        }
        grow(groupCount);
        long[] literals = terms.literals();
        long far = loop.add(in, literals, rowGroups, state, missing, rows);
        if (far < 0 || far >= ROOM / rows - 1) {
            loop.remove(in, literals, rowGroups, state, missing, rows);
            failures++;
            return false;
        }
        bound += rows * (far + 1);
        return true;
    }

    private void grow(int groupCount) {
        groups = Math.max(groups, groupCount);
        if (state.length < groupCount * stride) {
            state = Arrays.copyOf(state, Math.max(groupCount * stride, 2 * state.length));
            missing = Arrays.copyOf(missing, state.length / stride * terms.size());
        }
    }

    /** Finds the sources' arrays; false when a loop cannot read them. */
    private boolean resolve(Batch batch) {
        Arrays.fill(forms, Form.NONE);
        for (int s : terms.direct()) {
            if (!read(s, batch.column(terms.sources().get(s).column()))) {
                return false;
            }
        }
        for (int s = 0; s < forms.length; s++) {
            FusedTerms.Source source = terms.sources().get(s);
            if (source.evaluator() == null) {
                continue;
            }
            Column column = batch.column(source.column());
            boolean read;
            if (source.inLoop() && !(column instanceof DictionaryColumn)) {
                read = read(source.base(), column);
            } else {
                try {
                    read = read(s, source.evaluator().evaluate(batch));
                } catch (QueryException | ArithmeticException e) {
                    return false; // maybe at a row that need not be computed
                }
            }
            if (!read) {
                return false;
            }
        }
        return true;
    }

    private boolean read(int source, Column column) {
        Column values = column;
        in[3 * source + 1] = null;
        boolean ids = column instanceof DictionaryColumn;
        if (column instanceof DictionaryColumn dictionary) {
            if (dictionary.dictionary().rows() == 0) {
                return false;
            }
            in[3 * source + 1] = dictionary.ids();
            values = dictionary.dictionary();
        }
        in[3 * source] = values(values);
        in[3 * source + 2] = column.validity();
        Form flat = column.hasNulls() ? Form.FLAT_NULLS : Form.FLAT;
        forms[source] = !ids ? flat : column.hasNulls() ? Form.IDS_NULLS : Form.IDS;
        return !(values instanceof DecimalColumn decimals) || decimals.isNarrow();
    }

    /** The array that a loop reads; null for columns of which it only counts the values. */
    private static Object values(Column column) {
        return switch (column.type().layout()) {
            case BOOLEAN -> ((BooleanColumn) column).values();
            case INT -> ((IntColumn) column).values();
            case LONG -> ((LongColumn) column).values();
            case DECIMAL -> ((DecimalColumn) column).lows();
            case DOUBLE, BYTES, ARRAY, STRUCT -> null;
        };
    }

    /** Groups that there may be sums of; others have none. */
    public int groups() {
        return groups;
    }

    /** By group, how many rows. */
    public long[] rows() {
        long[] rows = new long[groups];
        for (int group = 0; group < groups; group++) {
            rows[group] = state[group * stride];
        }
        return rows;
    }

    /** By group, how many values of a term. */
    public long[] counts(int term) {
        long[] counts = rows();
        for (int group = 0; group < groups; group++) {
            counts[group] -= missing[group * terms.size() + term];
        }
        return counts;
    }

    /** By group, the sum of a term's values. */
    public long[] sums(int term) {
        long[] sums = new long[groups];
        for (int group = 0; group < groups; group++) {
            sums[group] = state[group * stride + 1 + terms.slot(term)];
        }
        return sums;
    }

    public void clear() {
        if (state.length > MOST_KEPT) {
            state = new long[0];
            missing = new long[0];
        }
        Arrays.fill(state, 0);
        Arrays.fill(missing, 0);
        groups = 0;
        bound = 0;
    }

    public long bytes() {
        return 8L * (state.length + missing.length);
    }
}
