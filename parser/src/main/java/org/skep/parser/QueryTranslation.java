package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.parser.grammar.SkepLexer;
import org.skep.parser.grammar.SkepParser.ClusterByContext;
import org.skep.parser.grammar.SkepParser.CommonTableContext;
import org.skep.parser.grammar.SkepParser.DistributionContext;
import org.skep.parser.grammar.SkepParser.ExpressionContext;
import org.skep.parser.grammar.SkepParser.FetchRowsContext;
import org.skep.parser.grammar.SkepParser.FromClauseContext;
import org.skep.parser.grammar.SkepParser.FromFirstQueryContext;
import org.skep.parser.grammar.SkepParser.InsertBranchContext;
import org.skep.parser.grammar.SkepParser.LimitContext;
import org.skep.parser.grammar.SkepParser.LimitRowsContext;
import org.skep.parser.grammar.SkepParser.NestedQueryContext;
import org.skep.parser.grammar.SkepParser.OffsetRowsContext;
import org.skep.parser.grammar.SkepParser.OrderByContext;
import org.skep.parser.grammar.SkepParser.QueryBodyContext;
import org.skep.parser.grammar.SkepParser.QueryContext;
import org.skep.parser.grammar.SkepParser.QueryPrimaryContext;
import org.skep.parser.grammar.SkepParser.QueryTermContext;
import org.skep.parser.grammar.SkepParser.SelectQueryContext;
import org.skep.parser.grammar.SkepParser.SetQuantifierContext;
import org.skep.parser.grammar.SkepParser.SortByContext;
import org.skep.parser.grammar.SkepParser.TableQueryContext;
import org.skep.parser.grammar.SkepParser.ValuesQueryContext;
import org.skep.parser.grammar.SkepParser.WithContext;

/** Queries as a whole: WITH, set operations, order and limits around what {@link Selects} makes. */
final class QueryTranslation {
    private final ExpressionTranslation expressions;
    private final TableTranslation tables;
    private final Selects selects;

    QueryTranslation() {
        expressions = new ExpressionTranslation(this);
        tables = new TableTranslation(expressions, this);
        selects = new Selects(expressions, tables);
    }

    TableTranslation tables() {
        return tables;
    }

    ExpressionTranslation expressions() {
        return expressions;
    }

    SqlNode query(QueryContext context) {
        SqlNodeList with = context.with() == null ? null : with(context.with());
        SqlNodeList order = order(context);
        SqlNode body = body(context.queryBody(), order);
        SqlParserPos place = Places.of(context);
        if (with != null) {
            body = new SqlWith(place, with, body);
        }
        return limited(body, order, context.limit(), place);
    }

    private SqlNode limited(
            SqlNode body, SqlNodeList order, List<LimitContext> limit, SqlParserPos place) {
        SqlNode[] limits = limits(limit);
        return order.isEmpty() && limits[0] == null && limits[1] == null
                ? body
                : new SqlOrderBy(place, body, order, limits[0], limits[1]);
    }

    /** One of several queries over the same FROM. */
    SqlNode branch(FromClauseContext from, InsertBranchContext branch) {
        SqlParserPos place = Places.of(branch);
        SqlNodeList order = branch.orderBy() == null ? SqlNodeList.EMPTY : order(branch.orderBy());
        SqlNode body =
                selects.translate(branch.selectClause(), from, branch.clauses(), order, place);
        return limited(body, order, branch.limit(), place);
    }

    private SqlNodeList with(WithContext with) {
        List<SqlNode> items = new ArrayList<>();
        for (CommonTableContext table : with.commonTable()) {
            SqlParserPos place = Places.of(table);
            SqlNodeList columns =
                    table.columnNames() == null
                            ? null
                            : Identifiers.list(table.columnNames().name());
            items.add(
                    new SqlWithItem(
                            place,
                            Identifiers.of(table.name()),
                            columns,
                            query(table.query()),
                            SqlLiteral.createBoolean(with.RECURSIVE() != null, place)));
        }
        return new SqlNodeList(items, Places.of(with));
    }

    private SqlNodeList order(QueryContext context) {
        if (context.orderBy() != null) {
            return order(context.orderBy());
        }
        for (DistributionContext distribution : context.distribution()) {
            if (distribution instanceof SortByContext sort) {
                return expressions.sortItems(sort.sortItem());
            }
            if (distribution instanceof ClusterByContext cluster) {
                return expressions.sortItems(cluster.sortItem());
            }
        }
        return SqlNodeList.EMPTY;
    }

    private SqlNodeList order(OrderByContext context) {
        if (context.ALL() == null) {
            return expressions.sortItems(context.sortItem());
        }
        SqlNode all = SkepOperators.ORDER_ALL.createCall(Places.of(context.ALL().getSymbol()));
        SqlNode directed = Sorting.directed(all, context.direction());
        return new SqlNodeList(List.of(directed), Places.of(context));
    }

