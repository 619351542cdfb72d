package org.skep.parser;

import static org.skep.parser.grammar.SkepLexer.*;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlPostfixOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.parser.grammar.SkepParser.BetweenTailContext;
import org.skep.parser.grammar.SkepParser.CompareTailContext;
import org.skep.parser.grammar.SkepParser.DistinctTailContext;
import org.skep.parser.grammar.SkepParser.EscapeContext;
import org.skep.parser.grammar.SkepParser.InListTailContext;
import org.skep.parser.grammar.SkepParser.InQueryTailContext;
import org.skep.parser.grammar.SkepParser.IsTailContext;
import org.skep.parser.grammar.SkepParser.LikeTailContext;
import org.skep.parser.grammar.SkepParser.PredicateTailContext;
import org.skep.parser.grammar.SkepParser.QuantifiedTailContext;

/** Comparisons and what else makes a condition of values. */
final class Predicates {
    private final ExpressionTranslation expressions;
    private final QueryTranslation queries;

    Predicates(ExpressionTranslation expressions, QueryTranslation queries) {
        this.expressions = expressions;
        this.queries = queries;
    }

    SqlNode apply(SqlNode left, PredicateTailContext tail) {
        SqlParserPos place = left.getParserPosition().plus(Places.of(tail));
        if (tail instanceof CompareTailContext compare) {
            SqlNode right = expressions.operation(compare.operation());
            return compare(compare.comparison().getStart(), left, right, place);
        }
        if (tail instanceof IsTailContext is) {
            return isOperator(is).createCall(place, left);
        }
        if (tail instanceof BetweenTailContext between) {
            SqlNode from = expressions.operation(between.operation(0));
            SqlNode to = expressions.operation(between.operation(1));
            return betweenOperator(between).createCall(place, left, from, to);
        }
        if (tail instanceof InListTailContext in) {
            SqlOperator operator =
                    in.NOT() == null ? SqlStdOperatorTable.IN : SqlStdOperatorTable.NOT_IN;
            return operator.createCall(
                    place,
                    left,
                    ExpressionTranslation.list(expressions.expressions(in.expression())));
        }
        if (tail instanceof InQueryTailContext in) {
            SqlOperator operator =
                    in.NOT() == null ? SqlStdOperatorTable.IN : SqlStdOperatorTable.NOT_IN;
            return operator.createCall(place, left, queries.query(in.query()));
        }
        if (tail instanceof LikeTailContext like) {
            return like(left, like, place);
        }
        if (tail instanceof DistinctTailContext distinct) {
            SqlNode right = expressions.operation(distinct.operation());
            SqlOperator operator =
                    distinct.NOT() == null
                            ? SqlStdOperatorTable.IS_DISTINCT_FROM
                            : SqlStdOperatorTable.IS_NOT_DISTINCT_FROM;
            return operator.createCall(place, left, right);
        }
        return quantified(left, (QuantifiedTailContext) tail, place);
    }

    private SqlNode compare(Token sign, SqlNode left, SqlNode right, SqlParserPos place) {
        SqlNode array = anyOfArray(right);
        if (array != null && sign.getType() == EQ) {
            return Functions.call("array_contains", place, array, left);
        }
        return switch (sign.getType()) {
            case EQ -> SqlStdOperatorTable.EQUALS.createCall(place, left, right);
            case NEQ -> SqlStdOperatorTable.NOT_EQUALS.createCall(place, left, right);
            case LT -> SqlStdOperatorTable.LESS_THAN.createCall(place, left, right);
            case LTE -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(place, left, right);
            case GT -> SqlStdOperatorTable.GREATER_THAN.createCall(place, left, right);
            case GTE -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(place, left, right);
            case NULL_SAFE_EQ ->
                    SqlStdOperatorTable.IS_NOT_DISTINCT_FROM.createCall(place, left, right);
            case TILDE -> matches(left, right, place);
            case MATCHES_ANY_CASE -> matches(left, anyCase(right), place);
            case NOT_MATCHES -> not(matches(left, right, place));
            case NOT_MATCHES_ANY_CASE -> not(matches(left, anyCase(right), place));
            default -> throw new IllegalStateException("no comparison " + sign.getText());
        };
    }

