package org.skep.tests.random;

import java.util.ArrayList;
import java.util.List;

/** Random SELECTs: plain, grouped, and with window functions. */
final class Selects {
    private final Draft draft;
    private final Dice dice;
    private final Relations relations;

    Selects(Draft draft, Relations relations) {
        this.draft = draft;
        this.dice = draft.dice();
        this.relations = relations;
    }

    /** The parts of a SELECT while it is made. */
    private static final class Parts {
        String quantifier = "";
        Piece where = Piece.none();
        Piece group = Piece.none();
        Piece having = Piece.none();
        Piece qualify = Piece.none();
        List<Piece> key;
        boolean exact = true;
    }

    /** A SELECT of columns of these kinds, or of any when null, with no inexact number. */
    Made exact(List<Kind> wanted, int depth) {
        return exact(wanted, List.of(), depth);
    }

    /** The same, about the rows of the queries around it when {@code outer} has columns. */
    Made exact(List<Kind> wanted, List<Piece> outer, int depth) {
        List<Kind> kinds = wanted != null ? wanted : someKinds();
        return select(kinds, outer, depth);
    }

    private List<Kind> someKinds() {
        List<Kind> kinds = new ArrayList<>();
        kinds.add(dice.pick(Kind.INTEGER, dice.pick(Kind.VALUES)));
        for (int i = dice.between(0, 3); i > 0; i--) {
            kinds.add(dice.pick(Kind.VALUES));
        }
        return kinds;
    }

    /** A SELECT; with {@code wanted} null also of inexact numbers. */
    Made select(List<Kind> wanted, List<Piece> outer, int depth) {
        boolean small = !outer.isEmpty() && dice.chance(70);
        Relation relation = small ? relations.primary(depth) : relations.from(depth);
        Scope scope = new Scope(relation.columns(), outer, depth);
        Values values = new Values(draft, scope);
        Parts parts = new Parts();
        if (!outer.isEmpty() && dice.chance(80)) {
            Scope around = new Scope(outer, List.of(), 0);
            parts.where = draft.queries().correlated(relation, around, true);
        } else if (dice.chance(60)) {
            parts.where = Piece.of(Kind.CLAUSE, " WHERE $1", values.condition(3));
        }
        int form = dice.below(100);
        if (form < 35) {
            return grouped(relation, wanted, parts);
        }
        if (form < 55) {
            return windowed(relation, wanted, parts);
        }
        return plain(relation, wanted, parts, values);
    }

    private Made plain(Relation relation, List<Kind> wanted, Parts parts, Values values) {
        List<Piece> items = new ArrayList<>();
        boolean keyed = wanted == null && relation.key() != null && dice.chance(50);
        if (keyed) {
            items.addAll(relation.key());
        }
        parts.key = keyed ? relation.key() : null;
        for (Kind kind : wanted != null ? wanted : someKinds()) {
            Piece item = dice.chance(35) ? values.leaf(kind) : values.value(kind, 3);
            items.add(item);
        }
        if (!keyed && relation.key() != null && items.containsAll(relation.key())) {
            parts.key = relation.key();
        }
        if (dice.chance(12)) {
            parts.quantifier = "DISTINCT ";
            parts.key = items;
        } else if (wanted == null && dice.chance(10)) {
            items.add(inexact(values));
            parts.exact = false;
        }
        return made(relation, items, parts);
    }

    /** Functions of which C's and Java's libraries give different last digits. */
    private Piece inexact(Values values) {
        return switch (dice.below(4)) {
            case 0 -> Piece.of(Kind.DOUBLE, "exp($1 / 100)", values.leaf(Kind.DOUBLE));
            case 1 -> Piece.of(Kind.DOUBLE, "ln(abs($1) + 1)", values.leaf(Kind.DOUBLE));
            case 2 -> Piece.of(Kind.DOUBLE, "sin($1)", values.leaf(Kind.INTEGER));
            default -> Piece.of(Kind.DOUBLE, "power(abs($1), 0.3)", values.leaf(Kind.DOUBLE));
        };
    }

    private Made grouped(Relation relation, List<Kind> wanted, Parts parts) {
        Scope flat = new Scope(relation.columns(), List.of(), 0);
        List<Piece> keys = keys(new Values(draft, flat), relation);
        Aggregates aggregates = new Aggregates(draft, relation.columns());
        List<Kind> kinds = wanted != null ? wanted : List.of();
        List<Piece> pool = new ArrayList<>(keys);
        pool.addAll(aggregates.some(kinds));
        if (dice.chance(25)) {
            pool.add(aggregates.distinct(dice.pick(Kind.BIGINT, Kind.STRING, Kind.DOUBLE)));
        }
        parts.key = group(parts, keys);
        if (parts.key != null && dice.chance(10)) {
            pool.addAll(new Windows(draft, List.copyOf(pool), parts.key).some(List.of()));
        } else if (dice.chance(30)) {
            parts.having = Piece.of(Kind.CLAUSE, " HAVING $1", having(pool));
        }
        Values values = new Values(draft, new Scope(pool, List.of(), 0));
        List<Piece> items = new ArrayList<>();
        if (wanted == null) {
            pool.forEach(item -> items.add(dice.chance(75) ? item : values.value(item.kind(), 2)));
            if (dice.chance(15)) {
                items.add(aggregates.inexact());
                parts.exact = false;
            }
        } else {
            wanted.forEach(kind -> items.add(values.value(kind, 2)));
        }
        if (!items.containsAll(keys)) {
            parts.key = null;
        }
        if (keys.isEmpty() && parts.group.parts().isEmpty()) {
            ungrouped(items, pool);
        }
        return made(relation, items, parts);
    }

