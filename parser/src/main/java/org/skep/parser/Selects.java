package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.parser.grammar.SkepParser.ClausesContext;
import org.skep.parser.grammar.SkepParser.CubeItemContext;
import org.skep.parser.grammar.SkepParser.EmptyGroupItemContext;
import org.skep.parser.grammar.SkepParser.FromClauseContext;
import org.skep.parser.grammar.SkepParser.GroupByContext;
import org.skep.parser.grammar.SkepParser.GroupItemContext;
import org.skep.parser.grammar.SkepParser.GroupingSetsContext;
import org.skep.parser.grammar.SkepParser.GroupingSetsItemContext;
import org.skep.parser.grammar.SkepParser.NamedWindowContext;
import org.skep.parser.grammar.SkepParser.PlainGroupItemContext;
import org.skep.parser.grammar.SkepParser.RollupItemContext;
import org.skep.parser.grammar.SkepParser.SelectClauseContext;
import org.skep.parser.grammar.SkepParser.SelectQuantifierContext;
import org.skep.parser.grammar.SkepParser.WindowsContext;

/** One SELECT with its clauses. */
final class Selects {
    private final ExpressionTranslation expressions;
    private final TableTranslation tables;
    private final Calls calls;

    Selects(ExpressionTranslation expressions, TableTranslation tables) {
        this.expressions = expressions;
        this.tables = tables;
        this.calls = new Calls(expressions);
    }

    /**
     * @param select null for a bare FROM, which means all columns
     * @param from null without tables
     * @param order what the query is sorted by, for DISTINCT ON
     */
    SqlNode translate(
            SelectClauseContext select,
            FromClauseContext from,
            ClausesContext clauses,
            SqlNodeList order,
            SqlParserPos place) {
        Relation relation = from == null ? new Relation() : tables.from(from);
        SelectList list = new SelectList(expressions, relation);
        SqlNodeList items =
                select == null
                        ? new SqlNodeList(List.of(SqlIdentifier.star(place)), place)
                        : list.items(select.selectItem());
        SelectQuantifierContext quantifier = select == null ? null : select.selectQuantifier();
        SqlNode qualify =
                clauses.qualify() == null
                        ? null
                        : expressions.expression(clauses.qualify().expression());
        boolean first = quantifier != null && quantifier.ON() != null;
        if (first) {
            qualify = new DistinctOn(expressions, items, order).condition(quantifier, qualify);
        }
        SqlNode where =
                clauses.where() == null
                        ? null
                        : expressions.expression(clauses.where().expression());
        return new SqlSelect(
                place,
                first ? null : keywords(quantifier),
                items,
                relation.node(),
                relation.condition(where),
                clauses.groupBy() == null ? null : groupBy(clauses.groupBy()),
                clauses.having() == null
                        ? null
                        : expressions.expression(clauses.having().expression()),
                windows(clauses.windows()),
                qualify,
                null,
                null,
                null,
                select == null || select.HINT() == null
                        ? null
                        : Hints.of(select.HINT().getSymbol()));
    }

    private static SqlNodeList keywords(SelectQuantifierContext quantifier) {
        if (quantifier == null) {
            return null;
        }
        SqlParserPos place = Places.of(quantifier);
        SqlSelectKeyword keyword =
                quantifier.DISTINCT() == null ? SqlSelectKeyword.ALL : SqlSelectKeyword.DISTINCT;
        return new SqlNodeList(List.of(keyword.symbol(place)), place);
    }

    private SqlNodeList windows(List<WindowsContext> clauses) {
        if (clauses.isEmpty()) {
            return null;
        }
        List<SqlNode> windows = new ArrayList<>();
        for (WindowsContext clause : clauses) {
            for (NamedWindowContext named : clause.namedWindow()) {
                windows.add(calls.window(named.window(), Identifiers.of(named.name())));
            }
        }
        return ExpressionTranslation.list(windows);
    }

    private SqlNodeList groupBy(GroupByContext context) {
        SqlParserPos place = Places.of(context);
        if (context.ALL() != null) {
            SqlNode all = SkepOperators.GROUP_ALL.createCall(Places.of(context.ALL().getSymbol()));
            return new SqlNodeList(List.of(all), place);
        }
        List<SqlNode> items = groupItems(context.groupItem());
        SqlNode grouping = null;
        if (context.ROLLUP() != null) {
            grouping = SqlStdOperatorTable.ROLLUP.createCall(place, items);
        } else if (context.CUBE() != null) {
            grouping = SqlStdOperatorTable.CUBE.createCall(place, items);
        } else if (context.groupingSets() != null) {
            // the listed columns only announce what the sets are made of
            grouping = groupingSets(context.groupingSets(), place);
        }
        return new SqlNodeList(grouping == null ? items : List.of(grouping), place);
    }

    private SqlNode groupingSets(GroupingSetsContext sets, SqlParserPos place) {
        List<SqlNode> items = groupItems(sets.groupItem());
        return SqlStdOperatorTable.GROUPING_SETS.createCall(place, items);
    }

    private List<SqlNode> groupItems(List<GroupItemContext> contexts) {
        List<SqlNode> items = new ArrayList<>();
        for (GroupItemContext context : contexts) {
            items.add(groupItem(context));
        }
        return items;
    }

    private SqlNode groupItem(GroupItemContext context) {
        SqlParserPos place = Places.of(context);
        if (context instanceof PlainGroupItemContext plain) {
            return expressions.expression(plain.expression());
        }
        if (context instanceof EmptyGroupItemContext) {
            return new SqlNodeList(place);
        }
        if (context instanceof GroupingSetsItemContext sets) {
            return groupingSets(sets.groupingSets(), place);
        }
        boolean rollup = context instanceof RollupItemContext;
        SqlOperator operator = rollup ? SqlStdOperatorTable.ROLLUP : SqlStdOperatorTable.CUBE;
        List<SqlNode> operands =
                expressions.expressions(
                        rollup
                                ? ((RollupItemContext) context).expression()
                                : ((CubeItemContext) context).expression());
        return operator.createCall(place, operands);
    }

    /** The call that is all of an expression, or null. */
    static <T extends ParserRuleContext> T sole(ParserRuleContext context, Class<T> wanted) {
        ParserRuleContext inner = context;
        while (!wanted.isInstance(inner)) {
            boolean single =
                    inner.getChildCount() == 1 && inner.getChild(0) instanceof ParserRuleContext;
            if (!single) {
                return null;
            }
            inner = (ParserRuleContext) inner.getChild(0);
        }
        return wanted.cast(inner);
    }
}
