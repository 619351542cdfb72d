package org.skep.parser;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriterConfig.LineFolding;

/** Syntax back to text in one line, to compare with. */
final class Sql {
    private Sql() {}

    static String text(SqlNode node) {
        return node.toSqlString(
                        writer ->
                                writer.withQuoteAllIdentifiers(false)
                                        .withAlwaysUseParentheses(false)
                                        .withSelectListItemsOnSeparateLines(false)
                                        .withClauseStartsLine(false)
                                        .withIndentation(0)
                                        .withLineFolding(LineFolding.WIDE))
                .getSql()
                .replaceAll("\\s+", " ");
    }

    static String query(String sql) {
        return text(((Statement.Query) SqlParser.parse(sql)).query().node());
    }
}