    /** Offset, then fetch; null where there is none. */
    private SqlNode[] limits(List<LimitContext> limits) {
        SqlNode[] found = new SqlNode[2];
        for (LimitContext limit : limits) {
            if (limit instanceof LimitRowsContext rows && rows.ALL() == null) {
                List<ExpressionContext> counts = rows.expression();
                boolean both = counts.size() == 2; // LIMIT offset, count
                if (both) {
                    set(found, 0, counts.get(0), limit);
                }
                set(found, 1, counts.get(both ? 1 : 0), limit);
            } else if (limit instanceof OffsetRowsContext offset) {
                set(found, 0, offset.expression(), limit);
            } else if (limit instanceof FetchRowsContext fetch) {
                set(found, 1, fetch.expression(), limit);
            }
        }
        return found;
    }

    private void set(SqlNode[] found, int which, ExpressionContext value, LimitContext limit) {
        if (found[which] != null) {
            throw Places.syntaxError(
                    Places.of(limit),
                    which == 0 ? "a second OFFSET" : "a second LIMIT",
                    "a query has one LIMIT and one OFFSET");
        }
        found[which] =
                value == null
                        ? SqlLiteral.createExactNumeric("1", Places.of(limit))
                        : expressions.expression(value);
        if (found[which] instanceof SqlLiteral literal && !isCount(literal)) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    Places.position(literal.getParserPosition()),
                    "%s takes a number of rows".formatted(which == 0 ? "OFFSET" : "LIMIT"),
                    "for example LIMIT 10");
        }
    }

    private static boolean isCount(SqlLiteral literal) {
        return literal instanceof SqlNumericLiteral number
                && number.bigDecimalValue().signum() >= 0;
    }

    private SqlNode body(QueryBodyContext context, SqlNodeList order) {
        if (context.getChildCount() == 1) {
            return term((QueryTermContext) context.getChild(0), order);
        }
        return setOperations(context.children);
    }

    private SqlNode term(QueryTermContext context, SqlNodeList order) {
        if (context.getChildCount() == 1) {
            return primary((QueryPrimaryContext) context.getChild(0), order);
        }
        return setOperations(context.children);
    }

    /** From the left; a run of one associative operation as a balanced tree. */
    private SqlNode setOperations(List<ParseTree> children) {
        List<SqlNode> run = new ArrayList<>();
        run.add(member(children.get(0)));
        SqlOperator operator = null;
        for (int i = 1; i < children.size(); i++) {
            int type = ((TerminalNode) children.get(i)).getSymbol().getType();
            boolean quantified = children.get(i + 1) instanceof SetQuantifierContext;
            boolean all = quantified && ((SetQuantifierContext) children.get(i + 1)).ALL() != null;
            SqlOperator next = setOperator(type, all);
            if (operator != null && (!next.equals(operator) || next.getKind() == SqlKind.EXCEPT)) {
                SqlNode left = Chains.associative(run, operator);
                run = new ArrayList<>();
                run.add(left);
            }
            operator = next;
            i += quantified ? 2 : 1;
            run.add(member(children.get(i)));
        }
        return Chains.associative(run, operator);
    }

    private SqlNode member(ParseTree child) {
        return child instanceof QueryTermContext term
                ? term(term, SqlNodeList.EMPTY)
                : primary((QueryPrimaryContext) child, SqlNodeList.EMPTY);
    }

    private static SqlOperator setOperator(int type, boolean all) {
        return switch (type) {
            case SkepLexer.UNION -> all ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION;
            case SkepLexer.INTERSECT ->
                    all ? SqlStdOperatorTable.INTERSECT_ALL : SqlStdOperatorTable.INTERSECT;
            default -> all ? SqlStdOperatorTable.EXCEPT_ALL : SqlStdOperatorTable.EXCEPT;
        };
    }

    private SqlNode primary(QueryPrimaryContext context, SqlNodeList order) {
        SqlParserPos place = Places.of(context);
        if (context instanceof SelectQueryContext select) {
            return selects.translate(
                    select.selectClause(), select.fromClause(), select.clauses(), order, place);
        }
        if (context instanceof FromFirstQueryContext select) {
            return selects.translate(
                    select.selectClause(), select.fromClause(), select.clauses(), order, place);
        }
        if (context instanceof NestedQueryContext nested) {
            return query(nested.query());
        }
        if (context instanceof ValuesQueryContext values) {
            return values(values.expression(), place);
        }
        SqlNode table = Identifiers.of(((TableQueryContext) context).qualifiedName());
        return PlainSelect.all(place, table);
    }

    SqlNode values(List<ExpressionContext> rows, SqlParserPos place) {
        List<SqlNode> nodes = new ArrayList<>(rows.size());
        for (SqlNode row : expressions.expressions(rows)) {
            boolean isRow = row.getKind() == SqlKind.ROW;
            nodes.add(
                    isRow ? row : SqlStdOperatorTable.ROW.createCall(row.getParserPosition(), row));
        }
        return SqlStdOperatorTable.VALUES.createCall(place, nodes);
    }
}
