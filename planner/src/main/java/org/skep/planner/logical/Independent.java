package org.skep.planner.logical;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;

/**
 * A tree that refers to no outer row any more: its rows for all outer rows together. Rows for outer
 * rows that there are not may be among them.
 *
 * @param node the tree
 * @param columns for each column of the dependent tree its column in {@code node}
 * @param keys for each key of the {@link Domain} that the rows depend on, where it stands; what is
 *     not among them does not matter to these rows
 */
record Independent(RelNode node, int[] columns, NavigableMap<Integer, Key> keys) {
    /**
     * The column that holds a value of the outer row.
     *
     * @param strict whether no outer row in which it is null has any rows here; those that are here
     *     with a null mean nothing
     */
    record Key(int column, boolean strict) {
        Key at(int other) {
            return new Key(other, strict);
        }
    }

    /** A tree that depends on nothing. */
    static Independent asIs(RelNode node) {
        return new Independent(
                node,
                IntStream.range(0, node.getRowType().getFieldCount()).toArray(),
                new TreeMap<>());
    }

    int width() {
        return node.getRowType().getFieldCount();
    }

    /** A key as an expression over {@code node}. */
    RexNode key(int key) {
        return node.getCluster().getRexBuilder().makeInputRef(node, keys.get(key).column);
    }

    String name(int key) {
        return node.getRowType().getFieldNames().get(keys.get(key).column);
    }

    List<RexNode> keyColumns() {
        return keys.keySet().stream().map(this::key).toList();
    }

    Independent with(RelNode other) {
        return new Independent(other, columns, keys);
    }
}
