package org.skep.tests.random;

import java.util.List;

/**
 * Random numbers. Dividends are kept from division by zero, which is an error in Skep and NULL in
 * DuckDB; factors are of wide types, because an overflow would end the query.
 */
final class NumberValues {
    private final Values values;
    private final Dice dice;

    NumberValues(Values values, Dice dice) {
        this.values = values;
        this.dice = dice;
    }

    Piece constant(Kind kind) {
        int small = dice.pick(0, 1, 1, 2, 3, -1, 5, -7, 10, 20, 42, 100);
        return switch (kind) {
            // DuckDB gives a bare constant the type of what it is combined with
            case INTEGER ->
                    Piece.both(kind, small < 0 ? "(" + small + ")" : "" + small, cast(small, kind));
            case DOUBLE ->
                    dice.chance(50)
                            ? Piece.of(kind, cast(small, kind))
                            : Piece.of(kind, dice.pick("1.5e0", "0.25e0", "2e2", "-3.75e0"));
            case DECIMAL ->
                    Piece.of(kind, dice.pick("1.5", "0.01", "12.25", "(-3.7)", "100.00", "0.0"));
            default -> Piece.of(kind, cast(small, kind));
        };
    }

    private static String cast(int number, Kind kind) {
        return "CAST(" + number + " AS " + kind.type() + ")";
    }

    Piece integer(Kind kind, int depth) {
        return switch (dice.below(kind == Kind.BIGINT ? 12 : 8)) {
            case 0, 1 -> binary(kind, dice.pick("+", "-"), depth);
            case 2 ->
                    Piece.of(
                            kind,
                            "($1 % nullif($2, $3))",
                            values.value(kind, depth),
                            values.value(kind, depth),
                            zero(kind));
            case 3 -> Piece.of(kind, "abs($1)", values.value(kind, depth));
            case 4 -> Piece.of(kind, "(- $1)", values.value(kind, depth));
            case 5, 6 -> castTo(kind, depth);
            case 7 -> Piece.of(kind, "CAST($1 AS " + kind.type() + ")", part(depth));
            case 8 -> quotient(depth);
            case 9, 10 -> product(depth);
            default -> Piece.of(kind, "CAST($1 AS BIGINT)", counted(depth));
        };
    }

    private static Piece zero(Kind kind) {
        return Piece.of(Kind.FIXED, cast(0, kind));
    }

    private Piece binary(Kind kind, String operator, int depth) {
        return Piece.of(
                kind,
                "($1 " + operator + " $2)",
                values.value(kind, depth),
                values.value(narrower(kind), depth));
    }

    /** A kind that gives {@code kind} when it is combined with it. */
    private Kind narrower(Kind kind) {
        return dice.chance(60)
                ? kind
                : switch (kind) {
                    case SMALLINT -> Kind.TINYINT;
                    case INTEGER -> dice.pick(Kind.TINYINT, Kind.SMALLINT);
                    case BIGINT -> dice.pick(Kind.TINYINT, Kind.SMALLINT, Kind.INTEGER);
                    case DECIMAL -> dice.pick(Kind.INTEGER, Kind.SMALLINT);
                    case DOUBLE -> dice.pick(Kind.INTEGER, Kind.BIGINT);
                    default -> kind;
                };
    }

    private Piece castTo(Kind kind, int depth) {
        Kind from = dice.pick(Kind.INTEGERS);
        if (Kind.INTEGERS.indexOf(from) > Kind.INTEGERS.indexOf(kind)) {
            // most numbers would not fit
            return Piece.of(
                    kind,
                    "CAST($1 % CAST(100 AS " + from + ") AS " + kind + ")",
                    values.value(from, depth));
        }
        return Piece.of(kind, "CAST($1 AS " + kind + ")", values.value(from, depth));
    }

    /** A small INTEGER of something else. */
    private Piece part(int depth) {
        return switch (dice.below(4)) {
            case 0 ->
                    Piece.of(
                            Kind.INTEGER,
                            dice.pick("month", "day", "quarter", "week", "isodow") + "($1)",
                            values.value(Kind.DATE, depth));
            case 1 ->
                    Piece.of(
                            Kind.INTEGER,
                            dice.pick("hour", "minute", "second", "month") + "($1)",
                            values.value(Kind.TIMESTAMP, depth));
            case 2 -> Piece.of(Kind.INTEGER, "length($1)", values.value(Kind.STRING, depth));
            default ->
                    Piece.of(
                            Kind.INTEGER,
                            "CASE WHEN $1 THEN 1 ELSE 0 END",
                            values.condition(depth));
        };
    }

