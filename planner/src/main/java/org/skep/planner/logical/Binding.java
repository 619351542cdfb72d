package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.skep.planner.logical.Independent.Key;

/**
 * Finds the columns that take the place of an outer row's values, because an equality says so.
 *
 * <pre>
 * c.k = $0.k                    → key c.k; rows in which it is null mean nothing
 * c.k + 1 = CAST($0.k)          → key c.k + 1, a column more
 * c.k IS NOT DISTINCT FROM $0.k → key c.k, null too
 * </pre>
 */
final class Binding {
    private final Domain domain;
    private final Decorrelation trees;
    private final Independent in;
    private final RexBuilder rex;
    private final TreeMap<Integer, Key> keys;
    private final List<RexNode> columns;

    Binding(Domain domain, Decorrelation trees, Independent in, RexBuilder rex) {
        this.domain = domain;
        this.trees = trees;
        this.rex = rex;
        this.in = in;
        this.keys = new TreeMap<>(in.keys());
        this.columns = new ArrayList<>(rex.identityProjects(in.node().getRowType()));
    }

    boolean binds(RexNode condition) {
        boolean strict = condition.getKind() == SqlKind.EQUALS;
        if (!strict && condition.getKind() != SqlKind.IS_NOT_DISTINCT_FROM) {
            return false;
        }
        List<RexNode> sides = ((RexCall) condition).getOperands();
        return binds(sides.get(0), sides.get(1), strict)
                || binds(sides.get(1), sides.get(0), strict);
    }

    private boolean binds(RexNode own, RexNode other, boolean strict) {
        int key = domain.keyOf(other);
        if (key < 0
                || keys.containsKey(key)
                || domain.isAskedBy(own)
                || RelOptUtil.InputFinder.bits(own).isEmpty()
                || !RexUtil.isDeterministic(own)
                || !SqlTypeUtil.equalSansNullability(
                        rex.getTypeFactory(), own.getType(), other.getType())) {
            return false;
        }
        RexNode value = trees.rewritten(List.of(own), in).get(0);
        if (!(value instanceof RexInputRef)) {
            columns.add(value);
            value = new RexInputRef(columns.size() - 1, value.getType());
        }
        keys.put(key, new Key(((RexInputRef) value).getIndex(), strict));
        return true;
    }

    Independent bound() {
        RelNode node =
                columns.size() == in.width()
                        ? in.node()
                        : Decorrelation.project(in.node(), columns);
        return new Independent(node, in.columns(), keys);
    }
}
