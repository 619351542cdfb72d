package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.skep.planner.estimate.Estimator;
import org.skep.planner.why.Choices;

/**
 * Joins the relations of each region in the order that {@link JoinSearch} finds cheapest, the
 * smaller side to the right, where it becomes the build side. Semi-joins above a region whose keys
 * come from one of its relations are moved onto that relation first.
 *
 * <pre>
 * Join(Join(lineitem, orders), customer) → Join(lineitem, Join(orders, customer))
 * SemiJoin(Join(lineitem, orders), big)  → Join(lineitem, SemiJoin(orders, big))
 * </pre>
 */
final class JoinOrder {
    private final Estimator estimator = new Estimator();
    private final Choices choices;

    private JoinOrder(Choices choices) {
        this.choices = choices;
    }

    static RelNode apply(RelNode root, Choices choices) {
        return new JoinOrder(choices).visit(root);
    }

    private RelNode visit(RelNode node) {
        List<Join> semiJoins = new ArrayList<>();
        RelNode below = node;
        while (below instanceof Join join && isSemi(join)) {
            semiJoins.add(join);
            below = join.getLeft();
        }
        if (JoinRegion.isRegion(below)) {
            return region(below, semiJoins);
        }
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            inputs.add(visit(input));
        }
        return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }

    private static boolean isSemi(Join join) {
        return join.getJoinType() == JoinRelType.SEMI || join.getJoinType() == JoinRelType.ANTI;
    }

    private RelNode region(RelNode root, List<Join> semiJoins) {
        JoinRegion region = JoinRegion.of(root);
        List<Join> above = new ArrayList<>();
        for (int i = semiJoins.size() - 1; i >= 0; i--) {
            if (!above.isEmpty() || !sink(region, semiJoins.get(i))) {
                above.add(semiJoins.get(i));
            }
        }
        for (int i = 0; i < region.size(); i++) {
            region.replace(i, filtered(region, i, visit(region.relation(i))));
        }
        RelNode joined = joined(region);
        for (Join semiJoin : above) {
            RelNode right = visit(semiJoin.getRight());
            joined = semiJoin.copy(semiJoin.getTraitSet(), List.of(joined, right));
        }
        return joined;
    }

    /** Moves a semi-join onto the one relation that it looks at; false when there are several. */
    private boolean sink(JoinRegion region, Join semiJoin) {
        int width = region.width();
        ImmutableBitSet used = RelOptUtil.InputFinder.bits(semiJoin.getCondition());
        ImmutableBitSet left = used.intersect(ImmutableBitSet.range(width));
        if (left.isEmpty()) {
            return false;
        }
        int relation = region.relationOf(left.nth(0));
        if (!region.columnsOf(relation).contains(left)) {
            return false;
        }
        RelNode target = region.relation(relation);
        double rows = estimator.of(target).rows();
        boolean selective = estimator.of(semiJoin.getRight()).rows() <= rows;
        if (!selective && new JoinSearch(region, estimator).best().rows() <= rows) {
            return false; // the region leaves fewer rows to ask for than the relation has
        }
        int from = region.offset(relation);
        int targetWidth = target.getRowType().getFieldCount();
        int[] moves = new int[width + semiJoin.getRight().getRowType().getFieldCount()];
        for (int i = 0; i < moves.length; i++) {
            moves[i] = i < width ? -from : targetWidth - width;
        }
        RexNode condition = shifted(semiJoin.getCondition(), moves);
        region.replace(
                relation,
                LogicalJoin.create(
                        target,
                        semiJoin.getRight(),
                        List.of(),
                        condition,
                        Set.of(),
                        semiJoin.getJoinType()));
        return true;
    }

    /** {@code expression} with each column moved by its entry in {@code moves}. */
    private static RexNode shifted(RexNode expression, int[] moves) {
        return expression.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef ref) {
                        return new RexInputRef(
                                ref.getIndex() + moves[ref.getIndex()], ref.getType());
                    }
                });
    }

    /** A relation with the region's conditions that concern it alone. */
    private static RelNode filtered(JoinRegion region, int index, RelNode relation) {
        List<RexNode> own = new ArrayList<>();
        for (RexNode condition : region.conditions()) {
            if (region.relationsOf(condition) == 1L << index) {
                own.add(RexUtil.shift(condition, -region.offset(index)));
            }
        }
        if (own.isEmpty()) {
            return relation;
        }
        RexNode all = RexUtil.composeConjunction(relation.getCluster().getRexBuilder(), own);
        return relation instanceof Filter filter
                ? LogicalFilter.create(
                        filter.getInput(),
                        RexUtil.composeConjunction(
                                relation.getCluster().getRexBuilder(),
                                List.of(filter.getCondition(), all)))
                : LogicalFilter.create(relation, all);
    }

    private RelNode joined(JoinRegion region) {
        JoinSearch.Tree tree = new JoinSearch(region, estimator).best();
        Placed placed = unconditional(region, place(region, tree));
        RexBuilder rex = placed.node.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        boolean inPlace = true;
        for (int column = 0; column < region.width(); column++) {
            inPlace &= placed.at[column] == column;
            columns.add(rex.makeInputRef(placed.node, placed.at[column]));
            int relation = region.relationOf(column);
            names.add(
                    region.relation(relation)
                            .getRowType()
                            .getFieldNames()
                            .get(column - region.offset(relation)));
        }
        return inPlace
                ? placed.node
                : LogicalProject.create(placed.node, List.of(), columns, names, Set.of());
    }

    /** With the conditions that read no column: no join is the place of those. */
    private static Placed unconditional(JoinRegion region, Placed placed) {
        List<RexNode> constant = new ArrayList<>();
        for (RexNode condition : region.conditions()) {
            if (region.relationsOf(condition) == 0) {
                constant.add(condition);
            }
        }
        RexNode all =
                RexUtil.composeConjunction(placed.node.getCluster().getRexBuilder(), constant);
        return all.isAlwaysTrue()
                ? placed
                : new Placed(LogicalFilter.create(placed.node, all), placed.at);
    }

    /** A join tree and where the region's columns stand in it; -1 for those that do not. */
    private record Placed(RelNode node, int[] at) {}

    private Placed place(JoinRegion region, JoinSearch.Tree tree) {
        int[] at = new int[region.width()];
        Arrays.fill(at, -1);
        if (tree.isLeaf()) {
            RelNode relation = region.relation(tree.relation());
            for (int i = 0; i < relation.getRowType().getFieldCount(); i++) {
                at[region.offset(tree.relation()) + i] = i;
            }
            return new Placed(relation, at);
        }
        Placed left = place(region, tree.left());
        Placed right = place(region, tree.right());
        int leftWidth = left.node.getRowType().getFieldCount();
        for (int i = 0; i < at.length; i++) {
            at[i] = left.at[i] >= 0 ? left.at[i] : right.at[i] >= 0 ? leftWidth + right.at[i] : -1;
        }
        RexNode condition = condition(region, tree, left, right, at);
        RelNode join =
                LogicalJoin.create(
                        left.node,
                        right.node,
                        List.of(),
                        condition,
                        Set.<CorrelationId>of(),
                        JoinRelType.INNER);
        return new Placed(join, at);
    }

    private static RexNode condition(
            JoinRegion region, JoinSearch.Tree tree, Placed left, Placed right, int[] at) {
        RexBuilder rex = left.node.getCluster().getRexBuilder();
        List<RexNode> all = new ArrayList<>();
        Set<Integer> done = new HashSet<>();
        for (int a = 0; a < at.length; a++) {
            int equalTo = region.classOf(a);
            if (left.at[a] < 0 || equalTo < 0 || done.contains(equalTo)) {
                continue;
            }
            for (int b = 0; b < at.length; b++) {
                if (right.at[b] >= 0 && region.classOf(b) == equalTo && done.add(equalTo)) {
                    int leftWidth = left.node.getRowType().getFieldCount();
                    all.add(
                            rex.makeCall(
                                    SqlStdOperatorTable.EQUALS,
                                    rex.makeInputRef(left.node, left.at[a]),
                                    new RexInputRef(
                                            leftWidth + right.at[b],
                                            right.node
                                                    .getRowType()
                                                    .getFieldList()
                                                    .get(right.at[b])
                                                    .getType())));
                }
            }
        }
        int[] moves = new int[at.length];
        Arrays.setAll(moves, i -> at[i] - i);
        for (RexNode other : region.conditions()) {
            long relations = region.relationsOf(other);
            boolean here =
                    (relations & ~tree.relations()) == 0
                            && (relations & ~tree.left().relations()) != 0
                            && (relations & ~tree.right().relations()) != 0;
            if (here) {
                all.add(shifted(other, moves));
            }
        }
        return RexUtil.composeConjunction(rex, all);
    }
}
