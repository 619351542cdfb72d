package org.skep.planner.check;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/**
 * Rows that are computed once and read in several places, or are a checkpoint, as a Calcite table.
 */
public final class SharedRows extends AbstractTable {
    private final RelDataType rowType;
    private final double rows;
    private final Kept kept;

    /** How the rows are kept until the query ends. */
    public enum Kept {
        /** Like all that tasks put out. */
        AS_OUTPUT,
        /** Where the loss of the executor that computed them does not lose them. */
        AS_CHECKPOINT
    }

    /**
     * @param rows how many there are, about
     */
    public SharedRows(RelDataType rowType, double rows, Kept kept) {
        this.rowType = rowType;
        this.rows = rows;
        this.kept = kept;
    }

    public boolean isCheckpoint() {
        return kept == Kept.AS_CHECKPOINT;
    }

    public double rows() {
        return rows;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
        return rowType;
    }
}
