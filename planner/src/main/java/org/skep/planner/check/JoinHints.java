package org.skep.planner.check;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.skep.model.error.Position;
import org.skep.model.error.Suggestion;
import org.skep.model.plan.JoinHint;
import org.skep.model.plan.JoinHint.Strategy;

/**
 * The hints of a query: those for joins go to the relations of the FROM that they name, those for
 * checkpoints are for the rows of the query block that has them. What comes of them is known when
 * the query has been planned.
 */
public final class JoinHints {
    private static final String CODE = "L0103";
    private static final int MOST_WARNINGS = 100;

    private static final String SIZES =
            "joins are chosen by size, or by SET join_strategy; hints of joins are BROADCAST, MERGE, SHUFFLE_HASH and STREAMTABLE, another is CHECKPOINT";

    private static final String CHECKPOINT = "CHECKPOINT";

    private static final Map<String, Strategy> STRATEGIES =
            Map.of(
                    "BROADCAST", Strategy.BROADCAST,
                    "BROADCASTJOIN", Strategy.BROADCAST,
                    "MAPJOIN", Strategy.BROADCAST,
                    "MERGE", Strategy.MERGE,
                    "MERGEJOIN", Strategy.MERGE,
                    "SHUFFLE_MERGE", Strategy.MERGE,
                    "SHUFFLE_HASH", Strategy.SHUFFLE_HASH,
                    "STREAMTABLE", Strategy.STREAM);

    private static final String PARTITIONS =
            "Skep counts tasks by the size of their rows and reads small partitions together; SET shuffle_partitions sets how many there are";

    private static final String SKEWED =
            "Skep finds hot keys while a query runs and spreads their rows; SHOW SKEW tells of them";

    private static final String PRODUCT =
            "Skep tries all pairs only where no equality joins the sides";

    /** Hints that other engines need, and what Skep does by itself. */
    private static final Map<String, String> NEEDLESS =
            Map.of(
                    "REPARTITION", PARTITIONS,
                    "REPARTITION_BY_RANGE", PARTITIONS,
                    "COALESCE", PARTITIONS,
                    "REBALANCE", PARTITIONS,
                    "SKEW", SKEWED,
                    "SKEWJOIN", SKEWED,
                    "SKEW_JOIN", SKEWED,
                    "SHUFFLE_REPLICATE_NL", PRODUCT);

    /** A hint with a warning, or one whose fate is not known yet. */
    private record Found(RelationHint hint, String warning) {}

    private final List<Found> found = new ArrayList<>();
    private final Map<SqlNode, List<RelationHint>> byItem = new IdentityHashMap<>();
    private final Map<String, Position> checkpoints = new LinkedHashMap<>(); // by key of the query

    JoinHints() {}

    /** Whether a query has hints, at any depth. */
    static boolean anyIn(SqlNode query) {
        boolean[] any = {false};
        query.accept(
                new SqlBasicVisitor<Void>() {
                    @Override
                    public Void visit(SqlCall call) {
                        any[0] |= call instanceof SqlSelect select && select.hasHints();
                        return any[0] ? null : super.visit(call);
                    }
                });
        return any[0];
    }

    /** Of hints that are not followed, with the reason; complete when the query is planned. */
    public List<String> warnings() {
        List<String> warnings = allWarnings();
        int more = warnings.size() - MOST_WARNINGS;
        if (more <= 0) {
            return warnings;
        }
        List<String> first = new ArrayList<>(warnings.subList(0, MOST_WARNINGS));
        first.add("%s: %d more hints are not followed".formatted(CODE, more));
        return first;
    }

    private List<String> allWarnings() {
        List<String> warnings = new ArrayList<>();
        for (Found one : found) {
            if (one.hint == null) {
                warnings.add(one.warning);
            } else if (!one.hint.isFollowed()) {
                warnings.add(
                        warning(
                                one.hint.place(),
                                "the hint %s is not followed: %s"
                                        .formatted(one.hint.hint(), one.hint.obstacle())));
            }
        }
        return warnings;
    }

    /**
     * Whether a hint asks for a checkpoint of the rows of a query that others read from.
     *
     * @param key by which the query is known from now on if it does
     */
    boolean asksCheckpoint(SqlNode query, String key) {
        SqlNode block = query;
        while (block instanceof SqlOrderBy || block instanceof SqlWith) {
            block = block instanceof SqlWith with ? with.body : ((SqlOrderBy) block).query;
        }
        if (!(block instanceof SqlSelect select) || !select.hasHints()) {
            return false;
        }
        for (SqlNode hint : select.getHints()) {
            if (nameOf((SqlHint) hint).equals(CHECKPOINT)) {
                checkpoints.put(key, CheckErrors.position(hint.getParserPosition()));
                return true;
            }
        }
        return false;
    }

    /** Says that a query is no checkpoint because its rows are others for each row around it. */
    public void refuseCheckpoint(String key) {
        Position place = checkpoints.get(key);
        if (place != null) {
            warn(
                    place,
                    "the hint CHECKPOINT is not followed: the query is computed for each row of the one around it");
        }
    }

    private static String nameOf(SqlHint hint) {
        return last(hint.operand(0)).toUpperCase(Locale.ROOT);
    }

    /** What hints ask of an item of FROM, for itself or its alias. */
    List<RelationHint> of(SqlNode item) {
        return byItem.getOrDefault(item, List.of());
    }

