package org.skep.planner.explain;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Maps, lists, texts, numbers, truth values and null as JSON, indented. */
final class JsonWriter {
    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    static String write(Object value) {
        JsonWriter writer = new JsonWriter();
        writer.value(value, "\n");
        return writer.out.append('\n').toString();
    }

    private void value(Object value, String line) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator).append(line).append("  ");
                text(entry.getKey().toString());
                out.append(": ");
                value(entry.getValue(), line + "  ");
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : line + "}");
        } else if (value instanceof List<?> list) {
            list(list, line);
        } else if (value instanceof Double number) {
            out.append(number(number));
        } else if (value instanceof CharSequence text) {
            text(text);
        } else {
            out.append(value); // null, whole numbers, truth values
        }
    }

    private void list(List<?> list, String line) {
        boolean plain =
                list.stream().noneMatch(each -> each instanceof Map || each instanceof List);
        String separator = "[";
        for (Object each : list) {
            out.append(separator).append(plain ? "" : line + "  ");
            value(each, line + "  ");
            separator = plain ? ", " : ",";
        }
        out.append(list.isEmpty() ? "[]" : plain ? "]" : line + "]");
    }

    /** Whole where it is, else with three decimals; null for what is no number. */
    private static String number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return "null";
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Math.abs(number) < 1e15
                        ? String.format(Locale.ROOT, "%.3f", number)
                        : Double.toString(number);
    }

    private void text(CharSequence text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
