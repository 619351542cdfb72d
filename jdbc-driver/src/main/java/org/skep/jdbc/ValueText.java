package org.skep.jdbc;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.skep.model.type.Type;

/** Values as text: what {@code getString} gives and the shell shows. Nested ones are JSON. */
final class ValueText {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

    private ValueText() {}

    static String date(int days) {
        return LocalDate.ofEpochDay(days).toString();
    }

    static LocalDateTime dateTime(long micros) {
        long second = Math.floorDiv(micros, MICROS_PER_SECOND);
        int nanos = (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000;
        return LocalDateTime.ofEpochSecond(second, nanos, ZoneOffset.UTC);
    }

    /** {@code 2026-01-15 10:00:00}, with as many digits after the second as it has. */
    static String timestamp(long micros) {
        long days = Math.floorDiv(micros, MICROS_PER_DAY);
        StringBuilder out = new StringBuilder(26);
        out.append(LocalDate.ofEpochDay(days)).append(' ');
        time(out, Math.floorMod(micros, MICROS_PER_DAY));
        return out.toString();
    }

    static String floating(Type.Kind kind, double value) {
        return kind == Type.Kind.FLOAT ? Float.toString((float) value) : Double.toString(value);
    }

    static String binary(byte[] bytes) {
        return "\\x" + HexFormat.of().formatHex(bytes);
    }

    /** {@code 1 year 2 months}. */
    static String months(int months) {
        int years = months / 12;
        int rest = months % 12;
        if (years == 0) {
            return counted(rest, "month");
        }
        return counted(years, "year") + (rest == 0 ? "" : " " + counted(rest, "month"));
    }

    /** {@code 3 days 04:05:06.5}; both parts have the sign. */
    static String dayTime(long micros) {
        long days = micros / MICROS_PER_DAY;
        long rest = micros % MICROS_PER_DAY;
        StringBuilder out = new StringBuilder();
        if (days != 0) {
            out.append(counted(days, "day"));
        }
        if (rest != 0 || days == 0) {
            out.append(days == 0 ? "" : " ").append(rest < 0 ? "-" : "");
            time(out, Math.abs(rest));
        }
        return out.toString();
    }

    private static String counted(long count, String unit) {
        return count + " " + unit + (Math.abs(count) == 1 ? "" : "s");
    }

    private static void time(StringBuilder out, long micros) {
        long seconds = micros / MICROS_PER_SECOND;
        long fraction = micros % MICROS_PER_SECOND;
        two(out, seconds / 3600).append(':');
        two(out, seconds / 60 % 60).append(':');
        two(out, seconds % 60);
        if (fraction != 0) {
            String digits = Long.toString(MICROS_PER_SECOND + fraction).substring(1);
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            out.append('.').append(digits, 0, end);
        }
    }

    private static StringBuilder two(StringBuilder out, long number) {
        return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** Text of a boxed value, see {@code Column.value}; not null. */
    static String of(Type type, Object value) {
        return switch (type.kind()) {
            case NULL, BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, STRING -> value.toString();
            case FLOAT, DOUBLE -> floating(type.kind(), (Double) value);
            case DECIMAL -> ((java.math.BigDecimal) value).toPlainString();
            case DATE -> date((Integer) value);
            case TIMESTAMP -> timestamp((Long) value);
            case BINARY -> binary((byte[]) value);
            case INTERVAL_MONTH -> months((Integer) value);
            case INTERVAL_DAY -> dayTime((Long) value);
            case ARRAY, MAP, STRUCT -> {
                StringBuilder out = new StringBuilder();
                json(out, type, value);
                yield out.toString();
            }
        };
    }

    /** A boxed value, or null, as JSON. */
    static void json(StringBuilder out, Type type, Object value) {
        if (value == null) {
            out.append("null");
            return;
        }
        switch (type.kind()) {
            case NULL, BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL ->
                    out.append(of(type, value));
            case FLOAT, DOUBLE -> {
                String text = of(type, value);
                boolean finite = Double.isFinite((Double) value);
                out.append(finite ? text : "\"" + text + "\"");
            }
            case STRING, DATE, TIMESTAMP, BINARY, INTERVAL_MONTH, INTERVAL_DAY ->
                    quoted(out, of(type, value));
            case ARRAY -> array(out, type.element(), (List<?>) value);
            case MAP -> map(out, type, (Map<?, ?>) value);
            case STRUCT -> struct(out, type, (List<?>) value);
        }
    }

    private static void array(StringBuilder out, Type element, List<?> values) {
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            out.append(i == 0 ? "" : ",");
            json(out, element, values.get(i));
        }
        out.append(']');
    }

    private static void map(StringBuilder out, Type type, Map<?, ?> entries) {
        Type key = type.children().get(0).type();
        Type value = type.children().get(1).type();
        out.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            out.append(comma);
            quoted(out, entry.getKey() == null ? "null" : of(key, entry.getKey()));
            json(out.append(':'), value, entry.getValue());
            comma = ",";
        }
        out.append('}');
    }

    private static void struct(StringBuilder out, Type type, List<?> members) {
        out.append('{');
        for (int i = 0; i < members.size(); i++) {
            out.append(i == 0 ? "" : ",");
            quoted(out, type.children().get(i).name());
            json(out.append(':'), type.children().get(i).type(), members.get(i));
        }
        out.append('}');
    }

    private static void quoted(StringBuilder out, String text) {
        out.append('"');
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
                        out.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
