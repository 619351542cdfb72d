package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.skep.planner.logical.Independent.Key;

/**
 * Joins of dependent trees, for all outer rows at once: rows meet rows of the same keys. The side
 * whose rows are kept without a match must know the keys of the other.
 *
 * <pre>
 * Join(a, b)                       → Join(a, b) on the keys that both have
 * LeftJoin(a, b), SemiJoin(a, b) … → LeftJoin(a with the keys of b, b) on the keys of b
 * FullJoin(a, b)                   → FullJoin(a with all keys, b with all keys) on all keys
 * </pre>
 */
final class DecorrelatedJoin {
    private final Domain domain;
    private final Decorrelation inputs;
    private final RexBuilder rex;

    DecorrelatedJoin(Domain domain, Decorrelation inputs, RexBuilder rex) {
        this.domain = domain;
        this.inputs = inputs;
        this.rex = rex;
    }

    Independent of(Join join) {
        Independent left = inputs.of(join.getLeft());
        Independent right = inputs.of(join.getRight());
        return switch (join.getJoinType()) {
            case INNER -> inner(join, left, right);
            case LEFT, SEMI, ANTI -> keepingLeft(join, left, right);
            case RIGHT -> keepingRight(join, left, right);
            case FULL -> full(join, left, right);
            default -> throw new IllegalArgumentException("a join " + join.getJoinType());
        };
    }

    private Independent inner(Join join, Independent left, Independent right) {
        List<RexNode> plain = new ArrayList<>();
        List<RexNode> dependent = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
            (domain.isAskedBy(condition) ? dependent : plain).add(condition);
        }
        Independent both = sideBySide(left, right);
        List<RexNode> on = inputs.rewritten(plain, both);
        TreeMap<Integer, Key> keys = new TreeMap<>(left.keys());
        right.keys()
                .forEach(
                        (number, key) -> {
                            RexNode theirs = column(both, left.width() + key.column());
                            if (left.keys().containsKey(number)) {
                                boolean strict = key.strict() || left.keys().get(number).strict();
                                on.add(domain.equal(both.key(number), theirs, strict));
                                keys.put(number, left.keys().get(number));
                            } else {
                                keys.put(number, key.at(left.width() + key.column()));
                            }
                        });
        RelNode node = Domain.join(left.node(), right.node(), on, JoinRelType.INNER);
        return inputs.filter(new Independent(node, both.columns(), keys), dependent);
    }

    private Independent keepingLeft(Join join, Independent left, Independent right) {
        List<RexNode> conditions = RelOptUtil.conjunctions(join.getCondition());
        SortedSet<Integer> wanted = domain.keysIn(conditions);
        wanted.addAll(right.keys().keySet());
        Independent kept = domain.extended(left, wanted);
        Independent both = sideBySide(kept, right);
        List<RexNode> on = inputs.rewritten(conditions, both);
        on.addAll(sameKeys(both, kept, right));
        RelNode node = Domain.join(kept.node(), right.node(), on, join.getJoinType());
        return new Independent(
                node,
                join.getJoinType().projectsRight() ? both.columns() : kept.columns(),
                kept.keys());
    }

    private Independent keepingRight(Join join, Independent left, Independent right) {
        List<RexNode> conditions = RelOptUtil.conjunctions(join.getCondition());
        SortedSet<Integer> wanted = domain.keysIn(conditions);
        wanted.addAll(left.keys().keySet());
        Independent kept = domain.extended(right, wanted);
        Independent turned = sideBySide(kept, left);
        int[] columns =
                IntStream.concat(
                                IntStream.of(turned.columns()).skip(kept.columns().length),
                                IntStream.of(kept.columns()))
                        .toArray();
        Independent both = new Independent(turned.node(), columns, turned.keys());
        List<RexNode> on = inputs.rewritten(conditions, both);
        on.addAll(sameKeys(both, kept, left));
        RelNode node = Domain.join(kept.node(), left.node(), on, JoinRelType.LEFT);
        return new Independent(node, columns, kept.keys());
    }

    private Independent full(Join join, Independent left, Independent right) {
        List<RexNode> conditions = RelOptUtil.conjunctions(join.getCondition());
        SortedSet<Integer> all = new TreeSet<>(domain.keysIn(conditions));
        all.addAll(left.keys().keySet());
        all.addAll(right.keys().keySet());
        Independent wideLeft = domain.extended(left, all);
        Independent wideRight = domain.extended(right, all);
        TreeMap<Integer, Key> keys = new TreeMap<>();
        for (int key : all) {
            boolean strict =
                    wideLeft.keys().get(key).strict() && wideRight.keys().get(key).strict();
            keys.put(key, new Key(-1, strict));
        }
        Independent exactLeft = inputs.exact(wideLeft, keys);
        Independent exactRight = inputs.exact(wideRight, keys);
        Independent both = sideBySide(exactLeft, exactRight);
        List<RexNode> on = inputs.rewritten(conditions, both);
        on.addAll(sameKeys(both, exactLeft, exactRight));
        RelNode node = Domain.join(exactLeft.node(), exactRight.node(), on, JoinRelType.FULL);
        List<RexNode> columns = new ArrayList<>();
        for (int column : both.columns()) {
            columns.add(rex.makeInputRef(node, column));
        }
        for (int key : all) {
            RexNode mine = rex.makeInputRef(node, exactLeft.keys().get(key).column());
            RexNode theirs =
                    rex.makeInputRef(node, exactLeft.width() + exactRight.keys().get(key).column());
            keys.put(key, keys.get(key).at(columns.size()));
            columns.add(
                    rex.makeCall(
                            SqlStdOperatorTable.CASE,
                            rex.makeCall(SqlStdOperatorTable.IS_NULL, mine),
                            theirs,
                            mine));
        }
        return new Independent(
                Decorrelation.project(node, columns), Independent.asIs(join).columns(), keys);
    }

    /** The columns of both sides, with the keys of the left one. */
    private static Independent sideBySide(Independent left, Independent right) {
        RelNode node = Domain.join(left.node(), right.node(), List.of(), JoinRelType.INNER);
        int[] columns =
                IntStream.concat(
                                IntStream.of(left.columns()),
                                IntStream.of(right.columns()).map(i -> left.width() + i))
                        .toArray();
        return new Independent(node, columns, left.keys());
    }

    private List<RexNode> sameKeys(Independent both, Independent kept, Independent other) {
        List<RexNode> same = new ArrayList<>();
        other.keys()
                .forEach(
                        (number, key) ->
                                same.add(
                                        domain.equal(
                                                both.key(number),
                                                column(both, kept.width() + key.column()),
                                                key.strict() || kept.keys().get(number).strict())));
        return same;
    }

    private RexNode column(Independent in, int column) {
        return rex.makeInputRef(in.node(), column);
    }
}
