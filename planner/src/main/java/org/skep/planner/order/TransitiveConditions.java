package org.skep.planner.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * What is said of one column of a join's keys holds for the other: a comparison with constants is
 * asked of both sides. Of an outer, semi- or anti-join only of the side that is asked for partners.
 *
 * <pre>
 * Join(Filter(a.k < 5, a), b) on a.k = b.k     → Join(Filter(a.k < 5, a), Filter(b.k < 5, b))
 * LeftJoin(Filter(a.k < 5, a), b) on a.k = b.k → LeftJoin(Filter(a.k < 5, a), Filter(b.k < 5, b))
 * </pre>
 */
final class TransitiveConditions {
    private final JoinRegion region;
    private final List<Set<RexNode>> said = new ArrayList<>();

    private TransitiveConditions(JoinRegion region) {
        this.region = region;
        for (int i = 0; i < region.size(); i++) {
            Set<RexNode> own = new LinkedHashSet<>();
            collect(region.relation(i), own, identity(i));
            said.add(own);
        }
        for (JoinOperator operator : region.operators()) {
            if (operator.isInner() && Long.bitCount(operator.reads()) == 1) {
                add(operator.condition(), said.get(Long.numberOfTrailingZeros(operator.reads())));
            }
        }
    }

    /** Gives the region the conditions that follow from those of its relations and its keys. */
    static void addTo(JoinRegion region) {
        TransitiveConditions conditions = new TransitiveConditions(region);
        for (JoinOperator operator : List.copyOf(region.operators())) {
            if (operator.equal() >= 0) {
                conditions.copy(operator, operator.condition());
            } else if (!operator.isInner() && operator.type() != JoinRelType.FULL) {
                for (RexNode conjunct : RelOptUtil.conjunctions(operator.condition())) {
                    conditions.copy(operator, conjunct);
                }
            }
        }
    }

    private int[] identity(int relation) {
        int[] at = new int[region.relation(relation).getRowType().getFieldCount()];
        for (int i = 0; i < at.length; i++) {
            at[i] = region.offset(relation) + i;
        }
        return at;
    }

    /**
     * @param at where each column stands in the region; -1 for those that do not
     */
    private static void collect(RelNode node, Set<RexNode> into, int[] at) {
        if (node instanceof Filter filter) {
            for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
                boolean stays = true;
                for (int column : RelOptUtil.InputFinder.bits(conjunct)) {
                    stays &= at[column] >= 0;
                }
                if (stays) {
                    add(Columns.moved(conjunct, at), into);
                }
            }
            collect(filter.getInput(), into, at);
        } else if (node instanceof Project project) {
            int[] below = new int[project.getInput().getRowType().getFieldCount()];
            Arrays.fill(below, -1);
            for (int i = 0; i < at.length; i++) {
                if (project.getProjects().get(i) instanceof RexInputRef ref) {
                    below[ref.getIndex()] = at[i];
                }
            }
            collect(project.getInput(), into, below);
        }
    }

    /** Only comparisons of a column with constants: nothing that may fail, or tell the time. */
    private static void add(RexNode condition, Set<RexNode> into) {
        boolean simple =
                switch (condition.getKind()) {
                    case EQUALS,
                            LESS_THAN,
                            LESS_THAN_OR_EQUAL,
                            GREATER_THAN,
                            GREATER_THAN_OR_EQUAL,
                            SEARCH -> {
                        List<RexNode> operands = ((RexCall) condition).getOperands();
                        yield operands.get(0) instanceof RexInputRef
                                && operands.get(1).isA(SqlKind.LITERAL);
                    }
                    default -> false;
                };
        if (simple) {
            into.add(condition);
        }
    }

    private void copy(JoinOperator operator, RexNode equality) {
        if (equality.getKind() != SqlKind.EQUALS) {
            return;
        }
        List<RexNode> operands = ((RexCall) equality).getOperands();
        if (operands.get(0) instanceof RexInputRef a
                && operands.get(1) instanceof RexInputRef b
                && a.getType().getSqlTypeName() == b.getType().getSqlTypeName()
                && a.getType().getScale() == b.getType().getScale()) {
            copy(operator, a.getIndex(), b.getIndex());
            copy(operator, b.getIndex(), a.getIndex());
        }
    }

    private void copy(JoinOperator operator, int from, int to) {
        int target = region.relationOf(to);
        boolean may = operator.isInner() || operator.right() == 1L << target;
        if (!may) {
            return;
        }
        for (RexNode condition : List.copyOf(said.get(region.relationOf(from)))) {
            if (!RelOptUtil.InputFinder.bits(condition).equals(ImmutableBitSet.of(from))) {
                continue;
            }
            int[] at = new int[region.width()];
            at[from] = to;
            RexNode other = Columns.moved(condition, at);
            if (said.get(target).add(other)) {
                region.operators().add(JoinOperator.ofRelation(target, other));
            }
        }
    }
}