    /**
     * Takes the hints of a query block.
     *
     * @param silent for a view's query, which the user may not have written
     */
    void take(SqlSelect select, boolean silent) {
        if (!select.hasHints()) {
            return;
        }
        Map<SqlNode, List<String>> items = new LinkedHashMap<>();
        if (select.getFrom() != null) {
            addItems(select.getFrom(), items);
            addSemiJoins(select.getWhere(), items);
        }
        int before = found.size();
        for (SqlNode node : select.getHints()) {
            take((SqlHint) node, items);
        }
        if (silent) {
            found.subList(before, found.size()).clear();
        }
        select.setHints(null);
    }

    private void take(SqlHint hint, Map<SqlNode, List<String>> items) {
        String name = nameOf(hint);
        Position place = CheckErrors.position(hint.getParserPosition());
        if (name.equals(CHECKPOINT)) {
            if (!checkpoints.containsValue(place)) {
                warn(
                        place,
                        "the hint CHECKPOINT is passed over: only a query in FROM, in WITH or of a view has rows that others read");
            }
            return;
        }
        Strategy strategy = STRATEGIES.get(name);
        if (strategy == null) {
            warn(place, passedOver(name));
            return;
        }
        SqlNodeList relations = hint.operand(1);
        if (relations.size() == 0) {
            warn(place, "the hint %s is passed over: it names no table".formatted(name));
        }
        for (SqlNode option : relations) {
            String relation = last(option);
            List<SqlNode> named = named(relation, items);
            String text = "%s(%s)".formatted(name, relation);
            if (named.isEmpty()) {
                warn(place, unknown(text, relation, items));
            } else if (items.size() == 1) {
                warn(place, "the hint %s is passed over: its FROM joins nothing".formatted(text));
            } else {
                JoinHint asked = new JoinHint(strategy, text);
                for (SqlNode item : named) {
                    RelationHint one = new RelationHint(asked, relation, place);
                    found.add(new Found(one, null));
                    byItem.computeIfAbsent(item, none -> new ArrayList<>()).add(one);
                }
            }
        }
    }

    private static String passedOver(String name) {
        List<String> known = new ArrayList<>(STRATEGIES.keySet());
        known.addAll(NEEDLESS.keySet());
        known.add(CHECKPOINT);
        known.sort(null);
        String near = Suggestion.hint(name, known);
        return NEEDLESS.containsKey(name)
                ? "the hint %s is passed over: %s".formatted(name, NEEDLESS.get(name))
                : "no hint '%s': %s".formatted(name, near == null ? SIZES : near);
    }

    private static String unknown(String text, String relation, Map<SqlNode, List<String>> items) {
        List<String> names =
                items.values().stream()
                        .map(all -> all.get(0))
                        .filter(name -> !name.isEmpty())
                        .toList();
        String near = Suggestion.hint(relation, names);
        return "the hint %s is passed over: no '%s' in its FROM%s"
                .formatted(
                        text,
                        relation,
                        near != null
                                ? "; " + near
                                : names.isEmpty() ? "" : ", which has " + String.join(", ", names));
    }

    /** The items of that alias; without any, those of the tables of that name. */
    private static List<SqlNode> named(String relation, Map<SqlNode, List<String>> items) {
        List<SqlNode> byAlias =
                items.keySet().stream()
                        .filter(item -> items.get(item).get(0).equalsIgnoreCase(relation))
                        .toList();
        return !byAlias.isEmpty()
                ? byAlias
                : items.keySet().stream()
                        .filter(
                                item ->
                                        items.get(item).stream()
                                                .anyMatch(relation::equalsIgnoreCase))
                        .toList();
    }

    /** Each item with the names that it has, its alias first. */
    private static void addItems(SqlNode from, Map<SqlNode, List<String>> items) {
        if (from instanceof SqlJoin join) {
            addItems(join.getLeft(), items);
            addItems(join.getRight(), items);
            return;
        }
        String alias = FromAlias.of(from);
        SqlNode inner = from.getKind() == SqlKind.AS ? ((SqlCall) from).operand(0) : from;
        SqlNode table = inner instanceof SqlTableRef ref ? ref.operand(0) : inner;
        List<String> names = new ArrayList<>(List.of(alias == null ? "" : alias));
        if (table instanceof SqlIdentifier name) {
            names.add(last(name));
            names.add(String.join(".", name.names));
        }
        items.put(from, names);
    }

    /** The right sides of LEFT SEMI and LEFT ANTI joins, which the parser has made EXISTS of. */
    private static void addSemiJoins(SqlNode where, Map<SqlNode, List<String>> items) {
        if (!(where instanceof SqlCall call)) {
            return;
        }
        boolean through = where.getKind() == SqlKind.AND || where.getKind() == SqlKind.NOT;
        if (through) {
            call.getOperandList().forEach(condition -> addSemiJoins(condition, items));
        } else if (where.getKind() == SqlKind.EXISTS
                && call.operand(0) instanceof SqlSelect select
                && select.getFrom() != null
                && select.getSelectList()
                        .get(0)
                        .getParserPosition()
                        .equals(select.getFrom().getParserPosition())) {
            SqlNode from = select.getFrom(); // with USING it renames the columns
            addItems(from instanceof SqlSelect renamed ? renamed.getFrom() : from, items);
        }
    }

    private static String last(SqlNode name) {
        return name instanceof SqlIdentifier identifier
                ? identifier.names.get(identifier.names.size() - 1)
                : name.toString();
    }

    private void warn(Position place, String message) {
        found.add(new Found(null, warning(place, message)));
    }

    private static String warning(Position place, String message) {
        return "%s (line %d, column %d): %s".formatted(CODE, place.line(), place.column(), message);
    }
}
