package org.skep.executor.format.parquet;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Batch;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.StructColumn;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** Takes nested columns apart into the entries of their leaves: the way back of {@link Shape}. */
final class Shredder {
    private final Node node;
    private final List<Shredder> children = new ArrayList<>();
    private final List<LeafBuffer> leaves = new ArrayList<>();
    private Column column;

    /**
     * @param buffers of all leaves, by number
     */
    Shredder(Node node, List<LeafBuffer> buffers) {
        this.node = node;
        for (Node leaf : node.leaves()) {
            leaves.add(buffers.get(leaf.leaf));
        }
        for (Node child : members(node)) {
            children.add(new Shredder(child, buffers));
        }
    }

    private static List<Node> members(Node node) {
        if (Nesting.isList(node)) {
            return List.of(Nesting.element(node));
        }
        return Nesting.isMap(node) ? node.children.get(0).children : node.children;
    }

    /** Adds all rows of a column of the table, {@code rows} in all. */
    void add(List<Batch> batches, int index, int rows) {
        List<Column> columns = batches.stream().map(batch -> batch.column(index).flat()).toList();
        if (node.isLeaf()) {
            long bytes = 0;
            for (Column column : columns) {
                bytes += column instanceof BytesColumn strings ? textBytes(strings) : 0;
            }
            leaves.get(0).expect(rows, bytes);
        }
        columns.forEach(this::add);
    }

    /** Bytes of all rows of a column. */
    static long textBytes(BytesColumn strings) {
        long bytes = 0;
        int[] lengths = strings.lengths();
        for (int row = 0; row < strings.rows(); row++) {
            bytes += lengths[row];
        }
        return bytes;
    }

    private void add(Column rows) {
        bind(rows);
        if (node.isLeaf()) {
            leaves.get(0).addRows(column);
            return;
        }
        for (int row = 0; row < column.rows(); row++) {
            add(row, 0, 0);
        }
    }

    private void bind(Column to) {
        column = to.flat();
        if (column instanceof ArrayColumn array) {
            Column elements = array.elements().flat();
            if (Nesting.isMap(node)) {
                StructColumn entries = (StructColumn) elements;
                children.get(0).bind(entries.member(0));
                children.get(1).bind(entries.member(1));
            } else {
                children.get(0).bind(elements);
            }
        } else if (column instanceof StructColumn struct) {
            for (int i = 0; i < children.size(); i++) {
                children.get(i).bind(struct.member(i));
            }
        }
    }

    private void add(int row, int repetition, int parentDefinition) {
        if (column.isNull(row)) {
            if (node.isRequired()) {
                throw new QueryException(
                        ErrorCode.INVALID_VALUE, "the key of a map is null", "remove null keys");
            }
            addAll(repetition, parentDefinition);
        } else if (node.isLeaf()) {
            leaves.get(0).add(column, row, repetition);
        } else if (column instanceof ArrayColumn array) {
            addElements(array, row, repetition);
        } else {
            for (Shredder child : children) {
                child.add(row, repetition, node.definition);
            }
        }
    }

    private void addElements(ArrayColumn array, int row, int repetition) {
        int length = array.lengths()[row];
        if (length == 0) {
            addAll(repetition, node.definition);
        }
        Node repeated = node.children.get(0);
        for (int i = 0; i < length; i++) {
            for (Shredder child : children) {
                child.add(
                        array.starts()[row] + i,
                        i == 0 ? repetition : repeated.repetition,
                        repeated.definition);
            }
        }
    }

    private void addAll(int repetition, int definition) {
        for (LeafBuffer leaf : leaves) {
            leaf.add(repetition, definition);
        }
    }
}
