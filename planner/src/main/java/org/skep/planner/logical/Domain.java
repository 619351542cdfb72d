package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.skep.planner.logical.Independent.Key;

/**
 * The values of outer rows that a dependent tree asks for: its keys are columns of the outer rows,
 * or such columns cast to a wider type, as comparisons with them need it.
 */
final class Domain {
    private final RelNode outer;
    private final Set<CorrelationId> ids;
    private final RexBuilder rex;
    private final List<RexNode> keys = new ArrayList<>();

    Domain(RelNode outer, Set<CorrelationId> ids) {
        this.outer = outer;
        this.ids = ids;
        this.rex = outer.getCluster().getRexBuilder();
    }

    /** Whether a tree refers to the outer row. */
    boolean isAskedBy(RelNode node) {
        boolean[] found = new boolean[1];
        RexShuttle finding = finding(found);
        node.accept(
                new RelHomogeneousShuttle() {
                    @Override
                    public RelNode visit(RelNode other) {
                        if (!found[0]) {
                            other.accept(finding);
                        }
                        return found[0] ? other : super.visit(other);
                    }
                });
        return found[0];
    }

    boolean isAskedBy(RexNode expression) {
        boolean[] found = new boolean[1];
        expression.accept(finding(found));
        return found[0];
    }

    private RexShuttle finding(boolean[] found) {
        return new RexShuttle() {
            @Override
            public RexNode visitCorrelVariable(RexCorrelVariable variable) {
                found[0] |= ids.contains(variable.id);
                return variable;
            }
        };
    }

    /** The key that an expression is, or -1. */
    int keyOf(RexNode expression) {
        RexNode key = overOuter(expression);
        if (key == null) {
            return -1;
        }
        if (!keys.contains(key)) {
            keys.add(key);
        }
        return keys.indexOf(key);
    }

    private RexNode overOuter(RexNode expression) {
        if (expression instanceof RexFieldAccess access
                && access.getReferenceExpr() instanceof RexCorrelVariable variable
                && ids.contains(variable.id)) {
            return rex.makeInputRef(outer, access.getField().getIndex());
        }
        if (expression.getKind() == SqlKind.CAST && RexUtil.isLosslessCast(expression)) {
            RexCall cast = (RexCall) expression;
            RexNode below = overOuter(cast.getOperands().get(0));
            // within a CASE it may claim that what is null elsewhere is not
            return below == null || below.getType().isNullable() && !cast.getType().isNullable()
                    ? null
                    : cast.clone(cast.getType(), List.of(below));
        }
        return null;
    }

    /** A key as an expression over the outer rows. */
    RexNode key(int key) {
        return keys.get(key);
    }

    SortedSet<Integer> keysIn(Iterable<? extends RexNode> expressions) {
        SortedSet<Integer> found = new TreeSet<>();
        RexShuttle collecting =
                new Keys(this) {
                    @Override
                    RexNode key(int key, RexNode here) {
                        found.add(key);
                        return here;
                    }
                };
        expressions.forEach(expression -> expression.accept(collecting));
        return found;
    }

    /** Meets each key in an expression, the widest where they are nested. */
    abstract static class Keys extends RexShuttle {
        private final Domain domain;

        Keys(Domain domain) {
            this.domain = domain;
        }

        abstract RexNode key(int key, RexNode here);

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            int key = domain.keyOf(access);
            return key < 0 ? super.visitFieldAccess(access) : key(key, access);
        }

        @Override
        public RexNode visitCall(RexCall call) {
            int key = domain.keyOf(call);
            return key < 0 ? super.visitCall(call) : key(key, call);
        }
    }

    /**
     * {@code in} with the keys {@code wanted} too.
     *
     * <pre>
     * in → Join(in, Distinct(Project(keys, outer))) on the keys that in has already
     * </pre>
     */
    Independent extended(Independent in, Set<Integer> wanted) {
        Set<Integer> missing = new LinkedHashSet<>(wanted);
        missing.removeAll(in.keys().keySet());
        if (missing.isEmpty()) {
            return in;
        }
        SortedSet<Integer> all = new TreeSet<>(in.keys().keySet());
        all.addAll(missing);
        RelNode values = values(all);
        List<RexNode> on = new ArrayList<>();
        TreeMap<Integer, Key> found = new TreeMap<>();
        int at = in.width();
        for (int key : all) {
            RexNode value =
                    new RexInputRef(
                            at, values.getRowType().getFieldList().get(at - in.width()).getType());
            if (in.keys().containsKey(key)) {
                on.add(equal(in.key(key), value, in.keys().get(key).strict()));
                found.put(key, in.keys().get(key));
            } else {
                found.put(key, new Key(at, !value.getType().isNullable()));
            }
            at++;
        }
        RelNode joined = join(in.node(), values, on, JoinRelType.INNER);
        return new Independent(joined, in.columns(), found);
    }

    /** The distinct values of keys, in their order. */
    RelNode values(SortedSet<Integer> wanted) {
        List<RexNode> columns = new ArrayList<>();
        wanted.forEach(key -> columns.add(keys.get(key)));
        RelNode from = outer;
        while (true) {
            ImmutableBitSet used = ImmutableBitSet.of();
            for (RexNode column : columns) {
                used = used.union(RelOptUtil.InputFinder.bits(column));
            }
            if (from instanceof Join join
                    && join.getJoinType() == JoinRelType.LEFT
                    && used.length() <= join.getLeft().getRowType().getFieldCount()) {
                from = join.getLeft(); // which has no other values than the join
            } else if (from instanceof Project project
                    && used.asList().stream()
                            .allMatch(i -> project.getProjects().get(i) instanceof RexInputRef)) {
                List<RexNode> below = RelOptUtil.pushPastProject(columns, project);
                columns.clear();
                columns.addAll(below);
                from = project.getInput();
            } else {
                break;
            }
        }
        List<String> names = new ArrayList<>();
        columns.forEach(column -> names.add("$key" + names.size()));
        RelNode projected = LogicalProject.create(from, List.of(), columns, names, Set.of());
        return LogicalAggregate.create(
                projected, List.of(), ImmutableBitSet.range(columns.size()), null, List.of());
    }

    /** A join on all of {@code on}. */
    static RelNode join(RelNode left, RelNode right, List<RexNode> on, JoinRelType type) {
        RexBuilder rex = left.getCluster().getRexBuilder();
        return LogicalJoin.create(
                left, right, List.of(), RexUtil.composeConjunction(rex, on), Set.of(), type);
    }

    /** That two columns hold the same key. */
    RexNode equal(RexNode left, RexNode right, boolean strict) {
        boolean plain = strict || !left.getType().isNullable() || !right.getType().isNullable();
        return rex.makeCall(
                plain ? SqlStdOperatorTable.EQUALS : SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
                left,
                right);
    }
}
