package org.skep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.model.plan.Expr;
import org.skep.model.type.Schema;
import org.skep.parser.Name;
import org.skep.parser.Statement;
import org.skep.parser.Syntax;
import org.skep.planner.Destination.Source;
import org.skep.planner.change.ColumnDefaults;

/**
 * Which columns of a table an INSERT gives, and from where.
 *
 * @param sources one for each column of the table
 * @param partition the columns of a static partition with their values
 */
record TableColumns(List<Source> sources, Map<String, Object> partition) {
    /**
     * @param constant what an expression comes to
     */
    static TableColumns of(
            Schema schema,
            Statement.Insert insert,
            ColumnDefaults defaults,
            Function<Syntax, Expr.Literal> constant) {
        Source[] sources = new Source[schema.size()];
        Map<String, Object> partition = new LinkedHashMap<>();
        insert.partition()
                .forEach(
                        (name, value) -> {
                            int column = place(schema, name, insert.name());
                            Expr.Literal literal = constant.apply(value);
                            set(sources, column, new Source(-1, literal), name, insert.name());
                            partition.put(schema.field(column).name(), literal.value());
                        });
        List<Integer> given = given(schema, sources, insert);
        for (int i = 0; i < given.size(); i++) {
            int column = given.get(i);
            String name = schema.field(column).name();
            set(sources, column, new Source(i, null), name, insert.name());
        }
        for (int i = 0; i < sources.length; i++) {
            if (sources[i] == null) {
                Syntax otherwise = defaults.of(schema.field(i).name());
                sources[i] =
                        new Source(
                                -1,
                                otherwise == null
                                        ? null
                                        : constant.apply(otherwise.cast(schema.type(i))));
            }
        }
        return new TableColumns(Arrays.asList(sources), partition);
    }

    /** The names of the columns that the query gives, in its order. */
    List<String> given(Schema schema) {
        String[] names = new String[sources.size()];
        int count = 0;
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).place() >= 0) {
                names[sources.get(i).place()] = schema.field(i).name();
                count++;
            }
        }
        return Arrays.asList(names).subList(0, count);
    }

    /** The columns that the query gives, in its order. */
    private static List<Integer> given(Schema schema, Source[] taken, Statement.Insert insert) {
        List<Integer> given = new ArrayList<>();
        List<Integer> last =
                insert.dynamic().stream().map(n -> place(schema, n, insert.name())).toList();
        if (insert.columns().isEmpty()) {
            for (int i = 0; i < schema.size(); i++) {
                if (taken[i] == null && !last.contains(i)) {
                    given.add(i);
                }
            }
        } else {
            insert.columns().forEach(name -> given.add(place(schema, name, insert.name())));
        }
        for (int column : last) {
            if (!given.contains(column)) {
                given.add(column);
            }
        }
        return given;
    }

    private static void set(Source[] sources, int column, Source source, String name, Name table) {
        if (sources[column] != null) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    table.position(),
                    "column '%s' is named twice".formatted(name),
                    null);
        }
        sources[column] = source;
    }

    private static int place(Schema schema, String name, Name table) {
        int column = schema.indexOf(name);
        if (column < 0) {
            throw new QueryException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    table.position(),
                    "no column '%s' in %s".formatted(name, table),
                    Suggestion.hint(name, schema.names()));
        }
        return column;
    }
}
