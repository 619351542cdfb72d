package org.skep.planner.logical;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalCorrelate;

/**
 * A part of a correlated query that itself refers to no other, as a leaf. Calcite's decorrelator
 * would limit the rows of a LIMIT for each outer row wherever it stands, and so add columns that
 * the UNION above does not have.
 */
final class Sealed extends AbstractRelNode {
    private final RelNode inside;

    private Sealed(RelNode inside) {
        super(inside.getCluster(), inside.getTraitSet());
        this.inside = inside;
        this.rowType = inside.getRowType();
    }

    /** Seals what has a limit in the right sides of correlations. */
    static RelNode seal(RelNode root) {
        return root.accept(
                new RelHomogeneousShuttle() {
                    @Override
                    public RelNode visit(RelNode other) {
                        return other instanceof LogicalCorrelate correlate
                                ? correlate.copy(
                                        correlate.getTraitSet(),
                                        List.of(
                                                seal(correlate.getLeft()),
                                                correlate.getRight().accept(new Limits())))
                                : super.visit(other);
                    }
                });
    }

    /** Puts back what is inside, after {@code work} on it. */
    static RelNode open(RelNode root, UnaryOperator<RelNode> work) {
        return root.accept(
                new RelHomogeneousShuttle() {
                    @Override
                    public RelNode visit(RelNode other) {
                        return other instanceof Sealed leaf
                                ? work.apply(leaf.inside)
                                : super.visit(other);
                    }
                });
    }

    private static final class Limits extends RelHomogeneousShuttle {
        @Override
        public RelNode visit(RelNode other) {
            return other instanceof Sort sort
                            && (sort.fetch != null || sort.offset != null)
                            && RelOptUtil.getVariablesUsed(sort).isEmpty()
                    ? new Sealed(sort)
                    : super.visit(other);
        }
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("inside", inside.getDigest())
                .item("id", inside.getId());
    }
}
