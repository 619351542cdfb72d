package org.skep.planner.logical;

import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.planner.check.CheckErrors;
import org.skep.planner.check.QueryCheck.Checked;

/** From checked syntax to algebra. */
public final class ToLogical {
    private static final int NEVER_A_JOIN = Integer.MAX_VALUE;

    private ToLogical() {}

    /** The algebra of a query as written, subqueries still inside expressions. */
    public static RelNode convert(Checked checked, RexExecutor executor) {
        HepPlanner planner = new HepPlanner(HepProgram.builder().build());
        planner.setExecutor(executor);
        RelOptCluster cluster = RelOptCluster.create(planner, new RexBuilder(checked.types()));
        cluster.setMetadataQuerySupplier(Metadata.queries());
        SqlToRelConverter.Config config =
                SqlToRelConverter.config()
                        .withExpand(false)
                        .withTrimUnusedFields(false)
                        .withInSubQueryThreshold(NEVER_A_JOIN)
                        // merging projections would move what a subquery refers to, and Calcite
                        // takes the unknown of an IN for false when it simplifies a CASE
                        .withRelBuilderConfigTransform(
                                builder -> builder.withBloat(-1).withSimplify(false))
                        .withRemoveSortInSubQuery(true);
        SqlToRelConverter converter =
                new SqlToRelConverter(
                        (type, sql, schemas, path) -> {
                            throw new IllegalStateException("views were replaced before");
                        },
                        checked.validator(),
                        checked.catalog(),
                        cluster,
                        StandardConvertletTable.INSTANCE,
                        config);
        try {
            RelRoot root = converter.convertQuery(checked.node(), false, true);
            return renamed(root.project(), checked.rowType().getFieldNames());
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    /** Not by a builder, which would simplify on the way: see {@code Phases}. */
    private static RelNode renamed(RelNode query, List<String> names) {
        if (query.getRowType().getFieldNames().equals(names)) {
            return query;
        }
        if (query instanceof LogicalProject project) {
            return LogicalProject.create(
                    project.getInput(),
                    project.getHints(),
                    project.getProjects(),
                    names,
                    project.getVariablesSet());
        }
        List<RexNode> same =
                query.getCluster().getRexBuilder().identityProjects(query.getRowType());
        return LogicalProject.create(query, List.of(), same, names, Set.of());
    }

    private static QueryException translated(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof QueryException known) {
                return known;
            }
            if (cause instanceof org.apache.calcite.runtime.CalciteContextException) {
                return CheckErrors.translate(e, List.of(), List.of());
            }
        }
        return new QueryException(ErrorCode.BUG, "converting the query failed: " + e, e);
    }
}