    /** Without GROUP BY it is an aggregate that makes it one row: there must be one. */
    private static void ungrouped(List<Piece> items, List<Piece> pool) {
        for (Piece item : items) {
            if (pool.stream().anyMatch(item::contains)) {
                return;
            }
        }
        for (int i = 0; i < items.size(); i++) {
            Kind kind = items.get(i).kind();
            for (Piece aggregate : pool) {
                if (aggregate.kind() == kind) {
                    items.set(i, aggregate);
                    return;
                }
            }
        }
    }

    private Piece having(List<Piece> pool) {
        Values values = new Values(draft, new Scope(pool, List.of(), 0));
        if (dice.chance(20)) {
            Piece tested = dice.pick(pool);
            return Piece.of(
                    Kind.BOOLEAN,
                    "($1 " + dice.pick("<", ">=", "<>") + " $2)",
                    tested,
                    draft.queries().scalar(tested.kind(), new Scope(List.of(), List.of(), 1)));
        }
        return values.condition(2);
    }

    private List<Piece> keys(Values values, Relation relation) {
        List<Piece> keys = new ArrayList<>();
        for (int i = dice.pick(0, 1, 1, 1, 2, 2, 3); i > 0; i--) {
            Kind kind = dice.pick(Kind.INTEGER, Kind.TINYINT, Kind.STRING, dice.pick(Kind.VALUES));
            Piece key = dice.chance(75) ? values.column(kind) : values.value(kind, 1);
            // a constant would be the number of a column
            if (key != null && relation.columns().stream().anyMatch(key::contains)) {
                keys.add(key);
            }
        }
        return keys.stream().distinct().toList();
    }

    /** Adds GROUP BY; the key of what comes out. */
    private List<Piece> group(Parts parts, List<Piece> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        Piece list = new Piece(Kind.FIXED, "$*", "$*", keys);
        if (dice.chance(85)) {
            parts.group = Piece.of(Kind.FIXED, " GROUP BY $1", list);
            return keys;
        }
        if (dice.chance(60) || keys.size() < 2) {
            String sets = dice.pick("ROLLUP", "CUBE");
            parts.group = Piece.of(Kind.FIXED, " GROUP BY " + sets + " ($1)", list);
        } else {
            Piece first = keys.get(0);
            Piece second = keys.get(1);
            String sets = dice.pick("(($1), ($2), ())", "(($1, $2), ($1))", "(($1, $2), ($2), ())");
            if (keys.size() > 2) {
                parts.group =
                        Piece.of(
                                Kind.FIXED,
                                " GROUP BY $3, GROUPING SETS " + sets,
                                first,
                                second,
                                keys.get(2));
            } else {
                parts.group =
                        Piece.of(Kind.FIXED, " GROUP BY GROUPING SETS " + sets, first, second);
            }
        }
        return null;
    }

    private Made windowed(Relation relation, List<Kind> wanted, Parts parts) {
        List<Kind> kinds = wanted != null ? wanted : someKinds();
        List<Piece> made = new Windows(draft, relation.columns(), relation.key()).some(kinds);
        List<Piece> pool = new ArrayList<>(relation.columns());
        pool.addAll(made);
        Values values = new Values(draft, new Scope(pool, List.of(), 0));
        List<Piece> items = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            items.add(dice.chance(75) ? made.get(i) : values.value(kinds.get(i), 2));
        }
        if (wanted == null && relation.key() != null && dice.chance(50)) {
            items.addAll(relation.key());
            parts.key = relation.key();
        }
        if (dice.chance(30)) {
            Piece tested = dice.pick(made);
            Values few = new Values(draft, new Scope(List.of(tested), List.of(), 0));
            parts.qualify =
                    Piece.of(
                            Kind.CLAUSE,
                            " QUALIFY $1",
                            Piece.of(
                                    Kind.BOOLEAN,
                                    "($1 " + dice.pick("<", "<=", "=", ">") + " $2)",
                                    tested,
                                    few.value(tested.kind(), 1)));
        }
        return made(relation, items, parts);
    }

    private Made made(Relation relation, List<Piece> values, Parts parts) {
        List<Piece> items = new ArrayList<>();
        List<Piece> columns = new ArrayList<>();
        List<Piece> key = parts.key == null ? null : new ArrayList<>();
        for (Piece value : values) {
            String name = draft.name("c");
            Piece column = Piece.of(value.kind(), name);
            columns.add(column);
            items.add(Piece.of(Kind.FIXED, "$1 AS " + name, value));
            if (key != null && parts.key.contains(value)) {
                key.add(column);
            }
        }
        Piece sql =
                Piece.of(
                        Kind.QUERY,
                        "SELECT " + parts.quantifier + "$1 FROM $2$3$4$5$6",
                        Piece.list(items),
                        relation.from(),
                        parts.where,
                        parts.group,
                        parts.having,
                        parts.qualify);
        return new Made(sql, columns, key, parts.exact);
    }
}
