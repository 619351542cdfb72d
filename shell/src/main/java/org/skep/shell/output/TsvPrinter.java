package org.skep.shell.output;

import java.sql.SQLException;
import java.util.List;

/**
 * Tab-separated values with a header, as Hive and Postgres' COPY read them: tabs, line ends and
 * backslashes are escaped by a backslash, null is {@code \N}.
 */
final class TsvPrinter implements RowPrinter {
    @Override
    public long print(Rows rows, Output out) throws SQLException {
        List<Rows.Heading> headings = rows.headings();
        for (int i = 0; i < headings.size(); i++) {
            out.print(i == 0 ? "" : "\t").print(escaped(headings.get(i).name()));
        }
        out.print("\n");
        long count = 0;
        while (rows.next()) {
            for (int i = 0; i < headings.size(); i++) {
                String text = rows.text(i);
                out.print(i == 0 ? "" : "\t").print(text == null ? "\\N" : escaped(text));
            }
            out.print("\n");
            count++;
        }
        return count;
    }

    private static String escaped(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String escape =
                    switch (c) {
                        case '\t' -> "\\t";
                        case '\n' -> "\\n";
                        case '\r' -> "\\r";
                        case '\\' -> "\\\\";
                        default -> null;
                    };
            if (escape != null && out == null) {
                out = new StringBuilder(text.length() + 8).append(text, 0, i);
            }
            if (out != null) {
                out.append(escape == null ? String.valueOf(c) : escape);
            }
        }
        return out == null ? text : out.toString();
    }
}
