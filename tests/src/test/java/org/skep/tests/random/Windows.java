package org.skep.tests.random;

import java.util.ArrayList;
import java.util.List;

/**
 * Random window functions. What depends on the order of rows has a total one: it ends with the
 * rows' key. Without a key there are only functions that do not tell peers apart.
 */
final class Windows {
    private final Dice dice;
    private final Values values;
    private final Aggregates aggregates;
    private final List<Piece> key;

    Windows(Draft draft, List<Piece> columns, List<Piece> key) {
        this.dice = draft.dice();
        this.values = new Values(draft, new Scope(columns, List.of(), 0));
        this.aggregates = new Aggregates(draft, columns);
        this.key = key;
    }

    List<Piece> some(List<Kind> kinds) {
        List<Piece> all = new ArrayList<>();
        for (Kind kind : kinds) {
            all.add(of(kind));
        }
        all.add(of(Kind.BIGINT));
        return all;
    }

    private Piece of(Kind kind) {
        if (key == null || key.isEmpty() || dice.chance(20)) {
            return amongPeers(kind);
        }
        return switch (dice.below(4)) {
            case 0 -> aggregates.aggregate(kind, over(total(), rows()));
            case 1 -> edge(kind);
            case 2 -> neighbour(kind);
            default -> kind == Kind.BIGINT ? ranking() : neighbour(kind);
        };
    }

    private Piece amongPeers(Kind kind) {
        List<Piece> order = dice.chance(60) ? order(dice.between(1, 2)) : List.of();
        if (!order.isEmpty() && kind == Kind.BIGINT && dice.chance(50)) {
            return Piece.of(kind, dice.pick("rank", "dense_rank") + "()$1", over(order, ""));
        }
        if (!order.isEmpty() && kind == Kind.DOUBLE && dice.chance(50)) {
            return Piece.of(kind, dice.pick("percent_rank", "cume_dist") + "()$1", over(order, ""));
        }
        String frame =
                dice.pick(
                        "",
                        " RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
                        " RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW");
        return aggregates.aggregate(kind, over(order, frame));
    }

    private Piece ranking() {
        return dice.chance(70)
                ? Piece.of(
                        Kind.BIGINT,
                        dice.pick("row_number", "rank", "dense_rank") + "()$1",
                        over(total(), ""))
                : Piece.of(Kind.BIGINT, "ntile(" + dice.between(1, 5) + ")$1", over(total(), ""));
    }

    private Piece neighbour(Kind kind) {
        String function = dice.pick("lag", "lead");
        return switch (dice.below(3)) {
            case 0 -> Piece.of(kind, function + "($1)$2", values.value(kind, 1), over(total(), ""));
            case 1 ->
                    Piece.of(
                            kind,
                            function + "($1, " + dice.between(0, 4) + ")$2",
                            values.value(kind, 1),
                            over(total(), ""));
            default ->
                    Piece.of(
                            kind,
                            function + "($1, " + dice.between(1, 3) + ", $2)$3",
                            values.column(kind) == null
                                    ? values.constant(kind)
                                    : values.column(kind),
                            values.constant(kind),
                            over(total(), ""));
        };
    }

    private Piece edge(Kind kind) {
        return dice.chance(70)
                ? Piece.of(
                        kind,
                        dice.pick("first_value", "last_value") + "($1)$2",
                        values.value(kind, 1),
                        over(total(), rows()))
                : Piece.of(
                        kind,
                        "nth_value($1, " + dice.between(1, 4) + ")$2",
                        values.value(kind, 1),
                        over(total(), rows()));
    }

    private Piece over(List<Piece> order, String frame) {
        List<Piece> partition = new ArrayList<>();
        for (int i = dice.pick(0, 1, 1, 2); i > 0; i--) {
            Piece column = values.column(dice.pick(Kind.VALUES));
            if (column != null) {
                partition.add(column);
            }
        }
        Piece by =
                partition.isEmpty()
                        ? Piece.none()
                        : Piece.of(Kind.CLAUSE, "PARTITION BY $1", Piece.list(partition));
        if (order.isEmpty()) {
            return Piece.of(Kind.FIXED, " OVER ($1)", by);
        }
        return Piece.of(Kind.FIXED, " OVER ($1 ORDER BY $2" + frame + ")", by, Piece.list(order));
    }

    /** An order by at most so many values, with ties. */
    private List<Piece> order(int most) {
        List<Piece> order = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            Piece column = values.column(dice.pick(Kind.VALUES));
            if (column != null) {
                order.add(Orders.item(dice, column));
            }
        }
        return order; // maybe empty: DuckDB takes no constant in ORDER BY
    }

    private List<Piece> total() {
        List<Piece> order = new ArrayList<>();
        if (dice.chance(50)) {
            order.addAll(order(1));
        }
        key.forEach(column -> order.add(Orders.item(dice, column)));
        return order;
    }

    private String rows() {
        if (dice.chance(20)) {
            return "";
        }
        List<String> bounds =
                List.of(
                        "UNBOUNDED PRECEDING",
                        dice.between(1, 4) + " PRECEDING",
                        "CURRENT ROW",
                        dice.between(1, 4) + " FOLLOWING",
                        "UNBOUNDED FOLLOWING");
        int from = dice.below(4);
        int to = dice.between(Math.max(from, 1), 4);
        if (from == to && from != 2) {
            to = 4;
        }
        return " ROWS BETWEEN " + bounds.get(from) + " AND " + bounds.get(to);
    }
}
