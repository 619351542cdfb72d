package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.model.type.Schema;
import org.skep.parser.Name;

/**
 * Which columns of a table an INSERT gives.
 *
 * @param schema of the table
 * @param places for each column of the table the place in the query, or -1 for null
 */
record TableColumns(Schema schema, List<Integer> places) {
    /**
     * @param names the columns that the query gives, in its order; empty for all
     */
    static TableColumns of(Schema schema, List<String> names, Name table) {
        List<Integer> places = new ArrayList<>();
        if (names.isEmpty()) {
            for (int i = 0; i < schema.size(); i++) {
                places.add(i);
            }
            return new TableColumns(schema, places);
        }
        for (int i = 0; i < schema.size(); i++) {
            places.add(-1);
        }
        for (int i = 0; i < names.size(); i++) {
            int column = schema.indexOf(names.get(i));
            if (column < 0) {
                throw new QueryException(
                        ErrorCode.COLUMN_NOT_FOUND,
                        table.position(),
                        "no column '%s' in %s".formatted(names.get(i), table),
                        Suggestion.hint(names.get(i), schema.names()));
            }
            if (places.get(column) >= 0) {
                throw new QueryException(
                        ErrorCode.INVALID_STATEMENT,
                        table.position(),
                        "column '%s' is named twice".formatted(names.get(i)),
                        null);
            }
            places.set(column, i);
        }
        return new TableColumns(schema, places);
    }
}
