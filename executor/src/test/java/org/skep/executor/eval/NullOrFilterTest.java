package org.skep.executor.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

class NullOrFilterTest {
    private static final Expr COLUMN = new Expr.Input(1, Type.BIGINT);

    @Test
    void nullsAndTheRowsOfTheCondition() {
        Column values = column(7L, null, 3L, null, 9L, 5L, 1L, null);
        assertEquals(List.of(1, 2, 3, 6, 7), rows(below(5), values));
        assertEquals(List.of(1, 3, 7), rows(below(0), values));
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), rows(below(10), values));
        assertEquals(List.of(0, 2), rows(below(5), column(1L, 8L, 2L)));
    }

    @Test
    void entriesOfADictionary() {
        Column entries = column(4L, null, 6L);
        int[] ids = {2, 1, 0, 0, 2, 1};
        Column values = new DictionaryColumn(ids, entries, ids.length, null);
        assertEquals(List.of(1, 2, 3, 5), rows(below(5), values));
        // a row may be null by itself, too
        Column withNulls = new DictionaryColumn(ids, entries, ids.length, new long[] {0b101110});
        assertEquals(List.of(0, 1, 2, 3, 4, 5), rows(below(7), withNulls));
        assertEquals(List.of(0, 1, 2, 3, 4, 5), rows(below(5), withNulls));
        assertEquals(List.of(0, 1, 4, 5), rows(below(4), withNulls));
    }

    @Test
    void rowsThatAnotherConditionLeft() {
        Expr other =
                new Expr.Compare(
                        Expr.Comparison.GREATER,
                        new Expr.Input(0, Type.BIGINT),
                        new Expr.Literal(0L, Type.BIGINT));
        Column first = column(1L, 0L, 1L, 1L, 0L, 1L, 1L, 1L);
        Column values = column(7L, null, 3L, null, 3L, 5L, 1L, null);
        assertEquals(
                List.of(2, 3, 6, 7),
                selected(new Expr.And(List.of(other, below(5))), new Batch(8, first, values)));
    }

    private static Expr below(long bound) {
        Expr less =
                new Expr.Compare(
                        Expr.Comparison.LESS, COLUMN, new Expr.Literal(bound, Type.BIGINT));
        return new Expr.Or(List.of(new Expr.IsNull(COLUMN), less));
    }

    private static List<Integer> rows(Expr condition, Column values) {
        Column first = Column.constant(Type.BIGINT, 1L, values.rows());
        return selected(condition, new Batch(values.rows(), first, values));
    }

    private static List<Integer> selected(Expr condition, Batch batch) {
        int[] found = new int[batch.rows()];
        int count = Expressions.predicate(condition).select(batch, found);
        List<Integer> rows = new ArrayList<>();
        Arrays.stream(found, 0, count).forEach(rows::add);
        return rows;
    }

    private static Column column(Long... values) {
        ColumnBuilder builder = ColumnBuilder.of(Type.BIGINT, values.length);
        for (Long value : values) {
            builder.appendValue(value);
        }
        return builder.build();
    }
}
