package org.skep.shell.output;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** The rows of a JDBC result. */
public final class ResultSetRows implements Rows {
    private final ResultSet result;
    private final List<Heading> headings = new ArrayList<>();

    public ResultSetRows(ResultSet result) throws SQLException {
        this.result = result;
        ResultSetMetaData columns = result.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            headings.add(new Heading(columns.getColumnLabel(i), kind(columns.getColumnType(i))));
        }
    }

    private static Kind kind(int type) {
        return switch (type) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.DECIMAL,
                    Types.NUMERIC ->
                    Kind.NUMBER;
            case Types.BOOLEAN, Types.BIT -> Kind.BOOLEAN;
            case Types.ARRAY, Types.STRUCT, Types.JAVA_OBJECT -> Kind.NESTED;
            default -> Kind.TEXT;
        };
    }

    @Override
    public List<Heading> headings() {
        return headings;
    }

    @Override
    public boolean next() throws SQLException {
        return result.next();
    }

    @Override
    public String text(int column) throws SQLException {
        return result.getString(column + 1);
    }
}
