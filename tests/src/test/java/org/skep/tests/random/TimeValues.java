package org.skep.tests.random;

/** Random dates and timestamps. A DATE plus an interval is a TIMESTAMP in DuckDB, a DATE here. */
final class TimeValues {
    private final Values values;
    private final Dice dice;

    TimeValues(Values values, Dice dice) {
        this.values = values;
        this.dice = dice;
    }

    Piece constant(Kind kind) {
        return kind == Kind.DATE
                ? Piece.of(
                        kind,
                        "DATE '"
                                + dice.pick("2024-01-01", "2024-02-29", "1969-12-31", "2023-12-25")
                                + "'")
                : Piece.of(
                        kind,
                        "TIMESTAMP '"
                                + dice.pick(
                                        "2024-02-29 00:00:00",
                                        "1969-12-31 23:59:59.5",
                                        "2024-03-01 12:34:56.789012")
                                + "'");
    }

    Piece date(int depth) {
        Piece date = values.value(Kind.DATE, depth);
        return switch (dice.below(6)) {
            case 0 -> Piece.of(Kind.DATE, "($1 + " + dice.between(-40, 40) + ")", date);
            case 1 ->
                    Piece.of(
                            Kind.DATE,
                            "($1 - CAST($2 AS INTEGER))",
                            date,
                            values.leaf(Kind.TINYINT));
            case 2 -> interval(Kind.DATE, dice.pick("DAY", "MONTH", "YEAR"), date);
            case 3 -> trunc(Kind.DATE, dice.pick("month", "year", "quarter", "week"), date);
            case 4 -> Piece.of(Kind.DATE, "last_day($1)", date);
            default -> Piece.of(Kind.DATE, "CAST($1 AS DATE)", values.value(Kind.TIMESTAMP, depth));
        };
    }

    Piece timestamp(int depth) {
        Piece timestamp = values.value(Kind.TIMESTAMP, depth);
        return switch (dice.below(4)) {
            case 0, 1 ->
                    interval(
                            Kind.TIMESTAMP,
                            dice.pick("DAY", "MONTH", "HOUR", "MINUTE", "SECOND"),
                            timestamp);
            case 2 ->
                    trunc(
                            Kind.TIMESTAMP,
                            dice.pick("month", "day", "hour", "minute", "week"),
                            timestamp);
            default ->
                    Piece.of(
                            Kind.TIMESTAMP,
                            "CAST($1 AS TIMESTAMP)",
                            values.value(Kind.DATE, depth));
        };
    }

    private Piece interval(Kind kind, String unit, Piece value) {
        String sum =
                "$1 %s INTERVAL '%d' %s".formatted(dice.pick("+", "-"), dice.between(0, 50), unit);
        return Piece.both(kind, "(" + sum + ")", "CAST(" + sum + " AS " + kind + ")", value);
    }

    private static Piece trunc(Kind kind, String unit, Piece value) {
        String call = "date_trunc('" + unit + "', $1)";
        return Piece.both(kind, call, "CAST(" + call + " AS " + kind + ")", value);
    }
}
