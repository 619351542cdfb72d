package org.skep.executor.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.plan.Expr.Arithmetic;
import org.skep.model.plan.Expr.Compare;
import org.skep.model.plan.Expr.Comparison;
import org.skep.model.plan.Expr.Input;
import org.skep.model.plan.Expr.Literal;
import org.skep.model.plan.Expr.Operator;
import org.skep.model.type.Type;

class ExpressionsTest {
    private static final Boolean T = true;
    private static final Boolean F = false;
    private static final Boolean[] THREE = {T, F, null};

    static Column column(Type type, Object... values) {
        ColumnBuilder builder = ColumnBuilder.of(type, values.length);
        for (Object value : values) {
            builder.appendValue(value);
        }
        return builder.build();
    }

    static List<Object> values(Column column) {
        List<Object> out = new ArrayList<>();
        for (int i = 0; i < column.rows(); i++) {
            out.add(column.value(i));
        }
        return out;
    }

    private static List<Object> run(Expr expr, Column... columns) {
        return values(Expressions.evaluator(expr).evaluate(new Batch(columns[0].rows(), columns)));
    }

    private static ErrorCode failure(Expr expr, Column... columns) {
        return assertThrows(QueryException.class, () -> run(expr, columns)).code();
    }

    private static Expr input(int column, Type type) {
        return new Input(column, type);
    }

    private static Expr literal(Object value, Type type) {
        return new Literal(value, type);
    }

    @Test
    void threeValuedLogic() {
        List<Object> left = new ArrayList<>();
        List<Object> right = new ArrayList<>();
        List<Object> and = new ArrayList<>();
        List<Object> or = new ArrayList<>();
        for (Boolean a : THREE) {
            for (Boolean b : THREE) {
                left.add(a);
                right.add(b);
                and.add(F.equals(a) || F.equals(b) ? F : a == null || b == null ? null : T);
                or.add(T.equals(a) || T.equals(b) ? T : a == null || b == null ? null : F);
            }
        }
        Column a = column(Type.BOOLEAN, left.toArray());
        Column b = column(Type.BOOLEAN, right.toArray());
        List<Expr> inputs = List.of(input(0, Type.BOOLEAN), input(1, Type.BOOLEAN));
        assertEquals(and, run(new Expr.And(inputs), a, b));
        assertEquals(or, run(new Expr.Or(inputs), a, b));
        assertEquals(
                Arrays.asList(F, F, F, T, T, T, null, null, null),
                run(new Expr.Not(inputs.get(0)), a, b));
        assertEquals(
                Arrays.asList(F, F, F, F, F, F, T, T, T),
                run(new Expr.IsNull(inputs.get(0)), a, b));
        int[] selected = new int[9];
        int count = Expressions.predicate(new Expr.Or(inputs)).select(new Batch(9, a, b), selected);
        assertArrayEquals(new int[] {0, 1, 2, 3, 6}, Arrays.copyOf(selected, count));
    }

    @Test
    void laterOperandsAreNotEvaluatedWhereTheyDoNotMatter() {
        Column x = column(Type.BIGINT, 0L, 2L, null, 5L);
        Column y = column(Type.BIGINT, 10L, 10L, 10L, 10L);
        Expr quotient =
                new Arithmetic(
                        Operator.INTEGER_DIVIDE,
                        input(1, Type.BIGINT),
                        input(0, Type.BIGINT),
                        Type.BIGINT);
        Expr zero = literal(0L, Type.BIGINT);
        Expr nonZero = new Compare(Comparison.NOT_EQUAL, input(0, Type.BIGINT), zero);
        Expr large = new Compare(Comparison.GREATER, quotient, literal(2L, Type.BIGINT));
        assertEquals(
                Arrays.asList(F, T, null, F), run(new Expr.And(List.of(nonZero, large)), x, y));
        assertEquals(
                Arrays.asList(T, T, null, F),
                run(new Expr.Or(List.of(new Expr.Not(nonZero), large)), x, y));
        assertEquals(
                Arrays.asList(-1L, 5L, -1L, 2L),
                run(
                        new Expr.Case(
                                List.of(nonZero, quotient, literal(-1L, Type.BIGINT)), Type.BIGINT),
                        x,
                        y));
        assertEquals(ErrorCode.DIVISION_BY_ZERO, failure(quotient, x, y));
    }

