package org.skep.planner.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.model.error.Position;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.parser.RowAction;
import org.skep.parser.RowAction.Verb;
import org.skep.parser.RowAction.When;
import org.skep.parser.Statement;
import org.skep.parser.Syntax;
import org.skep.planner.check.FromAlias;
import org.skep.planner.check.Parameters;

/**
 * DELETE, UPDATE and MERGE as queries over the table, which they call {@value #TARGET}. Files never
 * change: those with rows to change ({@link #matched}, {@link #unmatched}) give way to new ones
 * with their rows as they are afterwards ({@link #rewritten}), and rows that are new ({@link
 * #inserted}) come beside them.
 */
public final class ChangeQueries {
    /**
     * Stands for the table that is changed, or for some of its files; subqueries name it itself.
     */
    public static final String TARGET = "$target";

    private static final String SOURCE = "$source";
    private static final String HIT = "$hit";
    private static final String FILE = "_file";
    private static final String ROW = "_line";

    private final Statement.Change change;
    private final Schema table;
    private final ColumnDefaults defaults;
    private final List<Object> parameters;
    private final Nodes nodes;
    private final String alias;
    private final Map<RowAction, Map<String, Integer>> assigned = new HashMap<>();

    /**
     * @param defaults of the table's columns
     * @param parameters values of the question marks
     * @throws org.skep.model.error.QueryException when the table does not have the columns that are
     *     to be set, and the like
     */
    public ChangeQueries(
            Statement.Change change,
            Schema table,
            ColumnDefaults defaults,
            List<Object> parameters,
            FunctionRegistry functions) {
        this.change = change;
        this.table = table;
        this.defaults = defaults;
        this.parameters = parameters;
        this.nodes = new Nodes(place(change.name().position()));
        this.alias = change.alias() == null ? change.name().last() : change.alias();
        Actions.check(change);
        Repeatable.check(change, functions);
        for (RowAction action : change.actions()) {
            assigned.put(action, Actions.columns(action, table, change.name(), alias));
        }
    }

    /** All rows of the table. */
    public static Syntax all(Schema table) {
        Nodes nodes = new Nodes(SqlParserPos.ZERO);
        List<SqlNode> items = new ArrayList<>();
        table.names().forEach(name -> items.add(nodes.name(name)));
        return new Syntax(nodes.select(items, nodes.name(TARGET), null));
    }

    /** How many rows of the table a CHECK does not hold for. */
    public static Syntax countBroken(Syntax check) {
        Nodes nodes = new Nodes(check.node().getParserPosition());
        SqlNode broken = nodes.not(check.copy().node());
        return new Syntax(
                nodes.select(
                        List.of(nodes.call("count", nodes.star())), nodes.name(TARGET), broken));
    }

    /** Whether of rows that are there some may go. */
    public boolean deletes() {
        return onTarget().stream().anyMatch(action -> action.verb() == Verb.DELETE);
    }

    /** Whether of rows that are there none changes, some may go. */
    public boolean onlyDeletes() {
        return onTarget().stream().allMatch(action -> action.verb() == Verb.DELETE);
    }

    /**
     * Rows of the table that an action for matched rows applies to: for each file its path, their
     * number, and one row that several rows of the source want to change, or null. Null when there
     * is no such action.
     */
    public Syntax matched() {
        if (!has(When.MATCHED)) {
            return null;
        }
        SqlNode file = nodes.name(alias, FILE);
        if (change.source() == null) {
            return new Syntax(
                    nodes.select(
                            List.of(
                                    file,
                                    nodes.call("count", nodes.star()),
                                    nodes.empty(Type.BIGINT)),
                            target(),
                            acting(When.MATCHED),
                            nodes.name(alias, FILE)));
        }
        SqlNode rows =
                nodes.select(
                        List.of(
                                nodes.as(file, "$file"),
                                nodes.as(nodes.name(alias, ROW), "$row"),
                                nodes.as(nodes.call("count", nodes.star()), "$matches")),
                        nodes.join(
                                target(),
                                JoinType.INNER,
                                node(change.source()),
                                acting(node(change.condition()), When.MATCHED)),
                        null,
                        nodes.name(alias, FILE),
                        nodes.name(alias, ROW));
        SqlNode repeated =
                nodes.choice(
                        List.of(nodes.greater(nodes.name("$matches"), 1)),
                        List.of(nodes.name("$row")),
                        nodes.empty(Type.BIGINT));
        boolean mayRepeat = of(When.MATCHED).stream().allMatch(a -> a.verb() == Verb.DELETE);
        return new Syntax(
                nodes.select(
                        List.of(
                                nodes.name("$file"),
                                nodes.call("count", nodes.star()),
                                mayRepeat ? nodes.empty(Type.BIGINT) : nodes.call("min", repeated)),
                        nodes.as(rows, "$rows"),
                        null,
                        nodes.name("$file")));
    }

    /** The same for rows of the table that no row of the source matches. */
    public Syntax unmatched() {
        if (!has(When.NOT_MATCHED_BY_SOURCE)) {
            return null;
        }
        return new Syntax(
                nodes.select(
                        List.of(
                                nodes.name(alias, FILE),
                                nodes.call("count", nodes.star()),
                                nodes.empty(Type.BIGINT)),
                        target(),
                        acting(nodes.not(inSource()), When.NOT_MATCHED_BY_SOURCE),
                        nodes.name(alias, FILE)));
    }

    /** What the rows of the table, or of some of its files, are afterwards. */
    public Syntax rewritten() {
        List<SqlNode> items = new ArrayList<>();
        for (Field column : table.fields()) {
            items.add(nodes.as(after(column), column.name()));
        }
        return new Syntax(nodes.select(items, compared(), staying()));
    }

