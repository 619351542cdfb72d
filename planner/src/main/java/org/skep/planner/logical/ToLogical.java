package org.skep.planner.logical;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;
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
                        // merging projections would move what a subquery refers to
                        .withRelBuilderConfigTransform(builder -> builder.withBloat(-1))
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
            return RelOptUtil.createRename(root.project(), names(checked));
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    private static List<String> names(Checked checked) {
        return checked.rowType().getFieldNames();
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