    /** The argument of {@code any(array)}, which the grammar takes for a call; else null. */
    private static SqlNode anyOfArray(SqlNode node) {
        boolean any =
                node instanceof SqlBasicCall call
                        && call.getOperator() instanceof SqlUnresolvedFunction function
                        && (function.getName().equalsIgnoreCase("any")
                                || function.getName().equalsIgnoreCase("some"))
                        && call.operandCount() == 1;
        return any ? ((SqlBasicCall) node).operand(0) : null;
    }

    private static SqlNode matches(SqlNode text, SqlNode pattern, SqlParserPos place) {
        return SqlLibraryOperators.RLIKE.createCall(place, text, pattern);
    }

    private static SqlNode not(SqlNode condition) {
        return SqlStdOperatorTable.NOT.createCall(condition.getParserPosition(), condition);
    }

    private static SqlNode anyCase(SqlNode pattern) {
        SqlParserPos place = pattern.getParserPosition();
        SqlNode flag = SqlLiteral.createCharString("(?i)", place);
        return SqlStdOperatorTable.CONCAT.createCall(place, flag, pattern);
    }

    private SqlPostfixOperator isOperator(IsTailContext is) {
        boolean not = is.NOT() != null;
        return switch (is.getStop().getType()) {
            case NULL -> not ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL;
            case TRUE -> not ? SqlStdOperatorTable.IS_NOT_TRUE : SqlStdOperatorTable.IS_TRUE;
            case FALSE -> not ? SqlStdOperatorTable.IS_NOT_FALSE : SqlStdOperatorTable.IS_FALSE;
            default -> not ? SqlStdOperatorTable.IS_NOT_UNKNOWN : SqlStdOperatorTable.IS_UNKNOWN;
        };
    }

    private SqlOperator betweenOperator(BetweenTailContext between) {
        boolean not = between.NOT() != null;
        if (between.SYMMETRIC() != null) {
            return not
                    ? SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN
                    : SqlStdOperatorTable.SYMMETRIC_BETWEEN;
        }
        return not ? SqlStdOperatorTable.NOT_BETWEEN : SqlStdOperatorTable.BETWEEN;
    }

    private SqlNode like(SqlNode left, LikeTailContext like, SqlParserPos place) {
        List<SqlNode> operands = new ArrayList<>();
        operands.add(left);
        operands.add(expressions.operation(like.operation()));
        if (like.escape() != null) {
            operands.add(escape(like.escape()));
        }
        SqlNode condition = likeOperator(like).createCall(place, operands);
        boolean inverted = like.NOT() != null && (like.RLIKE() != null || like.REGEXP() != null);
        return inverted ? not(condition) : condition;
    }

    private SqlOperator likeOperator(LikeTailContext like) {
        boolean not = like.NOT() != null;
        if (like.LIKE() != null) {
            return not ? SqlStdOperatorTable.NOT_LIKE : SqlStdOperatorTable.LIKE;
        }
        if (like.ILIKE() != null) {
            return not ? SqlLibraryOperators.NOT_ILIKE : SqlLibraryOperators.ILIKE;
        }
        if (like.SIMILAR() != null) {
            return not ? SqlStdOperatorTable.NOT_SIMILAR_TO : SqlStdOperatorTable.SIMILAR_TO;
        }
        return SqlLibraryOperators.RLIKE;
    }

    private SqlNode escape(EscapeContext escape) {
        return escape.operation() == null
                ? SqlLiteral.createCharString("\\", Places.of(escape))
                : expressions.operation(escape.operation());
    }

    private SqlNode quantified(SqlNode left, QuantifiedTailContext tail, SqlParserPos place) {
        SqlNode query = queries.query(tail.query());
        SqlNode model = compare(tail.comparison().getStart(), left, query, place);
        SqlKind kind = model.getKind();
        boolean plain =
                model instanceof SqlBasicCall call
                        && call.getOperator() instanceof SqlBinaryOperator
                        && SqlKind.COMPARISON.contains(kind);
        if (!plain) {
            throw Places.notSupported(
                    Places.of(tail.comparison()),
                    "'%s' with ANY or ALL".formatted(tail.comparison().getText()),
                    "use =, <>, <, <=, > or >=");
        }
        SqlOperator operator =
                tail.ALL() == null ? SqlStdOperatorTable.some(kind) : SqlStdOperatorTable.all(kind);
        return operator.createCall(place, left, query);
    }
}
