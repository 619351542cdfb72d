package org.skep.planner.order;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.skep.planner.check.FilesTable;
import org.skep.planner.check.RelationHint;

/** Which relations of the query as written a tree is, of those that hints name. */
public final class Hinted {
    private Hinted() {}

    /**
     * The hints for a tree: those that all its tables carry. The right side of a semi-join, which
     * gives no columns, may be another relation.
     */
    public static List<RelationHint> of(RelNode node) {
        if (node instanceof TableScan scan) {
            FilesTable files = scan.getTable().unwrap(FilesTable.class);
            return files == null ? List.of() : files.hints();
        }
        if (node instanceof Join join) {
            return join.getJoinType().projectsRight()
                    ? shared(join.getLeft(), join.getRight())
                    : of(join.getLeft());
        }
        if (node instanceof SetOp) {
            return ofAll(node.getInputs());
        }
        return node.getInputs().size() == 1 ? of(node.getInput(0)) : List.of();
    }

    private static List<RelationHint> ofAll(List<RelNode> inputs) {
        List<RelNode> tables = inputs.stream().filter(Hinted::hasTable).toList();
        List<RelationHint> hints = tables.isEmpty() ? List.of() : of(tables.get(0));
        for (RelNode input : tables) {
            hints = both(hints, of(input));
        }
        return hints;
    }

    /** The hints for what both sides of a join are a part of. */
    public static List<RelationHint> shared(RelNode left, RelNode right) {
        List<RelationHint> ofLeft = of(left);
        List<RelationHint> ofRight = of(right);
        if (ofLeft.isEmpty() && ofRight.isEmpty()) {
            return List.of();
        }
        if (!hasTable(left)) {
            return mixed(ofRight);
        }
        return hasTable(right) ? both(ofLeft, ofRight) : mixed(ofLeft);
    }

    private static List<RelationHint> mixed(List<RelationHint> hints) {
        return hints.stream().filter(RelationHint::isMixed).toList();
    }

    private static List<RelationHint> both(List<RelationHint> some, List<RelationHint> others) {
        return some.stream().filter(others::contains).toList();
    }

    private static boolean hasTable(RelNode node) {
        return node instanceof TableScan || node.getInputs().stream().anyMatch(Hinted::hasTable);
    }

    /** The relations of the region, as bits, that make up one that a hint names; two or more. */
    static long[] groups(JoinRegion region) {
        Map<RelationHint, Long> groups = new LinkedHashMap<>();
        for (int i = 0; i < region.size(); i++) {
            for (RelationHint hint : of(region.relation(i))) {
                groups.merge(hint, 1L << i, (some, more) -> some | more);
            }
        }
        groups.replaceAll(
                (hint, tables) ->
                        hint.isMixed() ? withValues(tables, region.written(), region) : tables);
        return groups.values().stream()
                .mapToLong(Long::longValue)
                .filter(group -> Long.bitCount(group) > 1)
                .toArray();
    }

    /** The group with the listed values that are joined with it as written, before all else. */
    private static long withValues(long group, JoinRegion.Written tree, JoinRegion region) {
        if (tree.relation() >= 0) {
            return group;
        }
        long left = relations(tree.left());
        long right = relations(tree.right());
        boolean isLeft = (group & right) == 0;
        if (!isLeft && (group & left) != 0) {
            return group | valuesAmong(left | right, region);
        }
        long inside = withValues(group, isLeft ? tree.left() : tree.right(), region);
        long beside = isLeft ? right : left;
        boolean whole = inside == (isLeft ? left : right);
        return whole && valuesAmong(beside, region) == beside ? inside | beside : inside;
    }

    private static long relations(JoinRegion.Written tree) {
        return tree.relation() >= 0
                ? 1L << tree.relation()
                : relations(tree.left()) | relations(tree.right());
    }

    private static long valuesAmong(long relations, JoinRegion region) {
        long values = 0;
        for (int i = 0; i < region.size(); i++) {
            if ((relations >> i & 1) != 0 && !hasTable(region.relation(i))) {
                values |= 1L << i;
            }
        }
        return values;
    }

    /** Whether a join puts what a hint names together before it adds other relations to it. */
    static boolean isWhole(long group, long a, long b) {
        long all = a | b;
        boolean within = (all & ~group) == 0;
        boolean split = isPart(group, a) || isPart(group, b);
        return (all & group) == 0 || within || !split;
    }

    private static boolean isPart(long group, long relations) {
        long inside = relations & group;
        return inside != 0 && inside != group;
    }

    /** A tree for another use of the same rows, for which no hint was given. */
    public static RelNode without(RelNode node) {
        if (node instanceof TableScan scan) {
            FilesTable files = scan.getTable().unwrap(FilesTable.class);
            return files == null || files.hints().isEmpty() ? node : plain(scan, files);
        }
        List<RelNode> inputs = node.getInputs().stream().map(Hinted::without).toList();
        return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }

    /** By another name: Calcite takes tables of equal names for the same. */
    private static RelNode plain(TableScan scan, FilesTable files) {
        List<String> name = new ArrayList<>(scan.getTable().getQualifiedName());
        name.add("without hints");
        return LogicalTableScan.create(
                scan.getCluster(),
                RelOptTableImpl.create(
                        null, scan.getRowType(), name, files.withoutHints(), (Expression) null),
                List.of());
    }
}
