package org.skep.planner.logical;

import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/** Aggregates over all rows of a tree. */
final class Totals {
    private Totals() {}

    /** One row: the results of {@code calls} over all rows. */
    static Aggregate of(RelNode rows, AggregateCall... calls) {
        return LogicalAggregate.create(rows, List.of(), ImmutableBitSet.of(), null, List.of(calls));
    }

    static AggregateCall rows(RelNode of) {
        return call(SqlStdOperatorTable.COUNT, List.of(), -1, bigint(of));
    }

    /** How many rows have no null in the column. */
    static AggregateCall values(RelNode of, int column) {
        return call(SqlStdOperatorTable.COUNT, List.of(column), -1, bigint(of));
    }

    /** How many rows have true in the column. */
    static AggregateCall truths(RelNode of, int column) {
        return call(SqlStdOperatorTable.COUNT, List.of(), column, bigint(of));
    }

    /** A function of the column's values whose result is one of them, or null. */
    static AggregateCall one(SqlAggFunction function, RelNode of, int column) {
        RelDataType type = of.getRowType().getFieldList().get(column).getType();
        RelDataType nullable =
                of.getCluster().getTypeFactory().createTypeWithNullability(type, true);
        return call(function, List.of(column), -1, nullable);
    }

    private static RelDataType bigint(RelNode of) {
        RelDataTypeFactory types = of.getCluster().getTypeFactory();
        return types.createSqlType(SqlTypeName.BIGINT);
    }

    private static AggregateCall call(
            SqlAggFunction function, List<Integer> arguments, int filter, RelDataType type) {
        return AggregateCall.create(
                function,
                false,
                false,
                false,
                List.of(),
                arguments,
                filter,
                null,
                RelCollations.EMPTY,
                type,
                null);
    }
}