    private Piece counted(int depth) {
        return switch (dice.below(5)) {
            case 0 ->
                    Piece.of(
                            Kind.BIGINT,
                            "instr($1, $2)",
                            values.value(Kind.STRING, depth),
                            values.constant(Kind.STRING));
            case 1 ->
                    Piece.of(
                            Kind.BIGINT,
                            "date_diff('"
                                    + dice.pick("day", "month", "year", "hour")
                                    + "', $1, $2)",
                            values.value(Kind.TIMESTAMP, depth),
                            values.value(Kind.TIMESTAMP, depth));
            case 2 ->
                    Piece.of(
                            Kind.BIGINT,
                            "($1 - $2)",
                            values.value(Kind.DATE, depth),
                            values.value(Kind.DATE, depth));
            case 3 -> Piece.of(Kind.BIGINT, "floor($1)", values.leaf(Kind.DOUBLE));
            default -> Piece.of(Kind.BIGINT, "sign($1)", values.value(Kind.INTEGER, depth));
        };
    }

    private Piece quotient(int depth) {
        return Piece.both(
                Kind.BIGINT,
                "($1 div nullif($2, $3))",
                "($1 // nullif($2, $3))",
                values.value(Kind.BIGINT, depth),
                values.value(Kind.BIGINT, depth),
                zero(Kind.BIGINT));
    }

    private Piece product(int depth) {
        return Piece.of(
                Kind.BIGINT,
                "($1 * $2)",
                values.value(Kind.BIGINT, depth),
                Piece.of(Kind.BIGINT, "CAST($1 AS BIGINT)", values.leaf(smallInteger())));
    }

    private Kind smallInteger() {
        return dice.pick(List.of(Kind.TINYINT, Kind.SMALLINT, Kind.INTEGER));
    }

    Piece real(int depth) {
        return switch (dice.below(8)) {
            case 0, 1 -> binary(Kind.DOUBLE, dice.pick("+", "-"), depth);
            case 2 ->
                    Piece.of(
                            Kind.DOUBLE,
                            "($1 * $2)",
                            values.value(Kind.DOUBLE, depth),
                            values.value(Kind.DOUBLE, depth));
            case 3 -> division(depth);
            case 4 -> Piece.of(Kind.DOUBLE, "CAST($1 AS DOUBLE)", values.value(integer(), depth));
            case 5 -> Piece.of(Kind.DOUBLE, "CAST($1 AS DOUBLE)", values.leaf(Kind.DECIMAL));
            case 6 ->
                    Piece.of(
                            Kind.DOUBLE,
                            dice.pick("abs", "floor", "ceil", "round") + "($1)",
                            values.value(Kind.DOUBLE, depth));
            default -> Piece.of(Kind.DOUBLE, "sqrt(abs($1))", values.value(Kind.DOUBLE, depth));
        };
    }

    private Kind integer() {
        return dice.pick(Kind.INTEGERS);
    }

    private Piece division(int depth) {
        Kind upper = dice.pick(Kind.DOUBLE, Kind.INTEGER, Kind.BIGINT);
        Kind lower = dice.pick(Kind.DOUBLE, Kind.INTEGER, Kind.SMALLINT);
        return Piece.of(
                Kind.DOUBLE,
                "($1 / nullif($2, $3))",
                values.value(upper, depth),
                values.value(lower, depth),
                zero(lower));
    }

    Piece decimal(int depth) {
        return switch (dice.below(7)) {
            case 0, 1 -> binary(Kind.DECIMAL, dice.pick("+", "-"), depth);
            case 2 ->
                    Piece.of(
                            Kind.DECIMAL,
                            "(CAST($1 AS DECIMAL(18,2)) * CAST($2 AS DECIMAL(12,2)))",
                            values.value(Kind.DECIMAL, depth),
                            values.value(Kind.DECIMAL, depth));
            case 3 -> Piece.of(Kind.DECIMAL, "abs($1)", values.value(Kind.DECIMAL, depth));
            case 4 ->
                    Piece.of(
                            Kind.DECIMAL,
                            "CAST($1 AS DECIMAL("
                                    + dice.pick("20,2", "24,6", "22,0", "18,1")
                                    + "))",
                            values.value(
                                    dice.pick(Kind.DECIMAL, Kind.INTEGER, Kind.BIGINT), depth));
            case 5 -> Piece.of(Kind.DECIMAL, "(- $1)", values.value(Kind.DECIMAL, depth));
            default ->
                    Piece.of(
                            Kind.DECIMAL,
                            dice.pick("round($1, 1)", "floor($1)", "ceil($1)", "round($1)"),
                            values.value(Kind.DECIMAL, depth));
        };
    }
}
