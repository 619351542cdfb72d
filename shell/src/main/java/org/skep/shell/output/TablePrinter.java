package org.skep.shell.output;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Aligned columns, numbers to the right:
 *
 * <pre>
 *  region | revenue
 * --------+---------
 *  EU     |   12.50
 * </pre>
 *
 * <p>The first rows fix the widths, so that memory stays bounded; a later value that is wider
 * pushes its line.
 */
final class TablePrinter implements RowPrinter {
    private static final int ROWS_MEASURED = 1000;

    @Override
    public long print(Rows rows, Output out) throws SQLException {
        List<Rows.Heading> headings = rows.headings();
        int[] widths = new int[headings.size()];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            names.add(DisplayWidth.oneLine(headings.get(i).name()));
            widths[i] = DisplayWidth.of(names.get(i));
        }
        List<List<String>> first = new ArrayList<>();
        boolean more = rows.next();
        while (more && first.size() < ROWS_MEASURED) {
            List<String> row = texts(rows, widths.length);
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i)));
            }
            first.add(row);
            more = rows.next();
        }
        head(out, names, headings, widths);
        for (List<String> row : first) {
            line(out, row, headings, widths);
        }
        long count = first.size();
        for (; more; more = rows.next()) {
            line(out, texts(rows, widths.length), headings, widths);
            count++;
        }
        return count;
    }

    private static List<String> texts(Rows rows, int columns) throws SQLException {
        List<String> texts = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            String text = rows.text(i);
            texts.add(text == null ? "NULL" : DisplayWidth.oneLine(text));
        }
        return texts;
    }

    private static void head(
            Output out, List<String> names, List<Rows.Heading> headings, int[] widths) {
        line(out, names, headings, widths);
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "" : "+").append("-".repeat(widths[i] + 2));
        }
        out.line(rule);
    }

    private static void line(
            Output out, List<String> texts, List<Rows.Heading> headings, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String text = texts.get(i);
            int padding = Math.max(0, widths[i] - DisplayWidth.of(text));
            boolean right = headings.get(i).kind() == Rows.Kind.NUMBER;
            line.append(i == 0 ? " " : " | ");
            if (right) {
                line.append(" ".repeat(padding)).append(text);
            } else {
                line.append(text).append(i == widths.length - 1 ? "" : " ".repeat(padding));
            }
        }
        out.line(line);
    }
}
