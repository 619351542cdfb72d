package org.skep.shell.output;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A line for each value, a rule before each row: for rows too wide for the screen. */
final class VerticalPrinter implements RowPrinter {
    @Override
    public long print(Rows rows, Output out) throws SQLException {
        List<String> names = new ArrayList<>();
        int width = 0;
        for (Rows.Heading heading : rows.headings()) {
            String name = DisplayWidth.oneLine(heading.name());
            names.add(name);
            width = Math.max(width, DisplayWidth.of(name));
        }
        long count = 0;
        while (rows.next()) {
            String title = "-[ row " + ++count + " ]";
            out.line(title + "-".repeat(Math.max(1, width + 12 - title.length())));
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                String text = rows.text(i);
                out.print(name)
                        .print(" ".repeat(width - DisplayWidth.of(name)))
                        .print(" | ")
                        .line(text == null ? "NULL" : DisplayWidth.oneLine(text));
            }
        }
        return count;
    }
}
