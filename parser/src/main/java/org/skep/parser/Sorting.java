package org.skep.parser;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.parser.grammar.SkepParser.DirectionContext;

/** ASC, DESC, NULLS FIRST and NULLS LAST around a sort key. */
final class Sorting {
    private Sorting() {}

    static SqlNode directed(SqlNode key, DirectionContext direction) {
        if (direction.getChildCount() == 0) {
            return key;
        }
        SqlParserPos place = key.getParserPosition().plus(Places.of(direction));
        SqlNode node = key;
        if (direction.DESC() != null) {
            node = SqlStdOperatorTable.DESC.createCall(place, node);
        }
        if (direction.FIRST() != null) {
            node = SqlStdOperatorTable.NULLS_FIRST.createCall(place, node);
        } else if (direction.LAST() != null) {
            node = SqlStdOperatorTable.NULLS_LAST.createCall(place, node);
        }
        return node;
    }
}
