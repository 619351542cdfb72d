package org.skep.tests.random;

import java.util.ArrayList;
import java.util.List;

/** Random conditions, with all three truth values. */
final class Conditions {
    private final Values values;
    private final Draft draft;
    private final Dice dice;
    private final Scope scope;

    Conditions(Values values, Draft draft, Scope scope) {
        this.values = values;
        this.draft = draft;
        this.dice = draft.dice();
        this.scope = scope;
    }

    Piece value(int depth) {
        return switch (dice.below(20)) {
            case 0, 1, 2, 3 -> comparison(depth);
            case 4, 5 -> condition("($1 AND $2)", depth, 2);
            case 6, 7 -> condition("($1 OR $2)", depth, 2);
            case 8 -> condition("($1 OR $2 AND NOT $3)", depth, 3);
            case 9 -> condition("(NOT $1)", depth, 1);
            case 10 -> nullTest(depth);
            case 11 ->
                    condition(
                            "($1 IS " + dice.pick("", "NOT ") + dice.pick("TRUE", "FALSE") + ")",
                            depth,
                            1);
            case 12 -> distinctFrom(depth);
            case 13 -> between(depth);
            case 14, 15 -> inList(depth);
            case 16 -> like(depth);
            case 17 -> textTest(depth);
            default -> scope.depth() > 0 ? subquery(depth) : comparison(depth);
        };
    }

    private Piece condition(String text, int depth, int count) {
        Piece[] parts = new Piece[count];
        for (int i = 0; i < count; i++) {
            parts[i] = values.condition(depth);
        }
        return Piece.of(Kind.BOOLEAN, text, parts);
    }

    private String operator() {
        return dice.pick("=", "=", "<", "<=", ">", ">=", "<>");
    }

    private Piece comparison(int depth) {
        Kind left = values.someKind();
        Kind right = comparable(left);
        return Piece.of(
                Kind.BOOLEAN,
                "($1 " + operator() + " $2)",
                values.value(left, depth),
                values.value(right, depth));
    }

    /** A kind whose values can be compared with those of {@code kind} in both engines alike. */
    private Kind comparable(Kind kind) {
        if (Kind.NUMBERS.contains(kind) && dice.chance(40)) {
            return values.someNumber();
        }
        boolean time = kind == Kind.DATE || kind == Kind.TIMESTAMP;
        return time && dice.chance(30) ? dice.pick(Kind.DATE, Kind.TIMESTAMP) : kind;
    }

    private Piece nullTest(int depth) {
        String test = dice.pick("IS NULL", "IS NOT NULL");
        return Piece.of(Kind.BOOLEAN, "($1 " + test + ")", values.value(values.someKind(), depth));
    }

    private Piece distinctFrom(int depth) {
        Kind kind = values.someKind();
        return Piece.of(
                Kind.BOOLEAN,
                "($1 IS " + dice.pick("", "NOT ") + "DISTINCT FROM $2)",
                values.value(kind, depth),
                values.value(comparable(kind), depth));
    }

    private Piece between(int depth) {
        Kind kind = values.someKind();
        return Piece.of(
                Kind.BOOLEAN,
                "($1 " + dice.pick("", "NOT ") + "BETWEEN $2 AND $3)",
                values.value(kind, depth),
                values.value(comparable(kind), depth),
                values.value(kind, depth));
    }

    private Piece inList(int depth) {
        Kind kind = values.someKind();
        List<Piece> elements = new ArrayList<>();
        for (int i = dice.between(1, 5); i > 0; i--) {
            elements.add(dice.chance(75) ? values.constant(kind) : values.value(kind, depth - 1));
        }
        if (dice.chance(20)) {
            elements.add(Piece.of(kind, "NULL"));
        }
        return Piece.of(
                Kind.BOOLEAN,
                "($1 " + dice.pick("", "NOT ") + "IN ($2))",
                values.value(kind, depth),
                Piece.list(elements));
    }

    private Piece like(int depth) {
        // no backslash: it escapes in Skep, as in Hive, and stands for itself in DuckDB
        String pattern =
                dice.pick("a%", "%b", "%a%", "_", "__", "%", "", "w1_", "%ä%", "_本", "w%2%", "a_%");
        return Piece.of(
                Kind.BOOLEAN,
                "($1 %s%s '%s')"
                        .formatted(
                                dice.pick("", "", "NOT "),
                                dice.pick("LIKE", "LIKE", "ILIKE"),
                                pattern),
                values.value(Kind.STRING, depth));
    }

    private Piece textTest(int depth) {
        return Piece.of(
                Kind.BOOLEAN,
                dice.pick("starts_with", "contains", "ends_with") + "($1, $2)",
                values.value(Kind.STRING, depth),
                values.value(Kind.STRING, depth - 1));
    }

    private Piece subquery(int depth) {
        if (dice.chance(45)) {
            return Piece.of(
                    Kind.BOOLEAN,
                    dice.pick("EXISTS ($1)", "(NOT EXISTS ($1))"),
                    draft.queries().exists(scope));
        }
        Kind kind = values.someKind();
        Piece query = draft.queries().column(kind, scope);
        String test =
                dice.chance(80)
                        ? dice.pick("IN", "NOT IN")
                        : dice.pick("= ANY", "> ALL", "<= ANY", "<> ALL");
        return Piece.of(Kind.BOOLEAN, "($1 " + test + " ($2))", values.value(kind, depth), query);
    }
}
