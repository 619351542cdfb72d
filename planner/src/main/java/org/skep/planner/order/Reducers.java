package org.skep.planner.order;

import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.skep.planner.estimate.Estimate.Confidence;

/**
 * Keeps of a large relation only the rows that a small one with a condition has a partner for,
 * before they are built into a table: predicate transfer (Yang, Zhao, Yu and Koutris, CIDR 2024),
 * which makes a bad join order less bad. Where the large relation is probed, a runtime filter does
 * the same for nothing.
 *
 * <pre>
 * Join(supplier, Join(lineitem, orders), part) on … lineitem.partkey = part.partkey
 *   → the same with SemiJoin(lineitem, part) in place of lineitem
 * </pre>
 */
final class Reducers {
    /** Rows from which a relation is worth it. */
    private static final double LARGE = 50_000;

    /**
     * At most this share of the large relation's rows may be in the small relation's files; as many
     * where neither is known well.
     */
    private static final double SMALL = 0.3;

    /** A condition that is known to keep more than this share of rows is not worth asking twice. */
    private static final double KEPT = 0.1;

    private final JoinRegion region;
    private final JoinSizes sizes;
    private final JoinSearch.Tree root;

    Reducers(JoinRegion region, JoinSizes sizes, JoinSearch.Tree root) {
        this.region = region;
        this.sizes = sizes;
        this.root = root;
    }

    /** The relation, or what is left of it. */
    RelNode reduced(int relation) {
        RelNode node = region.relation(relation);
        if (sizes.most(relation) < LARGE || !isTable(node)) {
            return node;
        }
        JoinOperator best = null;
        double least = Double.MAX_VALUE;
        for (JoinOperator operator : region.operators()) {
            if ((operator.reads() >> relation & 1) == 0 || !drops(operator, relation)) {
                continue;
            }
            int other = Long.numberOfTrailingZeros(operator.reads() & ~(1L << relation));
            double kept = sizes.rows(other) / sizes.most(other);
            boolean pays =
                    kept < least
                            && (kept < KEPT || isDoubtful(other))
                            && sizes.most(other) <= small(other) * sizes.most(relation)
                            && isFiltered(region.relation(other))
                            && !isFiltered(root, 1L << relation, 1L << other);
            if (pays) {
                best = operator;
                least = kept;
            }
        }
        return best == null ? node : semiJoin(relation, best);
    }

    /** Whether the operator drops rows of the relation without a partner in the other one. */
    private static boolean drops(JoinOperator operator, int relation) {
        return operator.equal() >= 0
                || operator.type() == JoinRelType.SEMI
                        && (operator.left() >> relation & 1) != 0
                        && Long.bitCount(operator.reads()) == 2
                        && columns(operator).size() == 2;
    }

    /** The columns that an equality compares; none when it is another condition. */
    private static List<Integer> columns(JoinOperator operator) {
        if (operator.condition().getKind() != SqlKind.EQUALS) {
            return List.of();
        }
        return ((RexCall) operator.condition())
                .getOperands().stream()
                        .filter(RexInputRef.class::isInstance)
                        .map(column -> ((RexInputRef) column).getIndex())
                        .toList();
    }

    private double small(int relation) {
        return sizes.confidence(relation) == Confidence.SAMPLED ? 1 : SMALL;
    }

    private boolean isDoubtful(int relation) {
        return sizes.confidence(relation).compareTo(Confidence.GUESSED) >= 0;
    }

    /** A table with a condition. */
    private static boolean isFiltered(RelNode node) {
        return node instanceof Filter filter && isTable(filter)
                || node instanceof Project project && isFiltered(project.getInput());
    }

    private static boolean isTable(RelNode node) {
        return node instanceof TableScan
                || (node instanceof Filter || node instanceof Project) && isTable(node.getInput(0));
    }

    /** Whether a join whose build side has {@code other} filters the scan of the relation. */
    private static boolean isFiltered(JoinSearch.Tree tree, long relation, long other) {
        if (tree.isLeaf()) {
            return false;
        }
        if ((tree.left().relations() & relation) == 0) {
            return isFiltered(tree.right(), relation, other);
        }
        if ((tree.right().relations() & other) == 0) {
            return isFiltered(tree.left(), relation, other);
        }
        JoinSearch.Tree probe = tree.left();
        while (!probe.isLeaf() && (probe.left().relations() & relation) != 0) {
            probe = probe.left();
        }
        return probe.isLeaf();
    }

    private RelNode semiJoin(int relation, JoinOperator operator) {
        RelNode node = region.relation(relation);
        int second = Long.numberOfTrailingZeros(operator.reads() & ~(1L << relation));
        RelNode other = Hinted.without(region.relation(second));
        RexBuilder rex = node.getCluster().getRexBuilder();
        int width = node.getRowType().getFieldCount();
        int mine = columnOf(relation, operator);
        int theirs = columnOf(second, operator);
        return LogicalJoin.create(
                node,
                other,
                List.of(),
                rex.makeCall(
                        SqlStdOperatorTable.EQUALS,
                        rex.makeInputRef(node, mine),
                        new RexInputRef(
                                width + theirs,
                                other.getRowType().getFieldList().get(theirs).getType())),
                Set.of(),
                JoinRelType.SEMI);
    }

    private int columnOf(int relation, JoinOperator operator) {
        List<Integer> columns = columns(operator);
        int first = columns.get(0);
        int column = region.relationOf(first) == relation ? first : columns.get(1);
        return column - region.offset(relation);
    }
}
