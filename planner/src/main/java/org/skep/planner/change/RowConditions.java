package org.skep.planner.change;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.TableStatistics;
import org.skep.model.plan.Expr;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.parser.Syntax;
import org.skep.planner.check.CheckErrors;
import org.skep.planner.check.Names;
import org.skep.planner.check.Relation;
import org.skep.planner.check.Version;
import org.skep.planner.expr.ToExpr;

/** Conditions on rows of a table by themselves, as in CHECK: a query over the table, in parts. */
public final class RowConditions {
    private static final String ROWS = "$rows";

    private RowConditions() {}

    /** A query that has the conditions as its columns. */
    public static Syntax select(List<Syntax> conditions) {
        Nodes nodes = new Nodes(SqlParserPos.ZERO);
        List<SqlNode> items = new ArrayList<>();
        for (Syntax condition : conditions) {
            items.add(nodes.as(condition.copy().node(), "$" + items.size()));
        }
        return new Syntax(nodes.select(items, nodes.name(ROWS), null));
    }

    /** The only names of that query. */
    public static Names names(Schema table) {
        FileTable rows =
                new FileTable(
                        FileSource.of("parquet", List.of(ROWS), Map.of()),
                        table,
                        0,
                        List.of(),
                        TableStatistics.UNKNOWN);
        return new Names() {
            @Override
            public Optional<Relation> find(List<String> name, String schema) {
                if (!name.equals(List.of(ROWS))) {
                    throw notOfOneRow();
                }
                return Optional.of(new Relation.Files(rows));
            }

            @Override
            public Optional<Relation> find(List<String> name, String schema, Version version) {
                throw notOfOneRow();
            }

            @Override
            public Relation files(FileSource source) {
                throw notOfOneRow();
            }

            @Override
            public Collection<String> suggestions(String schema) {
                return List.of();
            }
        };
    }

    /** The columns of that query, converted, as expressions over the table's columns. */
    public static List<Expr> of(RelNode rows, List<Syntax> conditions, FunctionRegistry functions) {
        boolean simple =
                rows instanceof Project project
                        && project.getInput() instanceof TableScan
                        && !project.containsOver()
                        && RexUtil.SubQueryFinder.find(project.getProjects()) == null;
        if (!simple) {
            throw notOfOneRow()
                    .at(CheckErrors.position(conditions.get(0).node().getParserPosition()));
        }
        ToExpr toExpr = new ToExpr(rows.getCluster().getRexBuilder(), functions);
        List<Expr> found = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            RexNode node = ((Project) rows).getProjects().get(i);
            Expr expr = toExpr.convert(node);
            if (!expr.type().equals(Type.BOOLEAN)) {
                throw new QueryException(
                        ErrorCode.TYPE_MISMATCH,
                        CheckErrors.position(conditions.get(i).node().getParserPosition()),
                        "a CHECK is a condition, not a value of type " + expr.type(),
                        "for example CHECK (price > 0)");
            }
            found.add(expr);
        }
        return found;
    }

    private static QueryException notOfOneRow() {
        return new QueryException(
                ErrorCode.NOT_SUPPORTED,
                "a CHECK is a condition on the columns of one row",
                "subqueries, aggregates and window functions cannot be part of it");
    }
}
