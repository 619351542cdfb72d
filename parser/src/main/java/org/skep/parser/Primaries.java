package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.parser.grammar.SkepParser.ArrayPrimaryContext;
import org.skep.parser.grammar.SkepParser.ArrayQueryPrimaryContext;
import org.skep.parser.grammar.SkepParser.BooleanPrimaryContext;
import org.skep.parser.grammar.SkepParser.CallPrimaryContext;
import org.skep.parser.grammar.SkepParser.CasePrimaryContext;
import org.skep.parser.grammar.SkepParser.CastPrimaryContext;
import org.skep.parser.grammar.SkepParser.DatetimePrimaryContext;
import org.skep.parser.grammar.SkepParser.ExistsPrimaryContext;
import org.skep.parser.grammar.SkepParser.ExpressionContext;
import org.skep.parser.grammar.SkepParser.ExtractPrimaryContext;
import org.skep.parser.grammar.SkepParser.HexPrimaryContext;
import org.skep.parser.grammar.SkepParser.IntervalPrimaryContext;
import org.skep.parser.grammar.SkepParser.MapPrimaryContext;
import org.skep.parser.grammar.SkepParser.NestedPrimaryContext;
import org.skep.parser.grammar.SkepParser.NullPrimaryContext;
import org.skep.parser.grammar.SkepParser.NumberPrimaryContext;
import org.skep.parser.grammar.SkepParser.OverlayPrimaryContext;
import org.skep.parser.grammar.SkepParser.ParameterPrimaryContext;
import org.skep.parser.grammar.SkepParser.PositionPrimaryContext;
import org.skep.parser.grammar.SkepParser.PrimaryContext;
import org.skep.parser.grammar.SkepParser.ScalarQueryPrimaryContext;
import org.skep.parser.grammar.SkepParser.StringPrimaryContext;
import org.skep.parser.grammar.SkepParser.SubstringPrimaryContext;
import org.skep.parser.grammar.SkepParser.TrimPrimaryContext;
import org.skep.parser.grammar.SkepParser.TrimSidePrimaryContext;
import org.skep.parser.grammar.SkepParser.WhenContext;

/** Operands: literals, calls with a syntax of their own, sub-queries. */
final class Primaries {
    private final ExpressionTranslation expressions;
    private final QueryTranslation queries;
    private final Calls calls;
    private int parameters;

    Primaries(ExpressionTranslation expressions, QueryTranslation queries) {
        this.expressions = expressions;
        this.queries = queries;
        this.calls = new Calls(expressions);
    }

    SqlNode translate(PrimaryContext context) {
        SqlParserPos place = Places.of(context);
        if (context instanceof NumberPrimaryContext number) {
            return Literals.number(number.getStart());
        }
        if (context instanceof StringPrimaryContext string) {
            return Literals.string(string.string(), place);
        }
        if (context instanceof CallPrimaryContext call) {
            return calls.translate(call.functionCall());
        }
        if (context instanceof NestedPrimaryContext nested) {
            return nested(nested, place);
        }
        if (context instanceof CasePrimaryContext choice) {
            return choice(choice, place);
        }
        if (context instanceof CastPrimaryContext cast) {
            SqlOperator operator =
                    cast.CAST() == null ? SqlLibraryOperators.TRY_CAST : SqlStdOperatorTable.CAST;
            SqlNode value = expressions.expression(cast.expression());
            return operator.createCall(place, value, Types.spec(cast.type()));
        }
        if (context instanceof ScalarQueryPrimaryContext query) {
            return queries.query(query.query());
        }
        if (context instanceof ExistsPrimaryContext exists) {
            return SqlStdOperatorTable.EXISTS.createCall(place, queries.query(exists.query()));
        }
        if (context instanceof IntervalPrimaryContext interval) {
            return Intervals.literal(interval);
        }
        SqlNode literal = literal(context, place);
        return literal != null ? literal : special(context, place);
    }

    private SqlNode literal(PrimaryContext context, SqlParserPos place) {
        if (context instanceof NullPrimaryContext) {
            return SqlLiteral.createNull(place);
        }
        if (context instanceof BooleanPrimaryContext bool) {
            return SqlLiteral.createBoolean(bool.TRUE() != null, place);
        }
        if (context instanceof DatetimePrimaryContext time) {
            return time.DATE() != null
                    ? Literals.date(time.STRING().getSymbol(), place)
                    : Literals.timestamp(time.STRING().getSymbol(), place);
        }
        if (context instanceof HexPrimaryContext hex) {
            return Literals.hex(hex.getStart());
        }
        if (context instanceof ParameterPrimaryContext) {
            return new SqlDynamicParam(parameters++, place);
        }
        return null;
    }

