package org.skep.planner.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * A tree of joins as written: relations, numbered in the order in which the query names them, and
 * the operators between them. Columns are numbered through all relations, also of those whose
 * columns no row has in the end, as the right side of a semi-join.
 */
final class JoinRegion {
    /** Sets of relations are bits of a long. */
    static final int MOST = 63;

    private final List<RelNode> relations = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private final List<JoinOperator> operators = new ArrayList<>();
    private final int[] output;
    private final Written written;
    private final RexBuilder rex;
    private final EqualClasses classes;
    private int width;

    /**
     * The tree as written.
     *
     * @param relation of a leaf; -1 for a join
     */
    record Written(int relation, Written left, Written right) {}

    /**
     * A part of the tree.
     *
     * @param columns of its rows, as the region numbers them
     * @param top the join at its top with the operators below it; null when it is no inner join
     */
    private record Part(long relations, int[] columns, JoinOperator top, Written written) {}

    private JoinRegion(RelNode root) {
        this.rex = root.getCluster().getRexBuilder();
        Part all = add(root);
        this.output = all.columns;
        this.written = all.written;
        this.classes = EqualClasses.of(this, rex);
    }

    /** The region whose topmost node is {@code root}. */
    static JoinRegion of(RelNode root) {
        return new JoinRegion(root);
    }

    /** Whether a join is at the top that may be done in another order than it is written. */
    static boolean isRegion(RelNode node) {
        return node instanceof Filter ? isInner(node) : node instanceof Join join && isJoin(join);
    }

    private static boolean isInner(RelNode node) {
        if (node instanceof Filter || isChoice(node)) {
            return isInner(node.getInput(0));
        }
        return node instanceof Join join && join.getJoinType() == JoinRelType.INNER && isJoin(join);
    }

    /** A join other than an inner one is of this region only if its condition reads both sides. */
    private static boolean isJoin(Join join) {
        if (!Conflicts.isSupported(join.getJoinType()) || !join.getVariablesSet().isEmpty()) {
            return false;
        }
        if (join.getJoinType() == JoinRelType.INNER) {
            return true;
        }
        ImmutableBitSet read = RelOptUtil.InputFinder.bits(join.getCondition());
        int left = join.getLeft().getRowType().getFieldCount();
        return !read.isEmpty() && read.nth(0) < left && read.length() > left;
    }

    /** Whether a projection only chooses from columns. */
    private static boolean isChoice(RelNode node) {
        return node instanceof Project project
                && project.getProjects().stream().allMatch(column -> Columns.index(column) >= 0);
    }

    private static boolean continues(RelNode node) {
        return isRegion(node) || isChoice(node) && continues(node.getInput(0));
    }

    private Part add(RelNode node) {
        if (isChoice(node) && continues(node)) {
            Part part = add(node.getInput(0));
            int[] chosen =
                    ((Project) node)
                            .getProjects().stream()
                                    .mapToInt(column -> part.columns[Columns.index(column)])
                                    .toArray();
            return new Part(part.relations, chosen, part.top, part.written);
        }
        if (node instanceof Filter filter && isRegion(filter)) {
            Part part = add(filter.getInput());
            addConditions(part.top, Columns.moved(filter.getCondition(), part.columns));
            return part;
        }
        if (node instanceof Join join && isJoin(join)) {
            return join(join);
        }
        if (relations.size() == MOST) {
            throw new QueryException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a join of more than %d tables".formatted(MOST),
                    "at most %d tables are joined in one FROM".formatted(MOST));
        }
        int from = width;
        relations.add(node);
        offsets.add(from);
        width += node.getRowType().getFieldCount();
        int[] own = new int[width - from];
        Arrays.setAll(own, i -> from + i);
        int index = relations.size() - 1;
        return new Part(1L << index, own, null, new Written(index, null, null));
    }

    private Part join(Join join) {
        int from = operators.size();
        Part left = add(join.getLeft());
        int middle = operators.size();
        Part right = add(join.getRight());
        JoinOperator.Below below = new JoinOperator.Below(from, middle, middle, operators.size());
        int[] both = Arrays.copyOf(left.columns, left.columns.length + right.columns.length);
        System.arraycopy(right.columns, 0, both, left.columns.length, right.columns.length);
        RexNode condition = Columns.moved(join.getCondition(), both);
        Written as = new Written(-1, left.written, right.written);
        long all = left.relations | right.relations;
        return switch (join.getJoinType()) {
            case INNER -> {
                JoinOperator top = JoinOperator.product(left.relations, right.relations, below);
                addConditions(top, condition);
                if (operators.stream().skip(below.rightTo()).noneMatch(JoinOperator::readsBoth)) {
                    operators.add(top);
                }
                yield new Part(all, both, top, as);
            }
            case RIGHT -> {
                add(JoinRelType.LEFT, right, left, below.turned(), condition);
                yield new Part(all, both, null, as);
            }
            default -> {
                add(join.getJoinType(), left, right, below, condition);
                int[] columns = join.getJoinType().projectsRight() ? both : left.columns;
                yield new Part(all, columns, null, as);
            }
        };
    }

    private void add(
            JoinRelType type, Part left, Part right, JoinOperator.Below below, RexNode condition) {
        RexNode factored = RexUtil.pullFactors(rex, condition);
        operators.add(
                new JoinOperator(
                        type,
                        left.relations,
                        right.relations,
                        relationsOf(factored),
                        below,
                        factored,
                        -1));
    }

    /** Each condition of an inner join is an operator. */
    private void addConditions(JoinOperator top, RexNode condition) {
        for (RexNode conjunct : new Factoring(this, rex).conjuncts(condition)) {
            operators.add(top.on(conjunct, relationsOf(conjunct)));
        }
    }

    /** Whether the condition is not true where all columns of these relations are null. */
    boolean rejectsNulls(JoinOperator operator, long of) {
        if (operator.condition() == null) {
            return false;
        }
        ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
        for (int i = 0; i < relations.size(); i++) {
            if ((of >> i & 1) != 0) {
                columns.addAll(columnsOf(i));
            }
        }
        return Strong.isNotTrue(operator.condition(), columns.build());
    }

    int size() {
        return relations.size();
    }

    int width() {
        return width;
    }

    /** The columns of the rows of the topmost join. */
    int[] output() {
        return output;
    }

    Written written() {
        return written;
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
        return classes.of(column);
    }

    /** All operators, those below a join before it; implied equalities behind all of them. */
    List<JoinOperator> operators() {
        return operators;
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
