package org.skep.planner.order;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
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
            List<RelationHint> left = of(join.getLeft());
            return join.getJoinType().projectsRight() ? both(left, join.getRight()) : left;
        }
        if (node instanceof SetOp) {
            return ofAll(node.getInputs());
        }
        return node.getInputs().size() == 1 ? of(node.getInput(0)) : List.of();
    }

    private static List<RelationHint> ofAll(List<RelNode> inputs) {
        List<RelNode> rows = inputs.stream().filter(input -> !(input instanceof Values)).toList();
        List<RelationHint> hints = rows.isEmpty() ? List.of() : of(rows.get(0));
        for (RelNode input : rows) {
            hints = both(hints, input);
        }
        return hints;
    }

    private static List<RelationHint> both(List<RelationHint> hints, RelNode other) {
        if (hints.isEmpty()) {
            return hints;
        }
        List<RelationHint> shared = new ArrayList<>(hints);
        shared.retainAll(of(other));
        return shared;
    }

    /** The relations of the region, as bits, that make up one that a hint names; two or more. */
    static long[] groups(JoinRegion region) {
        List<RelationHint> hints = new ArrayList<>();
        List<Long> groups = new ArrayList<>();
        for (int i = 0; i < region.size(); i++) {
            for (RelationHint hint : of(region.relation(i))) {
                int known = hints.indexOf(hint);
                if (known < 0) {
                    hints.add(hint);
                    groups.add(1L << i);
                } else {
                    groups.set(known, groups.get(known) | 1L << i);
                }
            }
        }
        return groups.stream()
                .mapToLong(Long::longValue)
                .filter(group -> Long.bitCount(group) > 1)
                .toArray();
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
