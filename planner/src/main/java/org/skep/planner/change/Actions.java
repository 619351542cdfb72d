package org.skep.planner.change;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.model.type.Schema;
import org.skep.parser.Name;
import org.skep.parser.RowAction;
import org.skep.parser.RowAction.Column;
import org.skep.parser.RowAction.When;
import org.skep.parser.Statement;

/** What can be wrong with the actions of a statement. */
final class Actions {
    private Actions() {}

    /** An action is never taken behind one of its kind that always is. */
    static void check(Statement.Change change) {
        Set<When> taken = EnumSet.noneOf(When.class);
        for (RowAction action : change.actions()) {
            if (taken.contains(action.when())) {
                throw new QueryException(
                        ErrorCode.INVALID_STATEMENT,
                        action.position(),
                        "this is never reached: a clause before it has no condition",
                        "put the clause without a condition last");
            }
            if (action.condition() == null) {
                taken.add(action.when());
            }
        }
    }

    /**
     * The columns that an action gives a value, in lower case, with the place of the value.
     *
     * @param alias what expressions call the table
     */
    static Map<String, Integer> columns(RowAction action, Schema table, Name name, String alias) {
        return switch (action.verb()) {
            case DELETE -> Map.of();
            case UPDATE, INSERT -> {
                List<String> columns =
                        action.columns().isEmpty()
                                ? table.names()
                                : action.columns().stream()
                                        .map(column -> found(column, table, name, alias))
                                        .toList();
                yield places(action, columns);
            }
        };
    }

    private static Map<String, Integer> places(RowAction action, List<String> columns) {
        if (!action.values().isEmpty() && action.values().size() != columns.size()) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    action.position(),
                    "%d values for %d columns".formatted(action.values().size(), columns.size()),
                    "the columns are " + String.join(", ", columns));
        }
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (places.put(columns.get(i).toLowerCase(Locale.ROOT), i) != null) {
                throw new QueryException(
                        ErrorCode.INVALID_STATEMENT,
                        action.columns().get(i).position(),
                        "column '%s' is given two values".formatted(columns.get(i)),
                        null);
            }
        }
        return places;
    }

    private static String found(Column column, Schema table, Name name, String alias) {
        String typed = column.name();
        String prefix = alias + ".";
        String plain =
                typed.regionMatches(true, 0, prefix, 0, prefix.length())
                        ? typed.substring(prefix.length())
                        : typed;
        int place = table.indexOf(plain);
        if (place < 0) {
            throw new QueryException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    column.position(),
                    "no column '%s' in %s".formatted(typed, name),
                    Suggestion.hint(plain, table.names()));
        }
        return table.field(place).name();
    }
}
