package org.skep.tests.random;

import java.util.ArrayList;
import java.util.List;

/** Random queries: SELECT, set operations, WITH, and those that stand in expressions. */
final class Queries {
    private final Draft draft;
    private Relations relations;
    private Selects selects;

    Queries(Draft draft) {
        this.draft = draft;
    }

    /** A whole query; {@code ordered} when its order can be compared. */
    record Whole(Piece sql, boolean ordered) {}

    Relations relations() {
        if (relations == null) {
            relations = new Relations(draft);
        }
        return relations;
    }

    private Selects selects() {
        if (selects == null) {
            selects = new Selects(draft, relations());
        }
        return selects;
    }

    Whole whole() {
        Dice dice = draft.dice();
        List<Piece> with = new ArrayList<>();
        if (dice.chance(12)) {
            for (int i = dice.between(1, 2); i > 0; i--) {
                Made made = derived(0);
                String name = draft.name("w");
                with.add(Piece.of(Kind.FIXED, name + " AS ($1)", made.sql()));
                relations().define(name, made);
            }
        }
        Made made =
                dice.chance(18)
                        ? setOperation(null, List.of(), 1)
                        : selects().select(null, List.of(), 2);
        boolean ordered = made.exact() && dice.chance(50);
        Piece sql = made.sql();
        if (ordered) {
            sql = Orders.total(dice, made);
            if (dice.chance(45)) {
                sql = Orders.limited(dice, sql);
            }
        }
        if (!with.isEmpty()) {
            sql = Piece.of(Kind.QUERY, "WITH $1 $2", Piece.list(with), sql);
        }
        return new Whole(sql, ordered);
    }

    /** A query to be used as a table. */
    Made derived(int depth) {
        return derived(List.of(), depth);
    }

    private Made derived(List<Piece> outer, int depth) {
        Dice dice = draft.dice();
        Made made =
                dice.chance(20)
                        ? setOperation(null, outer, depth)
                        : selects().exact(null, outer, depth);
        if (!dice.chance(25)) {
            return made;
        }
        return made.with(Orders.limited(dice, Orders.total(dice, made)));
    }

    private Made setOperation(List<Kind> wanted, List<Piece> outer, int depth) {
        Dice dice = draft.dice();
        Made left = selects().exact(wanted, outer, depth);
        Made right =
                dice.chance(15)
                        ? setOperation(left.kinds(), outer, depth)
                        : selects().exact(left.kinds(), outer, depth);
        String operator =
                dice.pick(
                        "UNION",
                        "UNION ALL",
                        "UNION ALL",
                        "INTERSECT",
                        "EXCEPT",
                        dice.pick("INTERSECT ALL", "EXCEPT ALL"));
        boolean distinct = !operator.endsWith("ALL");
        Piece sql = Piece.of(Kind.QUERY, "($1) " + operator + " ($2)", left.sql(), right.sql());
        return new Made(sql, left.columns(), distinct ? left.columns() : null, true);
    }

    /** What a subquery is about: a table, or a query that knows the outer rows as it does. */
    private Relation inner(Scope scope) {
        boolean around = scope.depth() > 0 && !scope.visible().isEmpty();
        if (around && draft.hasRoom() && draft.dice().chance(20)) {
            List<Piece> outer =
                    scope.visible().stream().filter(c -> c.skep().contains(".")).toList();
            Made made = derived(outer, 0);
            String alias = draft.name("t");
            return made.under(alias, Piece.of(Kind.RELATION, "($1) AS " + alias, made.sql()));
        }
        return relations().primary(scope.depth() - 1);
    }

