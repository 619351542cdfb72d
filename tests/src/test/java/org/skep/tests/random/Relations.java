package org.skep.tests.random;

import java.util.ArrayList;
import java.util.List;

/** What random queries have after FROM: tables, derived tables, and joins of them. */
final class Relations {
    private static final long MOST_ROWS = 20_000;

    private final Draft draft;
    private final Dice dice;
    private final List<Made> common = new ArrayList<>();
    private final List<String> commonNames = new ArrayList<>();

    Relations(Draft draft) {
        this.draft = draft;
        this.dice = draft.dice();
    }

    /** Makes a query known by a name, as WITH does. */
    void define(String name, Made made) {
        commonNames.add(name);
        common.add(made);
    }

    /** Something with up to two joins. */
    Relation from(int depth) {
        Relation relation = dice.chance(15) ? table(RandomTables.TABLES.get(0)) : primary(depth);
        int joins = dice.pick(0, 0, 1, 1, 2);
        for (int i = 0; i < joins; i++) {
            Relation right = primary(depth);
            if (relation.rows() * right.rows() > 4_000_000) {
                break;
            }
            if (i == joins - 1 && dice.chance(12)) {
                Relation joined = using(relation, right);
                if (joined != null) {
                    return joined;
                }
            }
            Relation joined = join(relation, right);
            if (joined.columns() == relation.columns()) {
                return joined; // a SEMI or ANTI JOIN, which Skep takes in no outer join
            }
            relation = joined;
        }
        return relation;
    }

    /** A table, seldom a query in its place; none of them large. */
    Relation primary(int depth) {
        if (!common.isEmpty() && dice.chance(50)) {
            int which = dice.below(common.size());
            String alias = draft.name("t");
            Piece from = Piece.of(Kind.RELATION, commonNames.get(which) + " AS " + alias);
            return common.get(which).under(alias, from);
        }
        if (depth > 0 && draft.hasRoom() && dice.chance(18)) {
            Made made = draft.queries().derived(depth - 1);
            String alias = draft.name("t");
            return made.under(alias, Piece.of(Kind.RELATION, "($1) AS " + alias, made.sql()));
        }
        if (dice.chance(4)) {
            return constants();
        }
        List<RandomTables.Table> tables = RandomTables.TABLES;
        int which = dice.pick(1, 1, 2, 2, 2, 3, 3, dice.chance(40) ? 4 : 1);
        return table(tables.get(which));
    }

    private Relation table(RandomTables.Table table) {
        String alias = draft.name("t");
        List<Piece> columns = new ArrayList<>();
        for (RandomTables.Column column : RandomTables.COLUMNS) {
            columns.add(Piece.of(column.kind(), alias + "." + column.name()));
        }
        Piece from = Piece.of(Kind.RELATION, table.name() + " AS " + alias);
        return new Relation(from, columns, List.of(columns.get(0)), table.rows());
    }

    private Relation constants() {
        String alias = draft.name("t");
        Values values = new Values(draft, new Scope(List.of(), List.of(), 0));
        List<Kind> kinds = List.of(Kind.INTEGER, dice.pick(Kind.VALUES));
        List<Piece> rows = new ArrayList<>();
        for (int i = dice.between(1, 4); i > 0; i--) {
            rows.add(
                    Piece.of(
                            Kind.FIXED,
                            "($1, $2)",
                            values.constant(kinds.get(0)),
                            values.constant(kinds.get(1))));
        }
        List<Piece> names =
                List.of(
                        Piece.of(kinds.get(0), draft.name("c")),
                        Piece.of(kinds.get(1), draft.name("c")));
        Piece from =
                Piece.of(
                        Kind.RELATION,
                        "(VALUES $1) AS %s(%s, %s)"
                                .formatted(alias, names.get(0).skep(), names.get(1).skep()),
                        Piece.list(rows));
        return new Relation(from, Made.qualified(names, alias), null, rows.size());
    }

