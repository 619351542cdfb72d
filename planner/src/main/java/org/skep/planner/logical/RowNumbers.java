package org.skep.planner.logical;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A limit for each outer row, by numbering its rows.
 *
 * <pre>
 * Sort(by n, offset 1, limit 3, x)
 *     → Filter(r > 1 AND r <= 1 + 3, Project(x.*, row_number() OVER (PARTITION BY keys ORDER BY n) AS r, x))
 * </pre>
 */
final class RowNumbers {
    private RowNumbers() {}

    /**
     * @param in the sort's input, made independent
     */
    static Independent limited(Independent in, Sort sort) {
        RexBuilder rex = sort.getCluster().getRexBuilder();
        List<RelFieldCollation> order = new ArrayList<>();
        for (RelFieldCollation field : sort.getCollation().getFieldCollations()) {
            order.add(field.withFieldIndex(in.columns()[field.getFieldIndex()]));
        }
        List<RexNode> columns = new ArrayList<>(rex.identityProjects(in.node().getRowType()));
        columns.add(number(in.node(), in.keyColumns(), order));
        RelNode numbered = Decorrelation.project(in.node(), columns);
        RexNode row = rex.makeInputRef(numbered, in.width());
        RexNode last = sort.fetch;
        List<RexNode> wanted = new ArrayList<>();
        if (sort.offset != null) {
            wanted.add(rex.makeCall(SqlStdOperatorTable.GREATER_THAN, row, sort.offset));
            last = last == null ? null : rex.makeCall(SqlStdOperatorTable.PLUS, sort.offset, last);
        }
        if (last != null) {
            wanted.add(rex.makeCall(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, row, last));
        }
        return in.with(LogicalFilter.create(numbered, RexUtil.composeConjunction(rex, wanted)));
    }

    private static RexNode number(
            RelNode node, List<RexNode> partition, List<RelFieldCollation> order) {
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