    private SqlNode special(PrimaryContext context, SqlParserPos place) {
        if (context instanceof ArrayPrimaryContext array) {
            return array(expressions.expressions(array.expression()), place);
        }
        if (context instanceof ArrayQueryPrimaryContext array) {
            return SqlStdOperatorTable.ARRAY_QUERY.createCall(place, queries.query(array.query()));
        }
        if (context instanceof MapPrimaryContext map) {
            List<SqlNode> operands = expressions.expressions(map.expression());
            return SqlStdOperatorTable.MAP_VALUE_CONSTRUCTOR.createCall(place, operands);
        }
        if (context instanceof ExtractPrimaryContext extract) {
            return extract(extract, place);
        }
        if (context instanceof PositionPrimaryContext position) {
            List<SqlNode> operands = new ArrayList<>();
            operands.add(expressions.operation(position.operation()));
            operands.addAll(expressions.expressions(position.expression()));
            return call("position", place, operands);
        }
        if (context instanceof SubstringPrimaryContext substring) {
            return call("substring", place, expressions.expressions(substring.expression()));
        }
        if (context instanceof OverlayPrimaryContext overlay) {
            return call("overlay", place, expressions.expressions(overlay.expression()));
        }
        if (context instanceof TrimSidePrimaryContext trim) {
            return trim(trim, place);
        }
        TrimPrimaryContext trim = (TrimPrimaryContext) context;
        List<SqlNode> operands = expressions.expressions(trim.expression());
        boolean swapped = trim.FROM() != null;
        return call("trim", place, swapped ? List.of(operands.get(1), operands.get(0)) : operands);
    }

    private static SqlNode call(String name, SqlParserPos place, List<SqlNode> operands) {
        return Functions.call(new SqlIdentifier(name, place), null, place, operands);
    }

    /** An empty array has no element to take a type from: that call is left to the planner. */
    static SqlNode array(List<SqlNode> elements, SqlParserPos place) {
        return elements.isEmpty()
                ? Functions.call("array", place)
                : SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR.createCall(place, elements);
    }

    private SqlNode nested(NestedPrimaryContext nested, SqlParserPos place) {
        List<ExpressionContext> inner = nested.expression();
        return inner.size() == 1 && nested.COMMA().isEmpty()
                ? expressions.expression(inner.get(0))
                : SqlStdOperatorTable.ROW.createCall(place, expressions.expressions(inner));
    }

    private SqlNode choice(CasePrimaryContext choice, SqlParserPos place) {
        List<SqlNode> conditions = new ArrayList<>();
        List<SqlNode> results = new ArrayList<>();
        for (WhenContext when : choice.when()) {
            conditions.add(expressions.expression(when.expression(0)));
            results.add(expressions.expression(when.expression(1)));
        }
        List<ExpressionContext> around = choice.expression();
        boolean hasElse = choice.ELSE() != null;
        SqlNode otherwise =
                hasElse
                        ? expressions.expression(around.get(around.size() - 1))
                        : SqlLiteral.createNull(place);
        SqlNodeList whens = ExpressionTranslation.list(conditions);
        SqlNodeList thens = ExpressionTranslation.list(results);
        if (around.size() > (hasElse ? 1 : 0)) {
            SqlNode value = expressions.expression(around.get(0));
            whens = ExpressionTranslation.list(Copies.equalities(value, conditions));
        }
        return new SqlCase(place, null, whens, thens, otherwise);
    }

    /** {@code extract(year from x)} is {@code date_part('year', x)}. */
    private SqlNode extract(ExtractPrimaryContext extract, SqlParserPos place) {
        SqlParserPos fieldPlace =
                extract.name() == null
                        ? Places.of(extract.STRING().getSymbol())
                        : Places.of(extract.name());
        String field =
                extract.name() == null
                        ? Strings.of(extract.STRING().getSymbol())
                        : Identifiers.text(extract.name());
        SqlNode unit = SqlLiteral.createCharString(field.toLowerCase(Locale.ROOT), fieldPlace);
        SqlNode value = expressions.expression(extract.expression());
        return Functions.call("date_part", place, unit, value);
    }

    private SqlNode trim(TrimSidePrimaryContext trim, SqlParserPos place) {
        List<SqlNode> operands = new ArrayList<>(expressions.expressions(trim.expression()));
        String name = trim.LEADING() != null ? "ltrim" : trim.TRAILING() != null ? "rtrim" : "trim";
        if (operands.size() == 2) {
            operands.add(operands.remove(0));
        }
        return call(name, place, operands);
    }
}
