package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.parser.grammar.SkepParser.AsOfContext;
import org.skep.parser.grammar.SkepParser.ConditionJoinContext;
import org.skep.parser.grammar.SkepParser.CrossJoinContext;
import org.skep.parser.grammar.SkepParser.DerivedTableContext;
import org.skep.parser.grammar.SkepParser.ExistenceJoinContext;
import org.skep.parser.grammar.SkepParser.FileTableContext;
import org.skep.parser.grammar.SkepParser.FromClauseContext;
import org.skep.parser.grammar.SkepParser.FromItemContext;
import org.skep.parser.grammar.SkepParser.FunctionTableContext;
import org.skep.parser.grammar.SkepParser.JoinConditionContext;
import org.skep.parser.grammar.SkepParser.JoinTailContext;
import org.skep.parser.grammar.SkepParser.JoinTypeContext;
import org.skep.parser.grammar.SkepParser.LateralViewContext;
import org.skep.parser.grammar.SkepParser.NameContext;
import org.skep.parser.grammar.SkepParser.NamedTableContext;
import org.skep.parser.grammar.SkepParser.NaturalJoinContext;
import org.skep.parser.grammar.SkepParser.NestedTableContext;
import org.skep.parser.grammar.SkepParser.SampleContext;
import org.skep.parser.grammar.SkepParser.TableAliasContext;
import org.skep.parser.grammar.SkepParser.TableFunctionTableContext;
import org.skep.parser.grammar.SkepParser.TablePrimaryContext;
import org.skep.parser.grammar.SkepParser.UnnestTableContext;
import org.skep.parser.grammar.SkepParser.ValuesTableContext;

/** FROM: tables and joins. */
final class TableTranslation {
    private final ExpressionTranslation expressions;
    private final QueryTranslation queries;
    private final TableFunctions functions;
    private final SemiJoins semiJoins;

    TableTranslation(ExpressionTranslation expressions, QueryTranslation queries) {
        this.expressions = expressions;
        this.queries = queries;
        this.functions = new TableFunctions(expressions);
        this.semiJoins = new SemiJoins(expressions);
    }

    /**
     * Lateral views at the end of the last item see all items before them, not only the one they
     * follow, so they are joined after the commas.
     */
    Relation from(FromClauseContext context) {
        List<FromItemContext> items = context.fromItem();
        FromItemContext lastItem = items.get(items.size() - 1);
        int views = lastItem.joinTail().size();
        while (views > 0 && lastItem.joinTail(views - 1) instanceof LateralViewContext) {
            views--;
        }
        Relation relation = null;
        for (FromItemContext item : items) {
            int tails = item == lastItem ? views : item.joinTail().size();
            Relation next = item(item, tails);
            if (relation == null) {
                relation = next;
            } else {
                relation.join(JoinType.COMMA, next, JoinConditionType.NONE, null);
            }
        }
        for (JoinTailContext view :
                lastItem.joinTail().subList(views, lastItem.joinTail().size())) {
            functions.lateralView(relation, (LateralViewContext) view);
        }
        return relation;
    }

    private Relation item(FromItemContext context, int tails) {
        Relation relation = primary(context.tablePrimary());
        for (JoinTailContext tail : context.joinTail().subList(0, tails)) {
            join(relation, tail);
        }
        return relation;
    }

    private void join(Relation left, JoinTailContext tail) {
        if (tail instanceof ConditionJoinContext join) {
            JoinType type = type(join.joinType());
            join(left, type, join.tablePrimary(), join.joinCondition());
        } else if (tail instanceof CrossJoinContext join) {
            JoinType type = join.joinCondition() == null ? JoinType.CROSS : JoinType.INNER;
            join(left, type, join.tablePrimary(), join.joinCondition());
        } else if (tail instanceof NaturalJoinContext join) {
            JoinType type = type(join.joinType());
            SqlNode right = right(left, type, join.tablePrimary()).node();
            left.naturalJoin(type, right);
        } else if (tail instanceof ExistenceJoinContext join) {
            SqlNode right = right(left, JoinType.LEFT, join.tablePrimary()).node();
            boolean anti = join.ANTI() != null;
            left.require(
                    anti
                            ? semiJoins.absent(right, join.joinCondition())
                            : semiJoins.present(right, join.joinCondition()));
        } else {
            functions.lateralView(left, (LateralViewContext) tail);
        }
    }

    private static JoinType type(JoinTypeContext type) {
        if (type == null || type.INNER() != null) {
            return JoinType.INNER;
        }
        return type.LEFT() != null
                ? JoinType.LEFT
                : type.RIGHT() != null ? JoinType.RIGHT : JoinType.FULL;
    }

    /** Conditions of semi-joins move to WHERE, which must not change what an outer join gives. */
    private Relation right(Relation left, JoinType type, TablePrimaryContext context) {
        Relation right = primary(context);
        boolean keepsRight = type == JoinType.RIGHT || type == JoinType.FULL;
        boolean keepsLeft = type == JoinType.LEFT || type == JoinType.FULL;
        if ((keepsRight && left.hasConditions()) || (keepsLeft && right.hasConditions())) {
            throw Places.notSupported(
                    Places.of(context),
                    "a SEMI or ANTI JOIN within an outer join",
                    "put the SEMI or ANTI JOIN into a sub-query");
        }
        return right;
    }

