package org.skep.engine;

import java.util.List;
import java.util.Map;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.TableEvolution;
import org.skep.model.data.Batch;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.parser.Alteration;
import org.skep.parser.Name;
import org.skep.parser.Syntax;
import org.skep.parser.TableRule;
import org.skep.planner.Planner;
import org.skep.planner.change.ChangeQueries;

/** Rules that a table gets and loses after it was made, and what other changes mean to them. */
final class RuleCommands {
    private final SessionState session;
    private final ManagedTable table;
    private final TableEvolution evolution;

    RuleCommands(SessionState session, ManagedTable table, TableEvolution evolution) {
        this.session = session;
        this.table = table;
        this.evolution = evolution;
    }

    /** CHECKs name columns, so these cannot go or change. */
    void requireUnchecked(Name column) {
        try {
            Rules.requireUnchecked(table, column.parts().get(0));
        } catch (QueryException e) {
            throw e.at(column.position());
        }
    }

    /** The DEFAULTs of columns that are gone go too. */
    void dropDefaults(List<Name> columns) {
        List<String> keys =
                columns.stream()
                        .map(column -> ManagedTable.defaultKey(column.toString()))
                        .filter(table.ruleProperties()::containsKey)
                        .toList();
        if (!keys.isEmpty()) {
            evolution.unsetProperties(keys);
        }
    }

    /** A DEFAULT follows its column to another name. */
    void moveDefault(Name column, String to) {
        String from = ManagedTable.defaultKey(column.toString());
        String key = ManagedTable.defaultKey(to);
        if (table.ruleProperties().containsKey(from) && !from.equals(key)) {
            evolution.moveProperty(from, key);
        }
    }

    void add(TableRule rule, Name name) {
        Map<String, String> properties =
                new Rules(session)
                        .properties(
                                List.of(rule),
                                table.schema(),
                                name.last(),
                                table.checks().keySet());
        if (rule.kind() == TableRule.Kind.CHECK) {
            requireTrue(rule);
        }
        evolution.setProperties(properties);
    }

    private void requireTrue(TableRule rule) {
        Syntax broken = ChangeQueries.countBroken(rule.expression());
        Planner.Context context =
                TargetNames.context(session.context(), session.engine().tables().files(table));
        long rows = 0;
        try (QueryRun run = session.run(session.planner().plan(broken, context))) {
            run.start();
            for (Batch batch = run.next(); batch != null; batch = run.next()) {
                rows += (Long) batch.column(0).value(0);
            }
        }
        if (rows > 0) {
            throw new QueryException(
                    ErrorCode.CHECK_VIOLATION,
                    rule.position(),
                    "CHECK (%s) does not hold for %d rows of '%s'"
                            .formatted(rule.sql(), rows, table.name()),
                    "SELECT * FROM %s WHERE NOT (%s) shows them"
                            .formatted(table.name(), rule.sql()));
        }
    }

    void drop(Alteration.DropRule drop) {
        boolean check = drop.rule() == TableRule.Kind.CHECK;
        String key =
                check
                        ? table.checks().keySet().stream()
                                .filter(name -> name.equalsIgnoreCase(drop.name().last()))
                                .map(ManagedTable::checkKey)
                                .findFirst()
                                .orElse(ManagedTable.checkKey(drop.name().last()))
                        : ManagedTable.defaultKey(drop.name().toString());
        if (table.ruleProperties().containsKey(key)) {
            evolution.unsetProperties(List.of(key));
        } else if (check && !drop.ifExists()) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    drop.name().position(),
                    "table '%s' has no constraint '%s'".formatted(table.name(), drop.name()),
                    Suggestion.hint(drop.name().last(), List.copyOf(table.checks().keySet())));
        } else if (!check && table.schema().indexOf(drop.name().last()) < 0) {
            throw new QueryException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    drop.name().position(),
                    "no column '%s' in %s".formatted(drop.name(), table.name()),
                    Suggestion.hint(drop.name().last(), table.schema().names()));
        }
    }
}
