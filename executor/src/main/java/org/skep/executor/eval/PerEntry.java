package org.skep.executor.eval;

import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.error.QueryException;

/**
 * A deterministic expression of one column. When that column is a dictionary, the expression is
 * computed once per entry, which is kept for as long as batches bring the same dictionary, and the
 * ids are wrapped around the results.
 *
 * <p>An entry that no row uses may fail; so after a failure the rows themselves are computed.
 */
final class PerEntry implements Evaluator, Filter {
    private final int column;

    /** The expression over a batch of just that column. */
    private final Evaluator expression;

    private final Filter filter;

    private Column dictionary;
    private long rowsSeen;
    private boolean failed;
    private Column results; // by entry, one more for null
    private Column entryResults; // the same without the one for null
    private byte[] hits;

    PerEntry(int column, Evaluator expression, Filter filter) {
        this.column = column;
        this.expression = expression;
        this.filter = filter;
    }

    @Override
    public Column evaluate(Batch batch) {
        Column input = batch.column(column);
        if (input instanceof DictionaryColumn ids && useEntries(ids)) {
            return wrap(ids);
        }
        return expression.evaluate(new Batch(batch.rows(), input.flat()));
    }

    @Override
    public int select(Batch batch, int[] rows, int count, int[] selected) {
        Column input = batch.column(column);
        if (input instanceof DictionaryColumn ids && useEntries(ids)) {
            if (hits == null) {
                hits = hits(results);
            }
            if (!ids.hasNulls() || hits[hits.length - 1] == 0) {
                return Filter.whereHit(hits, ids.ids(), ids.validity(), rows, count, selected);
            }
            return Filter.whereTrue(wrap(ids), rows, count, selected);
        }
        if (rows != null && input instanceof DictionaryColumn) {
            // decode the candidates only
            Column some = input.gather(rows, count).flat();
            int[] kept = selected == rows ? new int[count] : selected;
            int k = filter.select(new Batch(count, some), null, count, kept);
            for (int i = 0; i < k; i++) {
                selected[i] = rows[kept[i]];
            }
            return k;
        }
        return filter.select(new Batch(batch.rows(), input.flat()), rows, count, selected);
    }

    private static byte[] hits(Column results) {
        return Filter.hits(results);
    }

    /** Whether there are results per entry; makes them once the rows seen are worth it. */
    private boolean useEntries(DictionaryColumn ids) {
        Column entries = ids.dictionary();
        if (entries != dictionary) {
            dictionary = entries;
            rowsSeen = 0;
            failed = false;
            results = null;
            hits = null;
        }
        rowsSeen += ids.rows();
        if (results == null && !failed && entries.rows() > 0 && rowsSeen >= entries.rows()) {
            compute(entries);
        }
        return results != null;
    }

    /** The results have one more row than the dictionary has entries: that for null. */
    private void compute(Column entries) {
        int[] all = new int[entries.rows() + 1];
        for (int i = 0; i < entries.rows(); i++) {
            all[i] = i;
        }
        all[entries.rows()] = -1;
        try {
            results =
                    expression
                            .evaluate(new Batch(all.length, entries.gather(all, all.length)))
                            .flat();
            entryResults = results.slice(0, entries.rows());
        } catch (QueryException | ArithmeticException e) {
            failed = true; // perhaps only at an unused entry: the flat path finds out
        }
    }

    private Column wrap(DictionaryColumn input) {
        int rows = input.rows();
        int nullId = results.rows() - 1;
        if (results.isNull(nullId)) {
            long[] valid = entryResults.validity();
            long[] bits = valid == null ? null : Bits.gather(valid, input.ids(), rows);
            return new DictionaryColumn(
                    input.ids(), entryResults, rows, Bits.and(input.validity(), bits));
        }
        if (input.isConstant() && (!input.hasNulls() || dictionary.isNull(0))) {
            Column entry = results.slice(0, 1);
            long[] none = entry.isNull(0) ? new long[Bits.words(rows)] : null;
            return new DictionaryColumn(input.ids(), entry, rows, none);
        }
        int[] ids = input.ids();
        if (input.hasNulls()) {
            ids = ids.clone();
            for (int i = 0; i < rows; i++) {
                ids[i] = input.isNull(i) ? nullId : ids[i];
            }
        }
        long[] validity =
                results.validity() == null ? null : Bits.gather(results.validity(), ids, rows);
        return new DictionaryColumn(ids, results, rows, validity);
    }
}
