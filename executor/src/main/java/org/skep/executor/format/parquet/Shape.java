package org.skep.executor.format.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.ColumnId;
import org.skep.model.type.Field;
import org.skep.model.type.Type;

/**
 * How a column of ours is put together from leaves: a tree of lists, structs and leaves, with the
 * levels that tell what is null and what is empty.
 *
 * @param definition the level from which this is not null
 * @param elementDefinition of a list: the level from which there is an element
 * @param elementRepetition of a list: the level of an entry that goes on with it
 * @param children the element of a list, the members of a struct
 * @param leaf the entries of a leaf, or those of any leaf below, which tell the shape
 */
record Shape(
        Kind kind,
        Type type,
        int definition,
        int elementDefinition,
        int elementRepetition,
        List<Shape> children,
        LeafEntries leaf) {
    enum Kind {
        LEAF,
        LIST,
        STRUCT,
        /** A member that the file does not have. */
        MISSING
    }

    /** Makes shapes; gives every leaf that is needed to {@code leaves}. */
    record Maker(BiFunction<Node, Conversion, LeafEntries> open, List<LeafEntries> leaves) {
        /**
         * @param id by which the file knows what is in the field; null when by names
         */
        Shape shape(Node node, Type target, ColumnId id) {
            if (node.isRepeated()) { // outside of a list: a list that cannot be null itself
                return list(node, node.definition - 1, node, target, id);
            }
            return element(node, target, id);
        }

        private static ColumnId child(ColumnId id, int index) {
            return id == null ? null : id.children().get(index);
        }

        private Shape element(Node node, Type target, ColumnId id) {
            if (node.isLeaf()) {
                LeafEntries leaf = open.apply(node, Conversion.of(node, target));
                leaves.add(leaf);
                return new Shape(Kind.LEAF, target, node.definition, 0, 0, List.of(), leaf);
            }
            if (Nesting.isMap(node) || Nesting.isList(node)) {
                Node repeated = node.children.get(0);
                Node element = Nesting.isMap(node) ? repeated : Nesting.element(node);
                return list(repeated, node.definition, element, target, id);
            }
            if (target.kind() != Type.Kind.STRUCT) {
                throw mismatch(node, target);
            }
            return struct(node, node.children, target, id);
        }

        private Shape list(Node repeated, int definition, Node element, Type target, ColumnId id) {
            boolean map = target.kind() == Type.Kind.MAP;
            if (!map && target.kind() != Type.Kind.ARRAY
                    || map && (element != repeated || element.children.size() != 2)) {
                throw mismatch(repeated, target);
            }
            Shape child;
            if (map) {
                child = struct(element, element.children, target.element(), id);
            } else if (element == repeated && !element.isLeaf()) {
                if (target.element().kind() != Type.Kind.STRUCT) {
                    throw mismatch(element, target.element());
                }
                child = struct(element, element.children, target.element(), child(id, 0));
            } else if (element.isRepeated() && element != repeated) {
                child = shape(element, target.element(), child(id, 0));
            } else {
                child = element(element, target.element(), child(id, 0));
            }
            return new Shape(
                    Kind.LIST,
                    target,
                    definition,
                    repeated.definition,
                    repeated.repetition,
                    List.of(child),
                    child.leaf);
        }

        private Shape struct(Node node, List<Node> members, Type target, ColumnId id) {
            boolean byPlace = target.children().size() == 2 && node.isRepeated() && isEntry(target);
            List<Shape> shapes = new ArrayList<>();
            LeafEntries any = null;
            for (int i = 0; i < target.children().size(); i++) {
                Field field = target.children().get(i);
                ColumnId memberId = child(id, i);
                Node named = node.child(field.name(), memberId);
                Node member = named == null && byPlace ? members.get(i) : named;
                Shape shape =
                        member == null
                                ? new Shape(Kind.MISSING, field.type(), 0, 0, 0, List.of(), null)
                                : shape(member, field.type(), memberId);
                shapes.add(shape);
                any = any == null ? shape.leaf : any;
            }
            if (any == null) { // none of the wanted members: some leaf must tell where structs are
                Node first = node.leaves().stream().findFirst().orElse(null);
                if (first == null) {
                    throw mismatch(node, target);
                }
                any = open.apply(first, Conversion.of(first, LeafType.of(first).type()));
                leaves.add(any);
            }
            return new Shape(Kind.STRUCT, target, node.definition, 0, 0, shapes, any);
        }

        /** Keys and values of maps have many names. */
        private static boolean isEntry(Type target) {
            return target.children().get(0).name().equals("key")
                    && target.children().get(1).name().equals("value");
        }

        private static QueryException mismatch(Node node, Type target) {
            return new QueryException(
                    ErrorCode.TYPE_MISMATCH,
                    "column %s of the file cannot be read as %s".formatted(node.name(), target),
                    "declare the column as it is in the file");
        }
    }
}
