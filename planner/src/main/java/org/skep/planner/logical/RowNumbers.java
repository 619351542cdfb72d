package org.skep.planner.logical;

import com.google.common.collect.ImmutableList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** {@code row_number() OVER (PARTITION BY … ORDER BY …)}. */
final class RowNumbers {
    private RowNumbers() {}

    static RexNode of(RelNode node, List<RexNode> partition, List<RelFieldCollation> order) {
        RexBuilder rex = node.getCluster().getRexBuilder();
        ImmutableList.Builder<RexFieldCollation> keys = ImmutableList.builder();
        for (RelFieldCollation field : order) {
            Set<SqlKind> flags = EnumSet.noneOf(SqlKind.class);
            if (field.getDirection().isDescending()) {
                flags.add(SqlKind.DESCENDING);
            }
            switch (field.nullDirection) {
                case FIRST -> flags.add(SqlKind.NULLS_FIRST);
                case LAST -> flags.add(SqlKind.NULLS_LAST);
                case UNSPECIFIED -> {}
            }
            keys.add(new RexFieldCollation(rex.makeInputRef(node, field.getFieldIndex()), flags));
        }
        return rex.makeOver(
                rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
                SqlStdOperatorTable.ROW_NUMBER,
                List.of(),
                partition,
                keys.build(),
                RexWindowBounds.UNBOUNDED_PRECEDING,
                RexWindowBounds.CURRENT_ROW,
                RexWindowExclusion.EXCLUDE_NO_OTHER,
                true,
                true,
                false,
                false,
                false);
    }
}
