package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Relations that are joined by inner joins only, so that they may be joined in any order. Columns
 * are numbered through all relations, in the order in which the query names them.
 */
final class JoinRegion {
    private final List<RelNode> relations = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private final List<RexNode> conditions = new ArrayList<>();
    private int width;
    private int[] classOf;

    private JoinRegion() {}

    static boolean isRegion(RelNode node) {
        return node instanceof Join join && join.getJoinType() == JoinRelType.INNER
                || node instanceof Filter filter && isRegion(filter.getInput());
    }

    /** The region whose topmost node is {@code root}. */
    static JoinRegion of(RelNode root) {
        JoinRegion region = new JoinRegion();
        region.add(root);
        region.factor(root.getCluster().getRexBuilder());
        region.findClasses();
        return region;
    }

    private void add(RelNode node) {
        int from = width;
        if (node instanceof Join join && join.getJoinType() == JoinRelType.INNER) {
            add(join.getLeft());
            add(join.getRight());
            conditions.addAll(shifted(join.getCondition(), from));
        } else if (node instanceof Filter filter && isRegion(filter)) {
            add(filter.getInput());
            conditions.addAll(shifted(filter.getCondition(), from));
        } else {
            relations.add(node);
            offsets.add(width);
            width += node.getRowType().getFieldCount();
        }
    }

    private static List<RexNode> shifted(RexNode condition, int by) {
        RexNode moved = by == 0 ? condition : RexUtil.shift(condition, by);
        return RelOptUtil.conjunctions(moved);
    }

    /**
     * Finds, in each OR, what all alternatives have in common, and what they say of one relation
     * alone, so that it is known where it helps (TPC-H 7 and 19).
     *
     * <pre>
     * (l.k = r.k AND l.a = 1) OR (l.k = r.k AND l.a = 2) → l.k = r.k AND (l.a = 1 OR l.a = 2)
     * (l.n = 'X' AND r.n = 'Y') OR (l.n = 'Y' AND r.n = 'X')
     *   → … AND (l.n = 'X' OR l.n = 'Y') AND (r.n = 'Y' OR r.n = 'X')
     * </pre>
     */
    private void factor(RexBuilder rex) {
        Set<RexNode> all = new LinkedHashSet<>();
        for (RexNode condition : conditions) {
            all.addAll(RelOptUtil.conjunctions(RexUtil.pullFactors(rex, condition)));
        }
        Set<RexNode> derived = new LinkedHashSet<>();
        for (RexNode condition : all) {
            if (condition.getKind() == SqlKind.OR && Long.bitCount(relationsOf(condition)) > 1) {
                for (int i = 0; i < relations.size(); i++) {
                    RexNode own = saidOf(rex, condition, i);
                    if (own != null) {
                        derived.add(own);
                    }
                }
            }
        }
        conditions.clear();
        conditions.addAll(all);
        conditions.addAll(derived);
    }

    /** What each alternative says of one relation; null when one of them says nothing. */
    private RexNode saidOf(RexBuilder rex, RexNode or, int relation) {
        List<RexNode> alternatives = new ArrayList<>();
        for (RexNode alternative : RelOptUtil.disjunctions(or)) {
            List<RexNode> said =
                    RelOptUtil.conjunctions(alternative).stream()
                            .filter(conjunct -> relationsOf(conjunct) == 1L << relation)
                            .toList();
            if (said.isEmpty()) {
                return null;
            }
            alternatives.add(RexUtil.composeConjunction(rex, said));
        }
        return RexUtil.composeDisjunction(rex, alternatives);
    }

    /** Columns that are equal in every row get the same class; -1 stands alone. */
    private void findClasses() {
        int[] parent = new int[width];
        for (int i = 0; i < width; i++) {
            parent[i] = i;
        }
        int[] members = new int[width];
        List<RexNode> others = new ArrayList<>();
        for (RexNode condition : conditions) {
            int[] pair = equalColumns(condition);
            if (pair == null) {
                others.add(condition);
            } else {
                parent[root(parent, pair[0])] = root(parent, pair[1]);
            }
        }
        for (int i = 0; i < width; i++) {
            members[root(parent, i)]++;
        }
        classOf = new int[width];
        for (int i = 0; i < width; i++) {
            int root = root(parent, i);
            classOf[i] = members[root] > 1 ? root : -1;
        }
        conditions.clear();
        conditions.addAll(others);
        addWithinRelations();
    }

