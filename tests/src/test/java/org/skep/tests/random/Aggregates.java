package org.skep.tests.random;

import java.util.ArrayList;
import java.util.List;

/** Random aggregates over the columns of a scope. */
final class Aggregates {
    private final Values values;
    private final Dice dice;
    private final Scope scope;

    Aggregates(Draft draft, List<Piece> columns) {
        this.scope = new Scope(columns, List.of(), 0);
        this.values = new Values(draft, scope);
        this.dice = draft.dice();
    }

    /** Some aggregates, of these kinds and others. */
    List<Piece> some(List<Kind> kinds) {
        List<Piece> all = new ArrayList<>();
        kinds.forEach(kind -> all.add(of(kind)));
        for (int i = dice.between(1, 3); i > 0; i--) {
            all.add(of(dice.pick(Kind.BIGINT, Kind.BIGINT, Kind.DECIMAL, dice.pick(Kind.VALUES))));
        }
        return all;
    }

    Piece of(Kind kind) {
        return aggregate(kind, filter());
    }

    /** An aggregate to which a FILTER or an OVER can be added. */
    Piece aggregate(Kind kind, Piece suffix) {
        return switch (kind) {
            case BIGINT -> whole(suffix);
            case DOUBLE -> real(suffix);
            case DECIMAL -> dice.chance(60) ? decimalSum(suffix) : extreme(kind, suffix);
            case BOOLEAN ->
                    Piece.of(
                            kind,
                            dice.pick("bool_and", "bool_or") + "($1)$2",
                            values.condition(2),
                            suffix);
            default -> extreme(kind, suffix);
        };
    }

    private Piece filter() {
        return dice.chance(18)
                ? Piece.of(Kind.CLAUSE, " FILTER (WHERE $1)", values.condition(2))
                : Piece.none();
    }

    private Piece extreme(Kind kind, Piece suffix) {
        return Piece.of(kind, dice.pick("min", "max") + "($1)$2", values.value(kind, 1), suffix);
    }

    private Piece whole(Piece suffix) {
        return switch (dice.below(6)) {
            case 0, 1 -> Piece.of(Kind.BIGINT, "count(*)$1", suffix);
            case 2 ->
                    Piece.of(
                            Kind.BIGINT, "count($1)$2", values.value(values.someKind(), 1), suffix);
            case 3 -> wholeSum(suffix);
            case 4 -> extreme(Kind.BIGINT, suffix);
            default ->
                    Piece.of(
                            Kind.BIGINT,
                            "count(CASE WHEN $1 THEN 1 END)$2",
                            values.condition(2),
                            suffix);
        };
    }

    /** A sum of whole numbers is a HUGEINT in DuckDB. */
    private Piece wholeSum(Piece suffix) {
        return Piece.both(
                Kind.BIGINT,
                "sum($1)$2",
                "CAST(sum($1)$2 AS BIGINT)",
                values.value(dice.pick(Kind.INTEGERS), 1),
                suffix);
    }

    /**
     * A DECIMAL of 38 digits, of which too few are left to have them together with others of more
     * digits after the point: Skep keeps those, DuckDB the ones before it.
     */
    private Piece decimalSum(Piece suffix) {
        return Piece.of(
                Kind.DECIMAL,
                "CAST(sum(CAST($1 AS DECIMAL(24,4)))$2 AS DECIMAL(28,4))",
                values.value(Kind.DECIMAL, 1),
                suffix);
    }

    /** Sums of whole doubles do not depend on their order. */
    private Piece real(Piece suffix) {
        return switch (dice.below(3)) {
            case 0 -> Piece.of(Kind.DOUBLE, "sum(floor($1))$2", values.leaf(Kind.DOUBLE), suffix);
            case 1 ->
                    Piece.of(
                            Kind.DOUBLE,
                            "avg($1)$2",
                            values.value(dice.pick(Kind.INTEGER, Kind.SMALLINT), 1),
                            suffix);
            default -> extreme(Kind.DOUBLE, suffix);
        };
    }

    /** An aggregate with DISTINCT; none of them can have a window. */
    Piece distinct(Kind kind) {
        Kind counted = values.someKind();
        return switch (kind) {
            case BIGINT ->
                    dice.chance(70)
                            ? Piece.of(
                                    kind,
                                    "count(DISTINCT $1)$2",
                                    values.value(counted, 1),
                                    filter())
                            : Piece.both(
                                    kind,
                                    "sum(DISTINCT $1)$2",
                                    "CAST(sum(DISTINCT $1)$2 AS BIGINT)",
                                    values.value(Kind.INTEGER, 1),
                                    filter());
            case STRING -> {
                Piece column = values.column(kind); // DuckDB takes no constant in ORDER BY
                yield column == null
                        ? of(kind)
                        : Piece.of(kind, "string_agg($1, ',' ORDER BY $1)$2", column, filter());
            }
            case DOUBLE ->
                    Piece.of(kind, "avg(DISTINCT $1)$2", values.leaf(Kind.INTEGER), filter());
            default -> of(kind);
        };
    }

    /** An aggregate whose last digits depend on the order of additions. */
    Piece inexact() {
        Piece number = values.value(dice.pick(Kind.INTEGER, Kind.DOUBLE, Kind.DECIMAL), 1);
        return switch (dice.below(4)) {
            case 0 -> Piece.of(Kind.DOUBLE, "avg($1)$2", number, filter());
            case 1 -> Piece.of(Kind.DOUBLE, "round(stddev_pop(floor($1)), 5)", number);
            case 2 -> Piece.of(Kind.DOUBLE, "round(var_samp(floor($1)), 3)", number);
            default -> Piece.of(Kind.DOUBLE, "median($1)", values.leaf(Kind.INTEGER));
        };
    }
}
