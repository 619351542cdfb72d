package org.skep.planner.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Makes algebra of a tree that {@link JoinSearch} has found. */
final class JoinTrees {
    private final JoinRegion region;
    private final Reducers reducers;
    private final RexBuilder rex;

    /**
     * @param reducers asked for each relation
     */
    JoinTrees(JoinRegion region, Reducers reducers) {
        this.region = region;
        this.reducers = reducers;
        this.rex = region.relation(0).getCluster().getRexBuilder();
    }

    /** A join tree and where the region's columns stand in it; -1 for those that do not. */
    private record Placed(RelNode node, int[] at) {
        List<RelDataTypeField> fields() {
            return node.getRowType().getFieldList();
        }
    }

    /** A relation with the region's conditions that concern it alone. */
    static RelNode filtered(JoinRegion region, int index, RelNode relation) {
        List<RexNode> own = new ArrayList<>();
        for (int i = 0; i < region.operators().size(); i++) {
            if (Conflicts.of(region, i).eligible() == 1L << index) {
                RexNode condition = region.operators().get(i).condition();
                own.add(RexUtil.shift(condition, -region.offset(index)));
            }
        }
        if (own.isEmpty()) {
            return relation;
        }
        RexBuilder rex = relation.getCluster().getRexBuilder();
        if (relation instanceof Filter filter) {
            own.add(0, filter.getCondition());
            return LogicalFilter.create(filter.getInput(), RexUtil.composeConjunction(rex, own));
        }
        return LogicalFilter.create(relation, RexUtil.composeConjunction(rex, own));
    }

    /**
     * The tree with the columns that the region's root had.
     *
     * @param wanted their names and types, in their order
     */
    RelNode build(JoinSearch.Tree tree, RelDataType wanted) {
        Placed placed = place(tree);
        List<RexNode> columns = new ArrayList<>();
        int[] output = region.output();
        boolean inPlace = output.length == placed.fields().size();
        for (int i = 0; i < output.length; i++) {
            inPlace &= placed.at[output[i]] == i;
            columns.add(rex.makeInputRef(placed.node, placed.at[output[i]]));
        }
        RelNode rows =
                inPlace
                        ? placed.node
                        : LogicalProject.create(
                                placed.node, List.of(), columns, wanted.getFieldNames(), Set.of());
        // a column may be known not to be null where it was not before
        return RelOptUtil.createCastRel(rows, wanted, false);
    }

    private Placed place(JoinSearch.Tree tree) {
        int[] at = new int[region.width()];
        Arrays.fill(at, -1);
        if (tree.isLeaf()) {
            RelNode relation = reducers.reduced(tree.relation());
            for (int i = 0; i < relation.getRowType().getFieldCount(); i++) {
                at[region.offset(tree.relation()) + i] = i;
            }
            return new Placed(relation, at);
        }
        Placed left = place(tree.left());
        Placed right = place(tree.right());
        int leftWidth = left.fields().size();
        for (int i = 0; i < at.length; i++) {
            at[i] = left.at[i] >= 0 ? left.at[i] : right.at[i] >= 0 ? leftWidth + right.at[i] : -1;
        }
        JoinOperator first = region.operators().get(tree.operators()[0]);
        List<RelDataTypeField> fields = new ArrayList<>(left.fields());
        fields.addAll(right.fields());
        RexNode on =
                first.isInner()
                        ? RexUtil.composeConjunction(rex, conditions(tree, left, right, at, fields))
                        : Columns.moved(rex, first.condition(), at, fields);
        RelNode join =
                LogicalJoin.create(left.node, right.node, List.of(), on, Set.of(), tree.type());
        Placed placed = new Placed(join, tree.type().projectsRight() ? at : left.at);
        return first.isInner() ? placed : filtered(tree, placed);
    }

    /** With the conditions of inner joins that can be asked of an outer join's rows. */
    private Placed filtered(JoinSearch.Tree tree, Placed join) {
        List<RexNode> all = new ArrayList<>();
        for (int i = 1; i < tree.operators().length; i++) {
            RexNode condition = region.operators().get(tree.operators()[i]).condition();
            if (condition != null) {
                all.add(Columns.moved(rex, condition, join.at, join.fields()));
            }
        }
        return all.isEmpty()
                ? join
                : new Placed(
                        LogicalFilter.create(join.node, RexUtil.composeConjunction(rex, all)),
                        join.at);
    }

    /** Of an inner join: one equality of each class, and what else there is. */
    private List<RexNode> conditions(
            JoinSearch.Tree tree,
            Placed left,
            Placed right,
            int[] at,
            List<RelDataTypeField> fields) {
        Set<Integer> done = new LinkedHashSet<>();
        List<RexNode> others = new ArrayList<>();
        for (int index : tree.operators()) {
            JoinOperator operator = region.operators().get(index);
            if (operator.equal() >= 0) {
                done.add(operator.equal());
            } else if (operator.condition() != null) {
                others.add(Columns.moved(rex, operator.condition(), at, fields));
            }
        }
        List<RexNode> all = new ArrayList<>();
        for (int equal : done) {
            all.add(
                    rex.makeCall(
                            SqlStdOperatorTable.EQUALS,
                            firstOf(equal, left.at, at, fields),
                            firstOf(equal, right.at, at, fields)));
        }
        all.addAll(others);
        return all;
    }

    private RexNode firstOf(int equal, int[] side, int[] at, List<RelDataTypeField> fields) {
        int column = 0;
        while (side[column] < 0 || region.classOf(column) != equal) {
            column++;
        }
        return new RexInputRef(at[column], fields.get(at[column]).getType());
    }
}
