package org.skep.executor.format.parquet;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;

/** How groups of a Parquet schema are meant: as lists, maps or structs. */
final class Nesting {
    private Nesting() {}

    static boolean isList(Node node) {
        LogicalType logical = node.element.getLogicalType();
        boolean said =
                logical != null && logical.isSetLIST()
                        || node.element.getConverted_type() == ConvertedType.LIST;
        return said && hasRepeatedChild(node);
    }

    static boolean isMap(Node node) {
        LogicalType logical = node.element.getLogicalType();
        ConvertedType converted = node.element.getConverted_type();
        boolean said =
                logical != null && logical.isSetMAP()
                        || converted == ConvertedType.MAP
                        || converted == ConvertedType.MAP_KEY_VALUE;
        return said && hasRepeatedChild(node) && node.children.get(0).children.size() == 2;
    }

    private static boolean hasRepeatedChild(Node node) {
        return !node.isLeaf() && node.children.size() == 1 && node.children.get(0).isRepeated();
    }

    /**
     * The element of a list, given its repeated field, by the format's rules for files written
     * before lists had three levels: a repeated leaf, a group of several fields, and groups with
     * certain names are elements themselves.
     */
    static Node element(Node list) {
        Node repeated = list.children.get(0);
        boolean itself =
                repeated.isLeaf()
                        || repeated.children.size() != 1
                        || repeated.children.get(0).isRepeated()
                        || repeated.name().equals("array")
                        || repeated.name().equals(list.name() + "_tuple");
        return itself ? repeated : repeated.children.get(0);
    }
}
