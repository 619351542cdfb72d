package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Turns what Calcite makes of UNNEST into {@link UnnestRel}s.
 *
 * <pre>
 * Correlate(left, Project*(Filter*(Uncollect(Project(Values)))))
 *   → Project*(Filter*(Unnest(left)))
 * Uncollect(Project(input)) → Project(Unnest(input))
 * </pre>
 */
final class Unnesting extends RelShuttleImpl {
    static RelNode apply(RelNode root) {
        return root.accept(new Unnesting());
    }

    @Override
    public RelNode visit(RelNode other) {
        if (other instanceof Uncollect uncollect) {
            RelNode input = uncollect.getInput().accept(this);
            List<RexNode> collections = new ArrayList<>();
            RexBuilder rex = input.getCluster().getRexBuilder();
            for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
                collections.add(rex.makeInputRef(input, i));
            }
            UnnestRel unnest =
                    UnnestRel.create(input, collections, false, uncollect.withOrdinality);
            List<RexNode> elements = new ArrayList<>();
            for (RexNode element : elements(unnest)) {
                RelDataType wanted =
                        uncollect.getRowType().getFieldList().get(elements.size()).getType();
                elements.add(rex.ensureType(wanted, element, true));
            }
            return LogicalProject.create(
                    unnest, List.of(), elements, uncollect.getRowType(), java.util.Set.of());
        }
        return super.visit(other);
    }

    @Override
    public RelNode visit(LogicalCorrelate correlate) {
        RelNode left = correlate.getLeft().accept(this);
        RelNode lateral = onto(left, correlate, correlate.getRight());
        if (lateral != null) {
            return lateral;
        }
        return correlate.copy(
                correlate.getTraitSet(), List.of(left, correlate.getRight().accept(this)));
    }

    /**
     * {@code right} built upon {@code left}'s rows: left's columns, then right's; null if not so.
     */
    private static RelNode onto(RelNode left, LogicalCorrelate correlate, RelNode right) {
        boolean inner = correlate.getJoinType() == JoinRelType.INNER;
        if (!inner && correlate.getJoinType() != JoinRelType.LEFT) {
            return null;
        }
        if (right instanceof Uncollect uncollect) {
            return unnest(left, correlate, uncollect);
        }
        if (right instanceof LogicalProject project) {
            RelNode input = onto(left, correlate, project.getInput());
            return input == null || !inner && !keepsNulls(project)
                    ? null
                    : project(left, correlate, project, input);
        }
        if (right instanceof LogicalFilter filter && inner) {
            RelNode input = onto(left, correlate, filter.getInput());
            return input == null
                    ? null
                    : LogicalFilter.create(
                            input,
                            filter.getCondition()
                                    .accept(new Shift(left, correlate.getCorrelationId())));
        }
        return null;
    }

    /** Whether the projection of a row of nulls is nulls, so that it may follow an outer unnest. */
    private static boolean keepsNulls(LogicalProject project) {
        return project.getProjects().stream().allMatch(RexInputRef.class::isInstance);
    }

    private static RelNode project(
            RelNode left, LogicalCorrelate correlate, LogicalProject project, RelNode input) {
        RexBuilder rex = left.getCluster().getRexBuilder();
        List<RexNode> all = new ArrayList<>();
        for (int i = 0; i < left.getRowType().getFieldCount(); i++) {
            all.add(rex.makeInputRef(input, i));
        }
        Shift shift = new Shift(left, correlate.getCorrelationId());
        for (RexNode expression : project.getProjects()) {
            RexNode shifted = expression.accept(shift);
            // Below an outer unnest a column may be null that the projection knows as never null.
            all.add(
                    shifted instanceof RexInputRef ref
                            ? rex.makeInputRef(input, ref.getIndex())
                            : shifted);
        }
        return LogicalProject.create(
                input, List.of(), all, names(left, project), java.util.Set.of());
    }

    private static List<String> names(RelNode left, RelNode right) {
        List<String> names = new ArrayList<>(left.getRowType().getFieldNames());
        names.addAll(right.getRowType().getFieldNames());
        return names;
    }

    private static RelNode unnest(RelNode left, LogicalCorrelate correlate, Uncollect uncollect) {
        if (!(uncollect.getInput() instanceof LogicalProject project)
                || !(project.getInput() instanceof LogicalValues values)
                || values.getTuples().size() != 1) {
            return null;
        }
        Shift shift = new Shift(left, correlate.getCorrelationId());
        List<RexNode> collections = shift.apply(project.getProjects());
        boolean outer = correlate.getJoinType() == JoinRelType.LEFT;
        UnnestRel unnest = UnnestRel.create(left, collections, outer, uncollect.withOrdinality);
        RexBuilder rex = left.getCluster().getRexBuilder();
        List<RexNode> all = new ArrayList<>();
        for (int i = 0; i < left.getRowType().getFieldCount(); i++) {
            all.add(rex.makeInputRef(unnest, i));
        }
        int width = left.getRowType().getFieldCount();
        List<RexNode> elements = elements(unnest);
        for (int i = 0; i < elements.size(); i++) {
            RelDataType wanted = correlate.getRowType().getFieldList().get(width + i).getType();
            boolean whole = correlate.getRight() == uncollect;
            all.add(whole ? rex.ensureType(wanted, elements.get(i), true) : elements.get(i));
        }
        return LogicalProject.create(
                unnest, List.of(), all, names(left, uncollect), java.util.Set.of());
    }

    /** The unnested columns as Uncollect gives them: members of structs one by one. */
    private static List<RexNode> elements(UnnestRel unnest) {
        RexBuilder rex = unnest.getCluster().getRexBuilder();
        List<RelDataTypeField> fields = unnest.getRowType().getFieldList();
        List<RexNode> elements = new ArrayList<>();
        for (int i = unnest.getInput().getRowType().getFieldCount(); i < fields.size(); i++) {
            RexNode element = rex.makeInputRef(unnest, i);
            RelDataType type = fields.get(i).getType();
            if (type.getSqlTypeName() == SqlTypeName.ROW) {
                for (RelDataTypeField member : type.getFieldList()) {
                    elements.add(rex.makeFieldAccess(element, member.getIndex()));
                }
            } else {
                elements.add(element);
            }
        }
        return elements;
    }

    /** Moves references behind the left columns, and makes references of correlated fields. */
    private static final class Shift extends RexShuttle {
        private final RelNode left;
        private final CorrelationId id;

        Shift(RelNode left, CorrelationId id) {
            this.left = left;
            this.id = id;
        }

        @Override
        public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(
                    ref.getIndex() + left.getRowType().getFieldCount(), ref.getType());
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            if (access.getReferenceExpr() instanceof RexCorrelVariable variable
                    && variable.id.equals(id)) {
                return left.getCluster()
                        .getRexBuilder()
                        .makeInputRef(left, access.getField().getIndex());
            }
            return super.visitFieldAccess(access);
        }
    }
}
