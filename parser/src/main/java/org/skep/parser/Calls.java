package org.skep.parser;

import static org.skep.parser.grammar.SkepLexer.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.parser.grammar.SkepParser.ArgumentContext;
import org.skep.parser.grammar.SkepParser.BoundContext;
import org.skep.parser.grammar.SkepParser.ExclusionContext;
import org.skep.parser.grammar.SkepParser.ExpressionContext;
import org.skep.parser.grammar.SkepParser.FrameContext;
import org.skep.parser.grammar.SkepParser.FunctionCallContext;
import org.skep.parser.grammar.SkepParser.NamedArgumentContext;
import org.skep.parser.grammar.SkepParser.NullTreatmentContext;
import org.skep.parser.grammar.SkepParser.PlainArgumentContext;
import org.skep.parser.grammar.SkepParser.SortItemContext;
import org.skep.parser.grammar.SkepParser.WindowContext;

/** Function calls with all that may follow them, and windows. */
final class Calls {
    private final ExpressionTranslation expressions;

    Calls(ExpressionTranslation expressions) {
        this.expressions = expressions;
    }

    SqlNode translate(FunctionCallContext context) {
        SqlParserPos place = Places.of(context);
        SqlNode call = plain(context, place);
        for (NullTreatmentContext nulls : context.nullTreatment()) {
            call =
                    nulls.IGNORE() == null
                            ? SqlStdOperatorTable.RESPECT_NULLS.createCall(place, call)
                            : SqlStdOperatorTable.IGNORE_NULLS.createCall(place, call);
        }
        List<SortItemContext> order = context.sortItem();
        if (context.WITHIN() != null && Percentiles.isOne(call)) {
            call = Percentiles.call(call, expressions.sortItems(order));
        } else if (!order.isEmpty()) {
            call =
                    SqlStdOperatorTable.WITHIN_GROUP.createCall(
                            place, call, expressions.sortItems(order));
        }
        if (context.FILTER() != null) {
            SqlNode condition = expressions.expression(context.expression());
            call =
                    context.OVER() == null
                            ? SqlStdOperatorTable.FILTER.createCall(place, call, condition)
                            : WindowFilters.filtered(call, condition);
        }
        if (context.OVER() != null) {
            SqlNode window =
                    context.window() == null
                            ? Identifiers.of(context.name())
                            : window(context.window(), null);
            call = SqlStdOperatorTable.OVER.createCall(place, call, window);
        }
        return call;
    }

    private SqlNode plain(FunctionCallContext context, SqlParserPos place) {
        SqlIdentifier name = Identifiers.of(context.functionName());
        List<SqlNode> operands = new ArrayList<>();
        for (ArgumentContext argument : context.argument()) {
            operands.add(argument(argument));
        }
        String function = name.getSimple();
        for (SqlNode operand : operands) {
            boolean star = operand instanceof SqlIdentifier argument && argument.isStar();
            if (star && !function.equalsIgnoreCase("count")) {
                throw Places.syntaxError(
                        operand.getParserPosition(),
                        "%s does not take *".formatted(function),
                        "only count(*) does");
            }
        }
        SqlLiteral quantifier = null;
        if (context.callQuantifier() != null) {
            boolean distinct = context.callQuantifier().DISTINCT() != null;
            quantifier =
                    (distinct ? SqlSelectKeyword.DISTINCT : SqlSelectKeyword.ALL)
                            .symbol(Places.of(context.callQuantifier()));
        }
        return switch (name.getSimple().toLowerCase(Locale.ROOT)) {
            case "array" -> Primaries.array(operands, place);
            case "row" -> SqlStdOperatorTable.ROW.createCall(place, operands);
            default -> Functions.call(name, quantifier, place, operands);
        };
    }

    SqlNode argument(ArgumentContext argument) {
        if (argument instanceof PlainArgumentContext plain) {
            return expressions.expression(plain.expression());
        }
        if (argument instanceof NamedArgumentContext named) {
            SqlNode value = expressions.expression(named.expression());
            SqlNode name = Identifiers.of(named.name());
            return SqlStdOperatorTable.ARGUMENT_ASSIGNMENT.createCall(
                    Places.of(named), value, name);
        }
        return SqlIdentifier.star(Places.of(argument));
    }

    SqlWindow window(WindowContext context, SqlIdentifier declared) {
        SqlIdentifier reference = context.name() == null ? null : Identifiers.of(context.name());
        List<ExpressionContext> partition = context.expression();
        FrameContext frame = context.frame();
        SqlParserPos place = Places.of(context);
        boolean rows = frame != null && frame.ROWS() != null;
        if (frame != null && frame.GROUPS() != null) {
            throw Places.notSupported(
                    Places.of(frame), "a window frame of GROUPS", "use ROWS or RANGE");
        }
        return SqlWindow.create(
                declared,
                reference,
                ExpressionTranslation.list(expressions.expressions(partition)),
                order(context),
                SqlLiteral.createBoolean(rows, place),
                frame == null ? null : bound(frame.bound(0)),
                frame == null || frame.bound().size() < 2 ? null : bound(frame.bound(1)),
                null,
                exclusion(frame == null ? null : frame.exclusion(), place),
                place);
    }

    private SqlNodeList order(WindowContext context) {
        return expressions.sortItems(context.sortItem());
    }

    private SqlNode bound(BoundContext bound) {
        SqlParserPos place = Places.of(bound);
        boolean before = bound.getStop().getType() == PRECEDING;
        if (bound.UNBOUNDED() != null) {
            return before
                    ? SqlWindow.createUnboundedPreceding(place)
                    : SqlWindow.createUnboundedFollowing(place);
        }
        if (bound.CURRENT() != null) {
            return SqlWindow.createCurrentRow(place);
        }
        SqlNode distance = expressions.operation(bound.operation());
        return before
                ? SqlWindow.createPreceding(distance, place)
                : SqlWindow.createFollowing(distance, place);
    }

    private static SqlLiteral exclusion(ExclusionContext exclusion, SqlParserPos place) {
        if (exclusion == null || exclusion.OTHERS() != null) {
            return SqlWindow.createExcludeNoOthers(place);
        }
        throw Places.notSupported(
                Places.of(exclusion),
                "EXCLUDE in a window frame",
                "subtract the row's own value from the aggregate");
    }
}
