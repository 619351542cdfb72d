package org.skep.planner.change;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.parser.SqlParser;
import org.skep.parser.Syntax;
import org.skep.planner.check.Relocation;

/**
 * The DEFAULTs of a table's columns.
 *
 * @param texts SQL by the lower-case names of columns; those without one default to NULL
 */
public record ColumnDefaults(Map<String, String> texts) {
    private static final String DEFAULT = "default";

    public ColumnDefaults {
        texts = Map.copyOf(texts);
    }

    /** The value of a column that gets none; null for NULL. */
    public Syntax of(String column) {
        String text = texts.get(column.toLowerCase(Locale.ROOT));
        return text == null ? null : new Syntax(SqlParser.expression(text));
    }

    /**
     * The same as syntax at a place in a statement.
     *
     * @param place where errors in it are shown
     */
    SqlNode at(String column, SqlParserPos place) {
        Syntax value = of(column);
        return value == null ? SqlLiteral.createNull(place) : Relocation.to(place, value.node());
    }

    /** Whether a value is the word DEFAULT, where no column of that name is in sight. */
    static boolean isDefault(SqlNode value) {
        return value instanceof SqlIdentifier name
                && name.isSimple()
                && !name.isComponentQuoted(0)
                && name.getSimple().equalsIgnoreCase(DEFAULT);
    }

    /**
     * VALUES with the defaults in place of the word DEFAULT; any other query as it is.
     *
     * @param columns which its columns are of
     */
    public Syntax in(Syntax query, List<String> columns) {
        if (query.node().getKind() != SqlKind.VALUES) {
            return query;
        }
        SqlCall values = (SqlCall) query.copy().node();
        for (SqlNode row : values.getOperandList()) {
            SqlCall cells = (SqlCall) row;
            int count = Math.min(cells.operandCount(), columns.size());
            for (int i = 0; i < count; i++) {
                SqlNode cell = cells.operand(i);
                if (isDefault(cell)) {
                    cells.setOperand(i, at(columns.get(i), cell.getParserPosition()));
                }
            }
        }
        return new Syntax(values);
    }
}