    /** The rows that are new; null when there is no action that makes any. */
    public Syntax inserted() {
        List<RowAction> inserts = of(When.NOT_MATCHED);
        if (inserts.isEmpty()) {
            return null;
        }
        SqlNode there = nodes.select(List.of(nodes.number(1)), target(), node(change.condition()));
        List<SqlNode> items = new ArrayList<>();
        for (Field column : table.fields()) {
            SqlNode otherwise =
                    nodes.cast(defaults.at(column.name(), nodes.at()), column.type(), nodes.at());
            items.add(nodes.as(chosen(inserts, column, otherwise), column.name()));
        }
        SqlNode wanted = acting(nodes.not(nodes.exists(there)), When.NOT_MATCHED);
        return new Syntax(nodes.select(items, node(change.source()), wanted));
    }

    private SqlNode after(Field column) {
        List<RowAction> updates =
                onTarget().stream().filter(action -> action.verb() == Verb.UPDATE).toList();
        boolean touched = updates.stream().anyMatch(action -> place(action, column) != null);
        SqlNode before = nodes.name(alias, column.name());
        return touched ? chosen(updates, column, before) : before;
    }

    /** The column's value by the first action that applies. */
    private SqlNode chosen(List<RowAction> actions, Field column, SqlNode otherwise) {
        List<SqlNode> conditions = new ArrayList<>();
        List<SqlNode> values = new ArrayList<>();
        for (RowAction action : actions) {
            Integer place = place(action, column);
            conditions.add(applies(action));
            values.add(
                    place == null
                            ? new Syntax(otherwise).copy().node()
                            : value(action, place, column));
        }
        return nodes.choice(conditions, values, otherwise);
    }

    private Integer place(RowAction action, Field column) {
        return assigned.get(action).get(column.name().toLowerCase(Locale.ROOT));
    }

    private SqlNode value(RowAction action, int place, Field column) {
        if (action.values().isEmpty()) {
            return nodes.cast(nodes.name(sourceAlias(), column.name()), column.type(), nodes.at());
        }
        SqlNode value = node(action.values().get(place));
        SqlParserPos typed = value.getParserPosition();
        boolean isDefault = ColumnDefaults.isDefault(value) && table.indexOf("default") < 0;
        return nodes.cast(
                isDefault ? defaults.at(column.name(), typed) : value, column.type(), typed);
    }

    /** Which rows do not go; null for all. */
    private SqlNode staying() {
        List<SqlNode> conditions = new ArrayList<>();
        List<SqlNode> gone = new ArrayList<>();
        for (RowAction action : onTarget()) {
            conditions.add(applies(action));
            gone.add(nodes.truth(action.verb() == Verb.DELETE));
        }
        if (onlyDeletes()) {
            return nodes.not(nodes.or(conditions));
        }
        return deletes() ? nodes.not(nodes.choice(conditions, gone, nodes.truth(false))) : null;
    }

    /** The table beside the row of the source, if any, by which a row of it is changed. */
    private SqlNode compared() {
        if (change.source() == null || !has(When.MATCHED)) {
            return target();
        }
        SqlNode marked =
                nodes.select(
                        List.of(nodes.star(), nodes.as(nodes.truth(true), HIT)),
                        node(change.source()),
                        null);
        return nodes.join(
                target(),
                JoinType.LEFT,
                nodes.as(marked, sourceAlias()),
                acting(node(change.condition()), When.MATCHED));
    }

    /** Whether an action applies to a row of {@link #compared}, or of the source. */
    private SqlNode applies(RowAction action) {
        List<SqlNode> conditions = new ArrayList<>();
        if (action.when() == When.MATCHED && change.source() != null) {
            conditions.add(nodes.isTrue(nodes.name(sourceAlias(), HIT)));
        }
        if (action.when() == When.NOT_MATCHED_BY_SOURCE) {
            conditions.add(nodes.not(inSource()));
        }
        if (action.condition() != null) {
            conditions.add(nodes.isTrue(node(action.condition())));
        }
        return conditions.isEmpty() ? nodes.truth(true) : nodes.and(conditions);
    }

    private SqlNode inSource() {
        return nodes.exists(
                nodes.select(
                        List.of(nodes.number(1)), node(change.source()), node(change.condition())));
    }

    /** Whether one of the actions applies, the match apart; null when one always does. */
    private SqlNode acting(When when) {
        List<SqlNode> conditions = new ArrayList<>();
        for (RowAction action : of(when)) {
            if (action.condition() == null) {
                return null;
            }
            conditions.add(nodes.isTrue(node(action.condition())));
        }
        return nodes.or(conditions);
    }

    /** A condition, and one of the actions applies. */
    private SqlNode acting(SqlNode condition, When when) {
        SqlNode acting = acting(when);
        return acting == null ? condition : nodes.and(List.of(condition, acting));
    }

    private List<RowAction> of(When when) {
        return change.actions().stream().filter(action -> action.when() == when).toList();
    }

    private boolean has(When when) {
        return !of(when).isEmpty();
    }

    private List<RowAction> onTarget() {
        return change.actions().stream()
                .filter(action -> action.when() != When.NOT_MATCHED)
                .toList();
    }

    private SqlNode target() {
        return nodes.as(nodes.name(TARGET), alias);
    }

    private String sourceAlias() {
        String own = FromAlias.of(change.source().node());
        return own == null ? SOURCE : own;
    }

    private SqlNode node(Syntax syntax) {
        return Parameters.bind(syntax.copy(), parameters).node();
    }

    private static SqlParserPos place(Position position) {
        return new SqlParserPos(
                position.line(), position.column(), position.endLine(), position.endColumn());
    }
}
