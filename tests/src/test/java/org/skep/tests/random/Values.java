package org.skep.tests.random;

import java.util.ArrayList;
import java.util.List;

/** Random expressions of a wanted kind over a scope. */
final class Values {
    private final Draft draft;
    private final Dice dice;
    private final Scope scope;
    private final NumberValues numbers;
    private final TextValues texts;
    private final TimeValues times;
    private final Conditions conditions;

    Values(Draft draft, Scope scope) {
        this.draft = draft;
        this.dice = draft.dice();
        this.scope = scope;
        this.numbers = new NumberValues(this, dice);
        this.texts = new TextValues(this, dice);
        this.times = new TimeValues(this, dice);
        this.conditions = new Conditions(this, draft, scope);
    }

    /** An expression of a kind, at most so many levels deep. */
    Piece value(Kind kind, int depth) {
        if (depth <= 0 || !draft.hasRoom() || dice.chance(25)) {
            return leaf(kind);
        }
        draft.use();
        return dice.chance(22) ? anyKind(kind, depth - 1) : ofKind(kind, depth - 1);
    }

    Piece condition(int depth) {
        return value(Kind.BOOLEAN, depth);
    }

    Kind someKind() {
        return dice.pick(Kind.VALUES);
    }

    Kind someNumber() {
        return dice.pick(Kind.NUMBERS);
    }

    /** A column when there is one, seldom a constant instead. */
    Piece leaf(Kind kind) {
        Piece column = dice.chance(85) ? column(kind) : null;
        return column != null ? column : constant(kind);
    }

    /** A column of a kind; null when there is none. */
    Piece column(Kind kind) {
        List<Piece> source =
                !scope.outer().isEmpty() && dice.chance(20) ? scope.outer() : scope.columns();
        List<Piece> fitting = source.stream().filter(column -> column.kind() == kind).toList();
        return fitting.isEmpty() ? null : dice.pick(fitting);
    }

    Piece constant(Kind kind) {
        if (dice.chance(8)) {
            return Piece.of(kind, "CAST(NULL AS " + kind.type() + ")");
        }
        return switch (kind) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, DOUBLE, DECIMAL -> numbers.constant(kind);
            case STRING -> texts.constant();
            case DATE, TIMESTAMP -> times.constant(kind);
            default -> Piece.of(Kind.BOOLEAN, dice.pick("TRUE", "FALSE"));
        };
    }

    private Piece ofKind(Kind kind, int depth) {
        return switch (kind) {
            case BOOLEAN -> conditions.value(depth);
            case DOUBLE -> numbers.real(depth);
            case DECIMAL -> numbers.decimal(depth);
            case STRING -> texts.value(depth);
            case DATE -> times.date(depth);
            case TIMESTAMP -> times.timestamp(depth);
            default -> numbers.integer(kind, depth);
        };
    }

    /** What can be of any kind. */
    private Piece anyKind(Kind kind, int depth) {
        return switch (dice.below(8)) {
            case 0, 1 -> searchedCase(kind, depth);
            case 2 -> simpleCase(kind, depth);
            case 3 -> call(kind, "coalesce", depth, dice.between(2, 3));
            case 4 -> Piece.of(kind, "nullif($1, $2)", value(kind, depth), value(kind, depth));
            case 5 ->
                    kind == Kind.BOOLEAN
                            ? searchedCase(kind, depth)
                            : call(kind, dice.pick("greatest", "least"), depth, 2);
            case 6 ->
                    Piece.of(
                            kind,
                            "if($1, $2, $3)",
                            condition(depth),
                            value(kind, depth),
                            value(kind, depth));
            default ->
                    scope.depth() > 0
                            ? draft.queries().scalar(kind, scope)
                            : call(kind, "coalesce", depth, 2);
        };
    }

    private Piece searchedCase(Kind kind, int depth) {
        if (dice.chance(30)) {
            return Piece.of(kind, "CASE WHEN $1 THEN $2 END", condition(depth), value(kind, depth));
        }
        if (dice.chance(30)) {
            return Piece.of(
                    kind,
                    "CASE WHEN $1 THEN $2 WHEN $3 THEN $4 ELSE $5 END",
                    condition(depth),
                    value(kind, depth),
                    condition(depth),
                    value(kind, depth),
                    value(kind, depth));
        }
        return Piece.of(
                kind,
                "CASE WHEN $1 THEN $2 ELSE $3 END",
                condition(depth),
                value(kind, depth),
                dice.chance(15) ? Piece.of(kind, "NULL") : value(kind, depth));
    }

    private Piece simpleCase(Kind kind, int depth) {
        Kind tested = someKind();
        return Piece.of(
                kind,
                "CASE $1 WHEN $2 THEN $3 WHEN $4 THEN $5 ELSE $6 END",
                value(tested, depth),
                constant(tested),
                value(kind, depth),
                leaf(tested),
                value(kind, depth),
                value(kind, depth));
    }

    private Piece call(Kind kind, String function, int depth, int count) {
        List<Piece> arguments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arguments.add(value(kind, depth));
        }
        return Piece.of(kind, function + "($1)", Piece.list(arguments));
    }
}
