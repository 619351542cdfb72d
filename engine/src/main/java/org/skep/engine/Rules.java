package org.skep.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.model.plan.Expr;
import org.skep.model.type.Schema;
import org.skep.parser.SqlParser;
import org.skep.parser.Syntax;
import org.skep.parser.TableRule;
import org.skep.planner.change.ColumnDefaults;
import org.skep.planner.physical.RowCheck;

/** CHECKs and DEFAULTs of tables: SQL text in the table's properties, put into every write. */
final class Rules {
    private final SessionState session;

    Rules(SessionState session) {
        this.session = session;
    }

    /** The CHECKs of a table, for rows with its columns. */
    List<RowCheck> checks(ManagedTable table) {
        Map<String, String> texts = table.checks();
        List<Syntax> conditions = new ArrayList<>();
        texts.values().forEach(text -> conditions.add(new Syntax(SqlParser.expression(text))));
        if (conditions.isEmpty()) {
            return List.of();
        }
        List<Expr> converted = session.planner().conditions(conditions, table.schema());
        List<RowCheck> checks = new ArrayList<>();
        texts.forEach(
                (name, text) -> checks.add(new RowCheck(name, text, converted.get(checks.size()))));
        return checks;
    }

    static ColumnDefaults defaults(ManagedTable table) {
        return new ColumnDefaults(table.defaults());
    }

    /**
     * Rules of a new table, or more of one that is there, as its properties.
     *
     * @param taken names of CHECKs that are there
     */
    Map<String, String> properties(
            List<TableRule> rules, Schema columns, String table, Set<String> taken) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (TableRule rule : rules) {
            String key =
                    switch (rule.kind()) {
                        case CHECK -> {
                            session.planner().conditions(List.of(rule.expression()), columns);
                            yield checkKey(rule, table, taken, properties.keySet());
                        }
                        case DEFAULT -> defaultKey(rule, columns);
                    };
            if (properties.put(key, rule.sql()) != null) {
                throw new QueryException(
                        ErrorCode.INVALID_STATEMENT,
                        rule.position(),
                        "a second %s '%s'".formatted(rule.kind(), rule.name()),
                        null);
            }
        }
        return properties;
    }

    /** A CHECK without a name is called after the table. */
    private static String checkKey(
            TableRule rule, String table, Set<String> taken, Set<String> given) {
        String name = rule.name();
        for (int i = 1; name == null; i++) {
            String candidate = table + "_check" + (i == 1 ? "" : Integer.toString(i));
            boolean free =
                    !taken.contains(candidate) && !given.contains(ManagedTable.checkKey(candidate));
            name = free ? candidate : null;
        }
        if (taken.contains(name)) {
            throw new QueryException(
                    ErrorCode.ALREADY_EXISTS,
                    rule.position(),
                    "there is a CHECK '%s' already".formatted(name),
                    "choose another name, or drop that one");
        }
        return ManagedTable.checkKey(name);
    }

    private String defaultKey(TableRule rule, Schema columns) {
        int column = columns.indexOf(rule.name());
        if (column < 0) {
            throw new QueryException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    rule.position(),
                    "no column '%s'".formatted(rule.name()),
                    Suggestion.hint(rule.name(), columns.names()));
        }
        session.planner().constant(rule.expression().cast(columns.type(column)), session.context());
        return ManagedTable.defaultKey(columns.field(column).name());
    }

    /**
     * Makes sure that no CHECK mentions a column that is to go or to be called otherwise.
     *
     * @throws QueryException INVALID_STATEMENT when one does
     */
    static void requireUnchecked(ManagedTable table, String column) {
        table.checks()
                .forEach(
                        (name, text) -> {
                            Set<String> named = new Syntax(SqlParser.expression(text)).names();
                            if (named.contains(column.toLowerCase(Locale.ROOT))) {
                                throw new QueryException(
                                        ErrorCode.INVALID_STATEMENT,
                                        "CHECK '%s' mentions column '%s'".formatted(name, column),
                                        "drop it first: ALTER TABLE %s DROP CONSTRAINT %s"
                                                .formatted(table.name(), name));
                            }
                        });
    }
}
