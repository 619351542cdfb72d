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
import org.skep.planner.expr.Casts;

/** Rows of a query as rows of a table: columns in the table's order and of its types. */
public final class TableRows {
    private TableRows() {}

    /**
     * The rows under the names of the query's columns. What the optimiser leaves may have others,
     * and files are read by name.
     */
    public static PlanNode named(PlanNode query, Schema columns) {
        Set<String> taken = new HashSet<>();
        for (String name : columns.names()) {
            if (!taken.add(name.toLowerCase(Locale.ROOT))) {
                throw new QueryException(
                        ErrorCode.INVALID_STATEMENT,
                        "two columns are named '%s'".formatted(name),
                        "give one of them another name with AS");
            }
        }
        Schema from = query.schema();
        if (from.names().equals(columns.names())) {
            return query;
        }
        List<Expr> row = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            row.add(Casts.to(new Expr.Input(i, from.type(i)), columns.type(i)));
        }
        return new PlanNode.Project(query, row, columns);
    }

    /**
     * @param places for each column of {@code table} the place in the query, or -1 for null
     */
    public static PlanNode of(PlanNode query, Schema table, List<Integer> places) {
        int given = (int) places.stream().filter(place -> place >= 0).count();
        Schema from = query.schema();
        if (from.size() != given) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    "the query gives %d columns, the table takes %d".formatted(from.size(), given),
                    "the table's columns are " + String.join(", ", table.names()));
        }
        List<Expr> row = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            int place = places.get(i);
            Expr value =
                    place < 0
                            ? new Expr.Literal(null, table.type(i))
                            : new Expr.Input(place, from.type(place));
            row.add(Casts.to(value, table.type(i)));
        }
        return new PlanNode.Project(query, row, table);
    }
}
