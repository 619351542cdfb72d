package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Lets the right side of an outer correlation refer to its left side only, which passes on what
 * queries further out know. Calcite's decorrelator takes their columns from the right side, where
 * they are null for a row without a match; that row was lost then for all outer rows.
 *
 * <pre>
 * Correlate($cor1, left, b, query of $cor0.x and $cor1.k)
 *     → Project(b.*, query.*, Correlate($cor1, left, Project(b.*, $cor0.x AS x), query of $cor1.x and $cor1.k))
 * </pre>
 */
final class OuterVariables {
    private OuterVariables() {}

    static RelNode apply(RelNode root) {
        return root.accept(
                new RelHomogeneousShuttle() {
                    @Override
                    public RelNode visit(RelNode other) {
                        return super.visit(
                                other instanceof LogicalCorrelate correlate
                                                && correlate.getJoinType() == JoinRelType.LEFT
                                        ? passed(correlate)
                                        : other);
                    }
                });
    }

    private static RelNode passed(LogicalCorrelate correlate) {
        List<RexFieldAccess> outer = outer(correlate);
        if (outer.isEmpty()) {
            return correlate;
        }
        RexBuilder rex = correlate.getCluster().getRexBuilder();
        RelNode left = correlate.getLeft();
        int width = left.getRowType().getFieldCount();
        List<RexNode> columns = new ArrayList<>(rex.identityProjects(left.getRowType()));
        List<String> names = new ArrayList<>(left.getRowType().getFieldNames());
        for (RexFieldAccess access : outer) {
            columns.add(access);
            names.add("$outer" + names.size());
        }
        RelNode wider = LogicalProject.create(left, List.of(), columns, names, Set.of());
        RexNode row = rex.makeCorrel(wider.getRowType(), correlate.getCorrelationId());
        RexShuttle passing =
                new RexShuttle() {
                    @Override
                    public RexNode visitFieldAccess(RexFieldAccess access) {
                        if (!(access.getReferenceExpr() instanceof RexCorrelVariable variable)) {
                            return super.visitFieldAccess(access);
                        }
                        int place = outer.indexOf(access);
                        if (place >= 0) {
                            return rex.makeFieldAccess(row, width + place);
                        }
                        return variable.id.equals(correlate.getCorrelationId())
                                ? rex.makeFieldAccess(row, access.getField().getIndex())
                                : access;
                    }
                };
        RelNode right = everywhere(correlate.getRight(), passing);
        RelNode joined =
                LogicalCorrelate.create(
                        wider,
                        right,
                        correlate.getHints(),
                        correlate.getCorrelationId(),
                        correlate
                                .getRequiredColumns()
                                .union(ImmutableBitSet.range(width, width + outer.size())),
                        correlate.getJoinType());
        List<RexNode> own = new ArrayList<>(rex.identityProjects(joined.getRowType()));
        own.subList(width, width + outer.size()).clear();
        return LogicalProject.create(
                joined, List.of(), own, correlate.getRowType().getFieldNames(), Set.of());
    }

    /** What the right side refers to further out than the left side. */
    private static List<RexFieldAccess> outer(LogicalCorrelate correlate) {
        return of(correlate.getRight()).stream()
                .filter(
                        access ->
                                access.getReferenceExpr() instanceof RexCorrelVariable variable
                                        && !variable.id.equals(correlate.getCorrelationId()))
                .toList();
    }

    /** What a tree without subqueries refers to outside of it. */
    static List<RexFieldAccess> of(RelNode root) {
        Set<CorrelationId> inner = new HashSet<>();
        root.accept(
                new RelHomogeneousShuttle() {
                    @Override
                    public RelNode visit(RelNode other) {
                        if (other instanceof Correlate nested) {
                            inner.add(nested.getCorrelationId());
                        }
                        return super.visit(other);
                    }
                });
        Set<RexFieldAccess> found = new LinkedHashSet<>();
        everywhere(
                root,
                new RexShuttle() {
                    @Override
                    public RexNode visitFieldAccess(RexFieldAccess access) {
                        if (access.getReferenceExpr() instanceof RexCorrelVariable variable
                                && !inner.contains(variable.id)) {
                            found.add(access);
                        }
                        return super.visitFieldAccess(access);
                    }
                });
        return List.copyOf(found);
    }

    private static RelNode everywhere(RelNode root, RexShuttle work) {
        return root.accept(
                new RelHomogeneousShuttle() {
                    @Override
                    public RelNode visit(RelNode other) {
                        return super.visit(other).accept(work);
                    }
                });
    }
}