    @Test
    void overflowIsAnErrorUnlessTheRowIsNull() {
        long max = Long.MAX_VALUE;
        Expr sum =
                new Arithmetic(
                        Operator.ADD, input(0, Type.BIGINT), input(1, Type.BIGINT), Type.BIGINT);
        Column a = column(Type.BIGINT, 1L, max);
        assertEquals(ErrorCode.NUMERIC_OVERFLOW, failure(sum, a, column(Type.BIGINT, 1L, 1L)));
        assertEquals(Arrays.asList(2L, null), run(sum, a, column(Type.BIGINT, 1L, null)));
        for (Type type : List.of(Type.TINYINT, Type.SMALLINT, Type.INTEGER)) {
            int most = (int) type.maxInteger();
            for (Operator operator : List.of(Operator.ADD, Operator.MULTIPLY)) {
                Expr expr = new Arithmetic(operator, input(0, type), input(1, type), type);
                assertEquals(
                        ErrorCode.NUMERIC_OVERFLOW,
                        failure(expr, column(type, most), column(type, 2)));
                assertEquals(
                        Arrays.asList(operator == Operator.ADD ? most : most - 1),
                        run(
                                expr,
                                column(type, operator == Operator.ADD ? most - 2 : (most - 1) / 2),
                                column(type, 2)));
            }
        }
    }

    @Test
    void decimals() {
        Type money = Type.decimal(12, 2);
        Type rate = Type.decimal(4, 2);
        Column price = column(money, new BigDecimal("100.50"), null, new BigDecimal("-0.01"));
        Column discount =
                column(
                        rate,
                        new BigDecimal("0.10"),
                        new BigDecimal("0.10"),
                        new BigDecimal("99.99"));
        Type product = Type.decimal(16, 4);
        assertEquals(
                Arrays.asList(new BigDecimal("10.0500"), null, new BigDecimal("-0.9999")),
                run(
                        new Arithmetic(Operator.MULTIPLY, input(0, money), input(1, rate), product),
                        price,
                        discount));
        Type wide = Type.decimal(38, 0);
        BigDecimal nines = new BigDecimal("9".repeat(38));
        Expr add = new Arithmetic(Operator.ADD, input(0, wide), input(1, wide), wide);
        assertEquals(
                ErrorCode.NUMERIC_OVERFLOW,
                failure(add, column(wide, nines), column(wide, BigDecimal.ONE)));
        assertEquals(
                Arrays.asList(nines.subtract(BigDecimal.ONE)),
                run(add, column(wide, nines), column(wide, BigDecimal.ONE.negate())));
        Expr times = new Arithmetic(Operator.MULTIPLY, input(0, wide), input(1, wide), wide);
        assertEquals(
                Arrays.asList(new BigDecimal("-1" + "0".repeat(30))),
                run(
                        times,
                        column(wide, new BigDecimal("1" + "0".repeat(20))),
                        column(wide, new BigDecimal("-1" + "0".repeat(10)))));
    }

    @Test
    void anErrorAtAnUnusedDictionaryEntryDoesNotMatter() {
        Column dictionary = column(Type.STRING, "1", "2", "x");
        Column ids = new DictionaryColumn(new int[] {0, 1, 0, 1}, dictionary, 4, null);
        Expr cast = new Expr.Cast(input(0, Type.STRING), Type.INTEGER, false);
        assertEquals(Arrays.asList(1, 2, 1, 2), run(cast, ids));
        Column used = new DictionaryColumn(new int[] {0, 1, 2, 1}, dictionary, 4, null);
        assertEquals(ErrorCode.INVALID_VALUE, failure(cast, used));
        assertEquals(
                Arrays.asList(1, 2, null, 2),
                run(new Expr.Cast(input(0, Type.STRING), Type.INTEGER, true), used));
    }

    @Test
    void dictionariesStayDictionaries() {
        Column dictionary = column(Type.STRING, "a", "b");
        Column ids =
                new DictionaryColumn(new int[] {0, 1, 0, 1}, dictionary, 4, new long[] {0b1101});
        Expr upper = new Expr.Call("upper", List.of(input(0, Type.STRING)), Type.STRING);
        Column result = Expressions.evaluator(upper).evaluate(new Batch(4, ids));
        assertInstanceOf(DictionaryColumn.class, result);
        assertEquals(Arrays.asList("A", null, "A", "B"), values(result));
    }
}
