package org.skep.planner.check;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** Rows that are computed once and read by several queries, as a Calcite table. */
public final class SharedRows extends AbstractTable {
    private final RelDataType rowType;
    private final double rows;

    /**
     * @param rows how many there are, about
     */
    public SharedRows(RelDataType rowType, double rows) {
        this.rowType = rowType;
        this.rows = rows;
    }

    public double rows() {
        return rows;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
        return rowType;
    }
}