    private void join(
            Relation left, JoinType type, TablePrimaryContext table, JoinConditionContext on) {
        Relation right = right(left, type, table);
        if (on == null) {
            unconditional(left, type, right, table);
        } else if (on.ON() != null) {
            SqlNode condition = expressions.expression(on.expression());
            left.join(type, right, JoinConditionType.ON, condition);
        } else {
            SqlNodeList columns = Identifiers.list(on.columnNames().name());
            left.join(type, right, JoinConditionType.USING, columns);
        }
    }

    private static void unconditional(
            Relation left, JoinType type, Relation right, TablePrimaryContext table) {
        boolean lateral =
                table instanceof UnnestTableContext
                        || table instanceof FunctionTableContext
                        || (table instanceof DerivedTableContext derived
                                && derived.LATERAL() != null);
        boolean paired = type == JoinType.INNER || type == JoinType.LEFT;
        if (type == JoinType.CROSS) {
            left.join(type, right, JoinConditionType.NONE, null);
        } else if (lateral && paired) {
            left.generate(right.node(), type == JoinType.LEFT ? type : JoinType.CROSS);
        } else {
            throw Places.syntaxError(
                    Places.of(table),
                    "JOIN without ON or USING",
                    "add ON condition, or write CROSS JOIN for all pairs");
        }
    }

    private Relation primary(TablePrimaryContext context) {
        if (context instanceof NestedTableContext nested && nested.tableAlias() == null) {
            FromItemContext inner = nested.fromItem();
            return item(inner, inner.joinTail().size());
        }
        return new Relation(table(context));
    }

    /** {@code SELECT * FROM} files. */
    SqlNode files(Token path) {
        return PlainSelect.all(Places.of(path), functions.file(path));
    }

    /** A single table of a statement that is no query. */
    SqlNode item(TablePrimaryContext context) {
        if (context instanceof NestedTableContext) {
            throw Places.notSupported(
                    Places.of(context), "a join here", "write (SELECT … FROM … JOIN …) AS s");
        }
        return table(context);
    }

    private SqlNode table(TablePrimaryContext context) {
        SqlParserPos place = Places.of(context);
        if (context instanceof NamedTableContext named) {
            refuse(named.sample());
            SqlIdentifier name = Identifiers.of(named.qualifiedName());
            return named.asOf() == null
                    ? aliased(name, named.tableAlias())
                    : versioned(name, named.asOf(), named.tableAlias());
        }
        if (context instanceof DerivedTableContext derived) {
            refuse(derived.sample());
            SqlNode query = queries.query(derived.query());
            SqlNode table =
                    derived.LATERAL() == null
                            ? query
                            : SqlStdOperatorTable.LATERAL.createCall(place, query);
            return aliased(table, derived.tableAlias());
        }
        if (context instanceof UnnestTableContext unnest) {
            return aliased(functions.unnest(unnest), unnest.tableAlias());
        }
        if (context instanceof FunctionTableContext function) {
            return functions.table(function);
        }
        if (context instanceof TableFunctionTableContext function) {
            return functions.table(function);
        }
        if (context instanceof FileTableContext file) {
            SqlNode table = functions.file(file.STRING().getSymbol());
            return aliased(table, file.tableAlias());
        }
        if (context instanceof ValuesTableContext values) {
            return aliased(queries.values(values.expression(), place), values.tableAlias());
        }
        throw Places.notSupported(
                place, "an alias for a join in parentheses", "give each table its own alias");
    }

    /**
     * Always with an alias, so that the name within need not be looked at before it is resolved.
     */
    private SqlNode versioned(SqlIdentifier name, AsOfContext asOf, TableAliasContext alias) {
        boolean time = asOf.TIMESTAMP() != null || asOf.SYSTEM_TIME() != null;
        TableVersion.By by = time ? TableVersion.By.TIMESTAMP : TableVersion.By.VERSION;
        SqlParserPos place = name.getParserPosition().plus(Places.of(asOf));
        SqlNode table =
                SkepOperators.VERSIONED_TABLE.createCall(
                        place,
                        name,
                        SqlLiteral.createCharString(by.name(), place),
                        TableVersion.value(by, expressions.operation(asOf.operation())).node());
        SqlIdentifier last = name.getComponent(name.names.size() - 1);
        return alias == null ? aliased(table, last) : aliased(table, alias);
    }

    private static void refuse(SampleContext sample) {
        if (sample != null) {
            throw Places.notSupported(
                    Places.of(sample), "TABLESAMPLE", "filter by rand() < 0.01 instead");
        }
    }

    static SqlNode aliased(SqlNode table, TableAliasContext alias) {
        if (alias == null) {
            return table;
        }
        ParserRuleContext name = alias.name() == null ? alias.alias() : alias.name();
        List<SqlNode> operands = new ArrayList<>();
        operands.add(table);
        operands.add(Identifiers.of(name));
        if (alias.columnNames() != null) {
            for (NameContext column : alias.columnNames().name()) {
                operands.add(Identifiers.of(column));
            }
        }
        SqlParserPos place = table.getParserPosition().plus(Places.of(alias));
        return SqlStdOperatorTable.AS.createCall(place, operands);
    }

    static SqlNode aliased(SqlNode table, SqlIdentifier alias) {
        return SqlStdOperatorTable.AS.createCall(Chains.span(table, alias), table, alias);
    }
}
