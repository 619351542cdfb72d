package org.skep.planner.change;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.parser.Syntax;

/** ANALYZE TABLE as a query: one pass over the rows, in as many tasks as any other aggregate. */
public final class SketchQuery {
    private static final String SKETCH = "$column_sketch";

    private SketchQuery() {}

    /** How many rows the table {@link ChangeQueries#TARGET} has, then a sketch of each column. */
    public static Syntax of(List<String> columns) {
        Nodes nodes = new Nodes(SqlParserPos.ZERO);
        List<SqlNode> items = new ArrayList<>();
        items.add(nodes.call("count", nodes.star()));
        columns.forEach(column -> items.add(nodes.call(SKETCH, nodes.name(column))));
        return new Syntax(nodes.select(items, nodes.name(ChangeQueries.TARGET), null));
    }
}
