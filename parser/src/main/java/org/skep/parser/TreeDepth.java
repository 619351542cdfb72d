package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Refuses syntax that is too deep for those who will walk it recursively. */
final class TreeDepth {
    private TreeDepth() {}

    /** The same node. Walks level by level, without recursion. */
    static <T extends SqlNode> T checked(T root) {
        List<SqlNode> level = new ArrayList<>();
        level.add(root);
        for (int depth = 1; !level.isEmpty(); depth++) {
            if (depth > 2 * SqlParser.MAX_DEPTH) {
                throw Tokens.limit(
                        Places.position(level.get(0).getParserPosition()),
                        "more than %,d operators, joins or set operations in a row"
                                .formatted(SqlParser.MAX_DEPTH),
                        "use IN for many values, or split the statement with WITH");
            }
            level = below(level);
        }
        return root;
    }

    private static List<SqlNode> below(List<SqlNode> level) {
        List<SqlNode> next = new ArrayList<>();
        for (SqlNode node : level) {
            List<? extends SqlNode> children =
                    node instanceof SqlCall call
                            ? call.getOperandList()
                            : node instanceof SqlNodeList list ? list : List.of();
            for (SqlNode child : children) {
                if (child != null) {
                    next.add(child);
                }
            }
        }
        return next;
    }
}
