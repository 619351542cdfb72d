package org.skep.shell.output;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** An object for each row, on a line of its own; numbers that JSON does not know are texts. */
final class JsonPrinter implements RowPrinter {
    /** What is around the objects. */
    enum Frame {
        /** One array of all rows. */
        ARRAY,
        /** Nothing: JSON Lines. */
        LINES
    }

    private final Frame frame;

    JsonPrinter(Frame frame) {
        this.frame = frame;
    }

    @Override
    public long print(Rows rows, Output out) throws SQLException {
        List<Rows.Heading> headings = rows.headings();
        List<String> keys = new ArrayList<>();
        for (Rows.Heading heading : headings) {
            keys.add(quoted(heading.name()) + ":");
        }
        boolean array = frame == Frame.ARRAY;
        long count = 0;
        while (rows.next()) {
            if (array) {
                out.print(count == 0 ? "[" : ",\n ");
            }
            for (int i = 0; i < keys.size(); i++) {
                out.print(i == 0 ? "{" : ",").print(keys.get(i));
                out.print(value(headings.get(i).kind(), rows.text(i)));
            }
            out.print(array ? "}" : "}\n");
            count++;
        }
        if (array) {
            out.print(count == 0 ? "[]\n" : "]\n");
        }
        return count;
    }

    private static String value(Rows.Kind kind, String text) {
        if (text == null) {
            return "null";
        }
        return switch (kind) {
            case BOOLEAN, NESTED -> text;
            case NUMBER -> isFinite(text) ? text : quoted(text);
            case TEXT -> quoted(text);
        };
    }

    private static boolean isFinite(String number) {
        char last = number.charAt(number.length() - 1);
        return last >= '0' && last <= '9'; // not NaN, Infinity
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(Character.forDigit(c >> 4, 16));
                        out.append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
