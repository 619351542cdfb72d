package org.skep.parser;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/** SELECT … FROM … WHERE and nothing else, as rewriting needs it. */
public final class PlainSelect {
    private PlainSelect() {}

    /**
     * @param from null for one row
     * @param where null for all rows
     */
    public static SqlSelect of(SqlParserPos place, SqlNodeList items, SqlNode from, SqlNode where) {
        return new SqlSelect(
                place, null, items, from, where, null, null, null, null, null, null, null, null);
    }

    /** {@code SELECT * FROM}. */
    public static SqlSelect all(SqlParserPos place, SqlNode from) {
        return of(place, new SqlNodeList(List.of(SqlIdentifier.star(place)), place), from, null);
    }

    /** {@code SELECT 1 FROM … WHERE}, for EXISTS. */
    static SqlSelect any(SqlNode from, SqlNode where) {
        SqlParserPos place = from.getParserPosition();
        SqlNode one = SqlLiteral.createExactNumeric("1", place);
        return of(place, new SqlNodeList(List.of(one), place), from, where);
    }
}
