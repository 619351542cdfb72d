package org.skep.shell.output;

import java.sql.SQLException;
import java.util.List;

/** A table for a Markdown document. */
final class MarkdownPrinter implements RowPrinter {
    @Override
    public long print(Rows rows, Output out) throws SQLException {
        List<Rows.Heading> headings = rows.headings();
        for (Rows.Heading heading : headings) {
            out.print("| ").print(escaped(heading.name())).print(" ");
        }
        out.line("|");
        for (Rows.Heading heading : headings) {
            out.print(heading.kind() == Rows.Kind.NUMBER ? "| ---: " : "| --- ");
        }
        out.line("|");
        long count = 0;
        while (rows.next()) {
            for (int i = 0; i < headings.size(); i++) {
                String text = rows.text(i);
                out.print("| ").print(text == null ? "NULL" : escaped(text)).print(" ");
            }
            out.line("|");
            count++;
        }
        return count;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("\r\n", "<br>")
                .replace("\n", "<br>");
    }
}
