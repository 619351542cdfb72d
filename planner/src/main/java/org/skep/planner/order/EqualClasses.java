package org.skep.planner.order;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Columns that inner joins make equal in every row. Any two of them can be compared in place of the
 * two that the query names: the region gets an operator for each pair of relations.
 *
 * <pre>
 * a.k = b.k AND b.k = c.k → also a.k = c.k
 * </pre>
 */
final class EqualClasses {
    private final JoinRegion region;
    private final RexBuilder rex;
    private final int[] parent;
    private final boolean[] inClass;

    private EqualClasses(JoinRegion region, RexBuilder rex) {
        this.region = region;
        this.rex = rex;
        this.parent = new int[region.width()];
        for (int i = 0; i < parent.length; i++) {
            parent[i] = i;
        }
        this.inClass = new boolean[parent.length];
    }

    /** Finds the classes, marks the operators that are of one, adds those that they imply. */
    static EqualClasses of(JoinRegion region, RexBuilder rex) {
        EqualClasses classes = new EqualClasses(region, rex);
        List<JoinOperator> operators = region.operators();
        List<Integer> equalities = new ArrayList<>();
        for (int i = 0; i < operators.size(); i++) {
            int[] pair = classes.equalColumns(operators.get(i));
            if (pair != null) {
                classes.parent[classes.root(pair[0])] = classes.root(pair[1]);
                classes.inClass[pair[0]] = true;
                classes.inClass[pair[1]] = true;
                equalities.add(i);
            }
        }
        for (int i : equalities) {
            JoinOperator operator = operators.get(i);
            int column = RelOptUtil.InputFinder.bits(operator.condition()).nth(0);
            operators.set(i, operator.ofClass(classes.root(column)));
        }
        List<JoinOperator> written = List.copyOf(operators);
        for (int a = 0; a < region.width(); a++) {
            for (int b = a + 1; b < region.width(); b++) {
                if (classes.of(a) >= 0 && classes.of(a) == classes.of(b)) {
                    classes.imply(written, a, b);
                }
            }
        }
        return classes;
    }

    /** The class of a column, or -1. */
    int of(int column) {
        return inClass[column] ? root(column) : -1;
    }

    private int root(int of) {
        int i = of;
        while (parent[i] != i) {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        return i;
    }

    /**
     * The two columns that an inner join compares, when of the same type and in two relations, and
     * never null for want of a partner in an outer join below.
     */
    private int[] equalColumns(JoinOperator operator) {
        if (!operator.isInner()
                || operator.condition() == null
                || operator.condition().getKind() != SqlKind.EQUALS) {
            return null;
        }
        List<RexNode> operands = ((RexCall) operator.condition()).getOperands();
        boolean equal =
                operands.get(0) instanceof RexInputRef a
                        && operands.get(1) instanceof RexInputRef b
                        && a.getType().getSqlTypeName() == b.getType().getSqlTypeName()
                        && a.getType().getScale() == b.getType().getScale()
                        && region.relationOf(a.getIndex()) != region.relationOf(b.getIndex());
        if (!equal || isFilledBelow(operator)) {
            return null;
        }
        return new int[] {
            ((RexInputRef) operands.get(0)).getIndex(), ((RexInputRef) operands.get(1)).getIndex()
        };
    }

    private boolean isFilledBelow(JoinOperator operator) {
        for (int i = 0; i < region.operators().size(); i++) {
            if (operator.below().contains(i)
                    && region.operators().get(i).fillsWithNulls(operator.reads())) {
                return true;
            }
        }
        return false;
    }

    private void imply(List<JoinOperator> written, int a, int b) {
        int first = region.relationOf(a);
        int second = region.relationOf(b);
        long both = 1L << first | 1L << second;
        if (first == second && areEqual(region.relation(first), a, b, region.offset(first))) {
            return;
        }
        JoinOperator join = null;
        for (JoinOperator operator : written) {
            if (operator.equal() == of(a) && operator.reads() == both) {
                return; // one equality of two relations is enough
            }
            boolean meets =
                    first == second
                            ? operator.equal() == of(a) && (operator.reads() & both) != 0
                            : operator.isInner()
                                    && (operator.left() & both) != 0
                                    && (operator.right() & both) != 0;
            join = meets ? operator : join;
        }
        if (join != null) {
            RexNode equality = rex.makeCall(SqlStdOperatorTable.EQUALS, column(a), column(b));
            JoinOperator implied = join.on(equality, both);
            region.operators().add(first == second ? implied : implied.ofClass(of(a)));
        }
    }

    private RexNode column(int column) {
        int relation = region.relationOf(column);
        int index = column - region.offset(relation);
        return new RexInputRef(
                column, region.relation(relation).getRowType().getFieldList().get(index).getType());
    }

    private static boolean areEqual(RelNode node, int a, int b, int offset) {
        return areEqual(node, a - offset, b - offset);
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
}
