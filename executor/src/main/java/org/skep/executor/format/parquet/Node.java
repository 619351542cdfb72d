package org.skep.executor.format.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.skep.model.file.ColumnId;

/** A field of a Parquet schema, with the levels at which it is there. */
final class Node {
    private static final int DEEPEST = 100;

    final SchemaElement element;
    final List<Node> children = new ArrayList<>();

    /** The definition level from which the field is not null (for a repeated one: not empty). */
    final int definition;

    /** How many repeated fields are on the path to this, itself included. */
    final int repetition;

    /**
     * The number of the leaf among all leaves, which is that of its column chunk; -1 for a group.
     */
    final int leaf;

    private Node(SchemaElement element, int definition, int repetition, int leaf) {
        this.element = element;
        this.definition = definition;
        this.repetition = repetition;
        this.leaf = leaf;
    }

    /** The root of a schema that is stored as a list in depth-first order. */
    static Node tree(List<SchemaElement> elements) {
        int[] next = {0, 0};
        Node root = read(elements, next, 0, 0, 0);
        if (next[0] != elements.size()) {
            throw new CorruptPageException("a schema with unused elements");
        }
        if (root.isLeaf()) {
            throw new CorruptPageException("a schema without a root");
        }
        return root;
    }

    private static Node read(
            List<SchemaElement> elements, int[] next, int depth, int definition, int repetition) {
        if (next[0] >= elements.size() || depth > DEEPEST) {
            throw new CorruptPageException("a schema that is cut off or nested too deep");
        }
        SchemaElement element = elements.get(next[0]++);
        boolean root = depth == 0;
        if (!root && !element.isSetRepetition_type()) {
            throw new CorruptPageException("field " + element.getName() + " without repetition");
        }
        boolean repeated = !root && element.getRepetition_type() == FieldRepetitionType.REPEATED;
        boolean required = root || element.getRepetition_type() == FieldRepetitionType.REQUIRED;
        boolean isLeaf = element.isSetType();
        Node node =
                new Node(
                        element,
                        definition + (required ? 0 : 1),
                        repetition + (repeated ? 1 : 0),
                        isLeaf ? next[1]++ : -1);
        for (int i = 0; !isLeaf && i < element.getNum_children(); i++) {
            node.children.add(read(elements, next, depth + 1, node.definition, node.repetition));
        }
        return node;
    }

    String name() {
        return element.getName();
    }

    boolean isLeaf() {
        return leaf >= 0;
    }

    boolean isRepeated() {
        return element.getRepetition_type() == FieldRepetitionType.REPEATED;
    }

    boolean isRequired() {
        return element.getRepetition_type() == FieldRepetitionType.REQUIRED;
    }

    Physical physical() {
        return Physical.of(element.getType());
    }

    /** Bytes of a PLAIN value; 0 when it varies. */
    int width() {
        Physical physical = physical();
        int width = physical == Physical.FIXED ? element.getType_length() : physical.width();
        if (physical == Physical.FIXED && (width <= 0 || width > 1 << 20)) {
            throw new CorruptPageException("field " + name() + " of fixed length " + width);
        }
        return width;
    }

    /** The leaves under this, or itself. */
    List<Node> leaves() {
        List<Node> all = new ArrayList<>();
        collect(all);
        return all;
    }

    private void collect(List<Node> all) {
        if (isLeaf()) {
            all.add(this);
        }
        for (Node child : children) {
            child.collect(all);
        }
    }

    /** Whether the fields below have numbers. */
    boolean hasIds() {
        return children.stream().anyMatch(child -> child.element.isSetField_id());
    }

    /** The child with this number or, when the number is null, with this name; else null. */
    Node child(String name, ColumnId id) {
        if (id == null) {
            return child(name);
        }
        for (Node child : children) {
            if (child.element.isSetField_id() && child.element.getField_id() == id.id()) {
                return child;
            }
        }
        return null;
    }

    /** The child called {@code name}: exact case first, any case next; else null. */
    Node child(String name) {
        for (Node child : children) {
            if (child.name().equals(name)) {
                return child;
            }
        }
        for (Node child : children) {
            if (child.name().equalsIgnoreCase(name)) {
                return child;
            }
        }
        return null;
    }
}