    /** A query of at most one row and one column, about the rows of a scope. */
    Piece scalar(Kind kind, Scope scope) {
        Dice dice = draft.dice();
        draft.use();
        Relation relation = inner(scope);
        Piece where = correlated(relation, scope, false);
        if (relation.key() != null && relation.key().size() == 1 && dice.chance(25)) {
            return byKey(kind, scope, relation);
        }
        if (relation.key() != null && dice.chance(20)) {
            Piece value =
                    new Values(draft, new Scope(relation.columns(), List.of(), 0)).value(kind, 1);
            List<Piece> order = new ArrayList<>();
            relation.key().forEach(column -> order.add(Orders.item(dice, column)));
            if (!order.isEmpty()) {
                return Piece.of(
                        kind,
                        "(SELECT $1 FROM $2$3 ORDER BY $4 LIMIT 1"
                                + dice.pick("", "", " OFFSET 1", " OFFSET 3")
                                + ")",
                        value,
                        relation.from(),
                        where,
                        new Piece(Kind.FIXED, "$*", "$*", order));
            }
        }
        Aggregates aggregates = new Aggregates(draft, relation.columns());
        List<Piece> pool = List.of(aggregates.of(kind), aggregates.of(Kind.BIGINT));
        Piece value =
                dice.chance(60)
                        ? pool.get(0)
                        : new Values(draft, new Scope(pool, List.of(), 0)).value(kind, 1);
        if (pool.stream().noneMatch(value::contains)) {
            value = pool.get(0); // without an aggregate there would be more rows than one
        }
        return Piece.of(kind, "(SELECT $1 FROM $2$3)", value, relation.from(), where);
    }

    /** The value of the row with a key, of which there is one at most. */
    private Piece byKey(Kind kind, Scope scope, Relation relation) {
        Scope inner = new Scope(relation.columns(), List.of(), 0);
        Piece key = relation.key().get(0);
        return Piece.of(
                kind,
                "(SELECT $1 FROM $2 WHERE $3 = $4)",
                new Values(draft, inner).value(kind, 1),
                relation.from(),
                key,
                new Values(draft, new Scope(scope.visible(), List.of(), 0)).leaf(key.kind()));
    }

    /** What EXISTS asks about. */
    Piece exists(Scope scope) {
        draft.use();
        Dice dice = draft.dice();
        Relation relation = inner(scope);
        String limit = dice.chance(10) ? " LIMIT 2 OFFSET " + dice.between(0, 3) : "";
        return Piece.of(
                Kind.QUERY,
                "SELECT " + dice.pick("1", "*") + " FROM $1$2" + limit,
                relation.from(),
                correlated(relation, scope, true));
    }

    /** What IN asks about: a query of one column. */
    Piece column(Kind kind, Scope scope) {
        Dice dice = draft.dice();
        draft.use();
        if (dice.chance(12)) {
            List<Piece> outer = dice.chance(50) ? scope.visible() : List.of();
            return selects().exact(List.of(kind), outer, 0).sql();
        }
        Relation relation = inner(scope);
        Piece value = new Values(draft, new Scope(relation.columns(), List.of(), 0)).value(kind, 1);
        Piece where = dice.chance(60) ? correlated(relation, scope, false) : Piece.none();
        Piece limit = Piece.none();
        if (relation.key() != null && !relation.key().isEmpty() && dice.chance(15)) {
            List<Piece> order = new ArrayList<>();
            relation.key().forEach(column -> order.add(Orders.item(dice, column)));
            String rows =
                    " LIMIT %d OFFSET %d".formatted(dice.between(1, 5), dice.pick(0, 0, 1, 4));
            limit = Piece.of(Kind.CLAUSE, " ORDER BY $1" + rows, Piece.list(order));
        }
        return Piece.of(Kind.QUERY, "SELECT $1 FROM $2$3$4", value, relation.from(), where, limit);
    }

    /** A WHERE about a relation and the rows of a scope. */
    Piece correlated(Relation relation, Scope scope, boolean always) {
        Dice dice = draft.dice();
        Values inner = new Values(draft, new Scope(relation.columns(), List.of(), 0));
        Values outer = new Values(draft, new Scope(scope.visible(), List.of(), 0));
        Piece condition = null;
        if (always || dice.chance(65)) {
            Kind kind = dice.pick(Kind.INTEGER, Kind.INTEGER, Kind.STRING, dice.pick(Kind.VALUES));
            String operator = dice.pick("=", "=", "=", "=", "<", ">=");
            condition =
                    Piece.of(
                            Kind.BOOLEAN,
                            "($1 " + operator + " $2)",
                            inner.leaf(kind),
                            outer.leaf(kind));
        }
        if (dice.chance(35)) {
            Scope both = new Scope(relation.columns(), scope.visible(), scope.depth() - 1);
            Piece more = new Values(draft, both).condition(2);
            condition =
                    condition == null
                            ? more
                            : Piece.of(
                                    Kind.BOOLEAN,
                                    dice.chance(85) ? "($1 AND $2)" : "($1 OR $2)",
                                    condition,
                                    more);
        }
        return condition == null ? Piece.none() : Piece.of(Kind.CLAUSE, " WHERE $1", condition);
    }
}
