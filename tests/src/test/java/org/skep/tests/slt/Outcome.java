package org.skep.tests.slt;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.skep.model.error.QueryException;

/**
 * What a statement gave: an error, or rows as text.
 *
 * @param error what it failed with, or null
 * @param types a letter for each column
 */
record Outcome(SQLException error, String types, List<List<String>> rows) {
    static Outcome failed(SQLException error) {
        return new Outcome(error, "", List.of());
    }

    static Outcome nothing() {
        return new Outcome(null, "", List.of());
    }

    static Outcome of(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        StringBuilder types = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            types.append(letter(columns.getColumnType(i)));
        }
        List<List<String>> rows = new ArrayList<>();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.add(text(result.getString(i)));
            }
            rows.add(row);
        }
        return new Outcome(null, types.toString(), rows);
    }

    private static char letter(int type) {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> 'I';
            case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.DECIMAL, Types.NUMERIC -> 'R';
            case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR -> 'T';
            case Types.BOOLEAN, Types.BIT -> 'B';
            case Types.DATE -> 'D';
            case Types.TIMESTAMP -> 'P';
            default -> '?';
        };
    }

    private static String text(String value) {
        if (value == null) {
            return "NULL";
        }
        if (value.isEmpty()) {
            return "(empty)";
        }
        String line = value.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
        return line.replaceAll("^ | $", "␣");
    }

    /** The name of the error's code; BUG for one that no one foresaw. */
    String code() {
        return error.getCause() instanceof QueryException cause ? cause.code().name() : "BUG";
    }

    /** The lines a file shows for the rows. */
    List<String> lines(Block.Sort sort) {
        if (sort == Block.Sort.VALUESORT) {
            return rows.stream().flatMap(List::stream).sorted().toList();
        }
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(String.join(" ", row)));
        if (sort == Block.Sort.ROWSORT) {
            Collections.sort(lines);
        }
        return lines;
    }

    /** The rows as SQLite's own files have them, a value a line. */
    List<String> values() {
        return rows.stream().flatMap(List::stream).toList();
    }
}
