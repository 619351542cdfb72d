package org.skep.executor.eval;

import java.util.Arrays;
import org.skep.executor.eval.FusedSource.Form;
import org.skep.model.data.Batch;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.error.QueryException;

/** What a loop reads of a batch: the arrays of its sources, and in which form each of them came. */
final class FusedInputs {
    private final FusedTerms terms;
    private final Object[] arrays;
    private final Form[] forms;

    FusedInputs(FusedTerms terms) {
        this.terms = terms;
        this.arrays = new Object[3 * terms.sources().size()];
        this.forms = new Form[terms.sources().size()];
    }

    /** By source three: values, ids into them or null, validity or null. */
    Object[] arrays() {
        return arrays;
    }

    Form[] forms() {
        return forms;
    }

    /** Finds the sources' arrays; false when a loop cannot read them. */
    boolean resolve(Batch batch) {
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
        arrays[3 * source + 1] = null;
        boolean ids = column instanceof DictionaryColumn;
        if (column instanceof DictionaryColumn dictionary) {
            if (dictionary.dictionary().rows() == 0) {
                return false;
            }
            arrays[3 * source + 1] = dictionary.ids();
            values = dictionary.dictionary();
        }
        arrays[3 * source] = values(values);
        arrays[3 * source + 2] = column.validity();
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
            case DOUBLE -> ((DoubleColumn) column).values();
            case BYTES, ARRAY, STRUCT -> null;
        };
    }
}
