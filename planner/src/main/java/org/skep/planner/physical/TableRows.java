package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.planner.expr.Casts;

/** Rows of a query as rows of a table: columns in the table's order and of its types. */
public final class TableRows {
    private TableRows() {}

    /**
     * @param places for each column of {@code table} the place in the query, or -1
     * @param otherwise for each column its value when the query does not give it; null for NULL
     */
    public static PlanNode of(
            PlanNode query, Schema table, List<Integer> places, List<Expr.Literal> otherwise) {
        requireDistinct(table);
        int given = (int) places.stream().filter(place -> place >= 0).count();
        Schema from = query.schema();
        if (from.size() != given) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    "the query gives %d columns, the table takes %d".formatted(from.size(), given),
                    "the table's columns are " + String.join(", ", table.names()));
        }
        List<Expr> row = new ArrayList<>();
        boolean same = from.names().equals(table.names());
        for (int i = 0; i < table.size(); i++) {
            int place = places.get(i);
            Expr value = value(from, place, otherwise.get(i), table.type(i));
            Expr cast = Casts.to(value, table.type(i));
            same &= place == i && cast == value;
            row.add(cast);
        }
        return same ? query : new PlanNode.Project(query, row, table);
    }

    private static Expr value(Schema from, int place, Expr.Literal otherwise, Type type) {
        if (place >= 0) {
            return new Expr.Input(place, from.type(place));
        }
        return otherwise == null ? new Expr.Literal(null, type) : otherwise;
    }

    /** Files are read by name. */
    private static void requireDistinct(Schema columns) {
        Set<String> taken = new HashSet<>();
        for (String name : columns.names()) {
            if (!taken.add(name.toLowerCase(Locale.ROOT))) {
                throw new QueryException(
                        ErrorCode.INVALID_STATEMENT,
                        "two columns are named '%s'".formatted(name),
                        "give one of them another name with AS");
            }
        }
    }
}
