package org.skep.model.plan;

import java.io.Serializable;

/** One column to sort by. */
public record SortKey(int column, boolean ascending, boolean nullsFirst) implements Serializable {
    public SortKey withColumn(int other) {
        return new SortKey(other, ascending, nullsFirst);
    }
}
