package org.skep.executor.operator;

import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.JoinType;
import org.skep.model.type.Type;

/** Puts the rows of a join together. */
final class JoinOutput {
    private final JoinType type;
    private final List<Type> leftTypes;
    private final List<Type> rightTypes;

    JoinOutput(JoinType type, List<Type> leftTypes, List<Type> rightTypes) {
        this.type = type;
        this.leftTypes = leftTypes;
        this.rightTypes = rightTypes;
    }

    JoinType type() {
        return type;
    }

    /** Pairs of rows; a negative place stands for nulls. */
    Batch pairs(Batch left, int[] leftRows, Batch right, int[] rightRows, int count) {
        return beside(left.gather(leftRows, count), right, rightRows);
    }

    /** All rows of {@code left}, each beside its one row of {@code right}. */
    Batch beside(Batch left, Batch right, int[] rightRows) {
        Batch gathered = right.gather(rightRows, left.rows());
        return left.beside(gathered);
    }

    /** Left rows without a match. */
    Batch leftOnly(Batch left, int[] rows, int count) {
        Batch kept = left.gather(rows, count);
        return type.givesRight() ? kept.beside(nulls(rightTypes, count)) : kept;
    }

    /** Right rows without a match. */
    Batch rightOnly(Batch right, int[] rows, int count) {
        return nulls(leftTypes, count).beside(right.gather(rows, count));
    }

    private static Batch nulls(List<Type> types, int rows) {
        Column[] columns = new Column[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Column.nulls(types.get(i), rows);
        }
        return new Batch(rows, columns);
    }
}