    private Relation join(Relation left, Relation right) {
        boolean small = left.rows() * right.rows() <= MOST_ROWS;
        if (small && dice.chance(10)) {
            Piece from =
                    Piece.of(
                            Kind.RELATION,
                            dice.pick("$1 CROSS JOIN $2", "$1, $2"),
                            left.from(),
                            right.from());
            // a comma binds looser than JOIN, so what follows must not bind to its right side
            return joined(nested(from), left, right, left.rows() * right.rows());
        }
        String type = dice.pick("JOIN", "INNER JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");
        // DuckDB has no FULL JOIN without an equality
        Piece condition = condition(left, right, !small || type.equals("FULL JOIN"));
        if (dice.chance(14)) {
            String half = dice.pick("SEMI", "ANTI");
            Piece from =
                    Piece.both(
                            Kind.RELATION,
                            "$1 LEFT " + half + " JOIN $2 ON $3",
                            "$1 " + half + " JOIN $2 ON $3",
                            left.from(),
                            right.from(),
                            condition);
            return new Relation(from, left.columns(), left.key(), left.rows());
        }
        Piece from =
                Piece.of(
                        Kind.RELATION,
                        "$1 " + type + " $2 ON $3",
                        left.from(),
                        right.from(),
                        condition);
        return joined(from, left, right, left.rows() * right.rows() / 8 + left.rows());
    }

    private static Piece nested(Piece from) {
        return from.skep().contains(",")
                ? Piece.of(Kind.RELATION, "$1 CROSS JOIN $2", from.parts().toArray(Piece[]::new))
                : from;
    }

    private static Relation joined(Piece from, Relation left, Relation right, long rows) {
        List<Piece> columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        List<Piece> key = null;
        if (left.key() != null && right.key() != null) {
            key = new ArrayList<>(left.key());
            key.addAll(right.key());
        }
        return new Relation(from, columns, key, rows);
    }

    /** An equality, often, and seldom more; or any condition when there need not be one. */
    private Piece condition(Relation left, Relation right, boolean equality) {
        List<Piece> both = new ArrayList<>(left.columns());
        both.addAll(right.columns());
        Values values = new Values(draft, new Scope(both, List.of(), 0));
        if (!equality && dice.chance(20)) {
            return values.condition(2);
        }
        Piece equal = equality(left, right);
        if (equal == null) {
            return equality ? Piece.of(Kind.BOOLEAN, "(1 = 1)") : values.condition(2);
        }
        if (dice.chance(15)) {
            Piece second = equality(left, right);
            return second == null ? equal : Piece.of(Kind.BOOLEAN, "($1 AND $2)", equal, second);
        }
        return dice.chance(30)
                ? Piece.of(Kind.BOOLEAN, "($1 AND $2)", equal, values.condition(2))
                : equal;
    }

    private Piece equality(Relation left, Relation right) {
        Values lefts = new Values(draft, new Scope(left.columns(), List.of(), 0));
        Values rights = new Values(draft, new Scope(right.columns(), List.of(), 0));
        for (int attempt = 0; attempt < 8; attempt++) {
            Kind kind =
                    dice.pick(
                            Kind.INTEGER,
                            Kind.INTEGER,
                            Kind.STRING,
                            Kind.BIGINT,
                            dice.pick(Kind.VALUES));
            Kind other =
                    Kind.INTEGERS.contains(kind) && dice.chance(20)
                            ? dice.pick(Kind.NUMBERS)
                            : kind;
            Piece mine = dice.chance(85) ? lefts.column(kind) : lefts.value(kind, 1);
            Piece theirs = rights.column(other);
            if (mine != null && theirs != null && kind != Kind.BOOLEAN) {
                String operator = dice.chance(94) ? " = " : " IS NOT DISTINCT FROM ";
                return Piece.of(Kind.BOOLEAN, "($1" + operator + "$2)", mine, theirs);
            }
        }
        return null;
    }

    /** A join by a column of the same name; it is seen without its tables' names afterwards. */
    private Relation using(Relation left, Relation right) {
        String column = dice.pick("k", "g", "w", "d", "id");
        long lefts = left.columns().stream().filter(c -> c.skep().endsWith("." + column)).count();
        long rights = right.columns().stream().filter(c -> c.skep().endsWith("." + column)).count();
        if (lefts != 1 || rights != 1) {
            return null;
        }
        String type = dice.pick("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");
        Piece from =
                Piece.of(
                        Kind.RELATION,
                        "$1 " + type + " $2 USING (" + column + ")",
                        left.from(),
                        right.from());
        Relation joined = joined(from, left, right, left.rows() * right.rows() / 8);
        Kind kind =
                RandomTables.COLUMNS.stream()
                        .filter(c -> c.name().equals(column))
                        .findFirst()
                        .orElseThrow()
                        .kind();
        List<Piece> columns = new ArrayList<>(joined.columns());
        columns.add(Piece.of(kind, column));
        return new Relation(from, columns, joined.key(), joined.rows());
    }
}
