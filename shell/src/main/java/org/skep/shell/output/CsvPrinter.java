package org.skep.shell.output;

import java.sql.SQLException;
import java.util.List;

/**
 * Comma-separated values with a header (RFC 4180, but lines end with a line feed). Null is empty,
 * the empty text is {@code ""}.
 */
final class CsvPrinter implements RowPrinter {
    @Override
    public long print(Rows rows, Output out) throws SQLException {
        List<Rows.Heading> headings = rows.headings();
        for (int i = 0; i < headings.size(); i++) {
            out.print(i == 0 ? "" : ",").print(quoted(headings.get(i).name()));
        }
        out.print("\n");
        long count = 0;
        while (rows.next()) {
            for (int i = 0; i < headings.size(); i++) {
                String text = rows.text(i);
                out.print(i == 0 ? "" : ",").print(text == null ? "" : quoted(text));
            }
            out.print("\n");
            count++;
        }
        return count;
    }

    private static String quoted(String text) {
        boolean plain = !text.isEmpty();
        for (int i = 0; plain && i < text.length(); i++) {
            char c = text.charAt(i);
            plain = c != ',' && c != '"' && c != '\n' && c != '\r';
        }
        boolean padded = plain && (text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ');
        return plain && !padded ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