    /** Equal to the same column of another relation, two columns of one are equal themselves. */
    private void addWithinRelations() {
        for (int a = 0; a < width; a++) {
            int b = a + 1;
            while (b < width && (classOf[a] < 0 || classOf[b] != classOf[a])) {
                b++;
            }
            int relation = relationOf(a);
            if (b == width || relationOf(b) != relation) {
                continue;
            }
            int offset = offsets.get(relation);
            RelNode node = relations.get(relation);
            if (!areEqual(node, a - offset, b - offset)) {
                RexBuilder rex = node.getCluster().getRexBuilder();
                RexNode equal =
                        rex.makeCall(
                                SqlStdOperatorTable.EQUALS,
                                rex.makeInputRef(node, a - offset),
                                rex.makeInputRef(node, b - offset));
                conditions.addAll(shifted(equal, offset));
            }
        }
    }

    /** Whether a filter near the top says so already. */
    private static boolean areEqual(RelNode node, int a, int b) {
        if (node instanceof Filter filter) {
            ImmutableBitSet both = ImmutableBitSet.of(a, b);
            return RelOptUtil.conjunctions(filter.getCondition()).stream()
                            .anyMatch(
                                    condition ->
                                            condition.getKind() == SqlKind.EQUALS
                                                    && ((RexCall) condition)
                                                            .getOperands().stream()
                                                                    .allMatch(
                                                                            RexInputRef.class
                                                                                    ::isInstance)
                                                    && RelOptUtil.InputFinder.bits(condition)
                                                            .equals(both))
                    || areEqual(filter.getInput(), a, b);
        }
        return node instanceof Project project
                && project.getProjects().get(a) instanceof RexInputRef x
                && project.getProjects().get(b) instanceof RexInputRef y
                && areEqual(project.getInput(), x.getIndex(), y.getIndex());
    }

    private static int root(int[] parent, int of) {
        int i = of;
        while (parent[i] != i) {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        return i;
    }

    /** The two columns that an equality compares, when of the same type and in two relations. */
    private int[] equalColumns(RexNode condition) {
        if (condition.getKind() != SqlKind.EQUALS) {
            return null;
        }
        List<RexNode> operands = ((RexCall) condition).getOperands();
        if (operands.get(0) instanceof RexInputRef a
                && operands.get(1) instanceof RexInputRef b
                && a.getType().getSqlTypeName() == b.getType().getSqlTypeName()
                && a.getType().getScale() == b.getType().getScale()
                && relationOf(a.getIndex()) != relationOf(b.getIndex())) {
            return new int[] {a.getIndex(), b.getIndex()};
        }
        return null;
    }

    int size() {
        return relations.size();
    }

    int width() {
        return width;
    }

    RelNode relation(int index) {
        return relations.get(index);
    }

    void replace(int index, RelNode relation) {
        relations.set(index, relation);
    }

    int offset(int relation) {
        return offsets.get(relation);
    }

    int relationOf(int column) {
        int found = 0;
        while (found + 1 < offsets.size() && offsets.get(found + 1) <= column) {
            found++;
        }
        return found;
    }

    /** The class of columns equal to {@code column}, or -1. */
    int classOf(int column) {
        return classOf[column];
    }

    /** Conditions that are not equalities of columns of two relations. */
    List<RexNode> conditions() {
        return conditions;
    }

    /** The relations, as bits, whose columns an expression reads. */
    long relationsOf(RexNode expression) {
        long bits = 0;
        for (int column : RelOptUtil.InputFinder.bits(expression)) {
            bits |= 1L << relationOf(column);
        }
        return bits;
    }

    ImmutableBitSet columnsOf(int relation) {
        int from = offsets.get(relation);
        return ImmutableBitSet.range(
                from, from + relations.get(relation).getRowType().getFieldCount());
    }
}
