package org.skep.parser;

import static org.skep.parser.grammar.SkepLexer.*;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Flat lists of operands and operators to trees. Long chains of an associative operator become
 * balanced trees, because whoever walks syntax does so recursively.
 */
final class Chains {
    /** Up to here a chain leans to the left as written. */
    private static final int SHORT = 64;

    private Chains() {}

    static SqlNode associative(List<SqlNode> operands, SqlOperator operator) {
        return associative(
                operands, (left, right) -> operator.createCall(span(left, right), left, right));
    }

    static SqlNode associative(List<SqlNode> operands, BinaryOperator<SqlNode> join) {
        if (operands.size() > SHORT) {
            int middle = operands.size() / 2;
            return join.apply(
                    associative(operands.subList(0, middle), join),
                    associative(operands.subList(middle, operands.size()), join));
        }
        SqlNode left = operands.get(0);
        for (SqlNode right : operands.subList(1, operands.size())) {
            left = join.apply(left, right);
        }
        return left;
    }

    /** By precedence, operators of the same precedence from the left. */
    static SqlNode operators(List<SqlNode> operands, List<Integer> operators) {
        if (operands.size() > SHORT && isAssociative(operators)) {
            int operator = operators.get(0);
            return associative(operands, (left, right) -> apply(operator, left, right));
        }
        Deque<SqlNode> values = new ArrayDeque<>();
        Deque<Integer> waiting = new ArrayDeque<>();
        values.push(operands.get(0));
        for (int i = 0; i < operators.size(); i++) {
            int operator = operators.get(i);
            while (!waiting.isEmpty() && precedence(waiting.peek()) >= precedence(operator)) {
                reduce(values, waiting.pop());
            }
            waiting.push(operator);
            values.push(operands.get(i + 1));
        }
        while (!waiting.isEmpty()) {
            reduce(values, waiting.pop());
        }
        return values.pop();
    }

    private static boolean isAssociative(List<Integer> operators) {
        int first = operators.get(0);
        return switch (first) {
            case PLUS, ASTERISK, CONCAT, AMPERSAND, PIPE, CARET ->
                    operators.stream().allMatch(operator -> operator == first);
            default -> false;
        };
    }

    private static void reduce(Deque<SqlNode> values, int operator) {
        SqlNode right = values.pop();
        SqlNode left = values.pop();
        values.push(apply(operator, left, right));
    }

    /** As in PostgreSQL: {@code ||} and the bit operators bind less than arithmetic. */
    private static int precedence(int operator) {
        return switch (operator) {
            case ASTERISK, SLASH, PERCENT, DIV -> 7;
            case PLUS, DASH -> 6;
            case CONCAT -> 5;
            case LT, GT -> 4;
            case AMPERSAND -> 3;
            case CARET -> 2;
            default -> 1;
        };
    }

    private static SqlNode apply(int operator, SqlNode left, SqlNode right) {
        SqlParserPos place = span(left, right);
        return switch (operator) {
            case ASTERISK -> SqlStdOperatorTable.MULTIPLY.createCall(place, left, right);
            case SLASH -> SkepOperators.DIVIDE.createCall(place, left, right);
            case DIV -> SkepOperators.INTEGER_DIVIDE.createCall(place, left, right);
            case PLUS -> SqlStdOperatorTable.PLUS.createCall(place, left, right);
            case DASH -> SqlStdOperatorTable.MINUS.createCall(place, left, right);
            case CONCAT -> SqlStdOperatorTable.CONCAT.createCall(place, left, right);
            case PERCENT -> Functions.call("mod", place, left, right);
            case LT -> Functions.call("shiftleft", place, left, right);
            case GT -> Functions.call("shiftright", place, left, right);
            case AMPERSAND -> Functions.call("bitand", place, left, right);
            case CARET -> Functions.call("bitxor", place, left, right);
            case PIPE -> Functions.call("bitor", place, left, right);
            default -> throw new IllegalStateException("no operator " + operator);
        };
    }

    /** From the first to the last of both, in whatever order they were typed. */
    static SqlParserPos span(SqlNode left, SqlNode right) {
        return SqlParserPos.sum(List.of(left, right));
    }
}
