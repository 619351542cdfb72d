package org.skep.executor.format.csv;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.skep.executor.format.Formats;
import org.skep.executor.format.value.Delimiters;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * How a file separates its fields.
 *
 * @param delimiter one byte or more
 * @param quote -1 for none
 * @param escape what makes a quote within quotes plain; the quote itself, mostly
 * @param comment records that begin with it are passed over; -1 for none
 * @param lineEnd the last byte of a line
 * @param nullText what stands for null; null when only an empty field does
 */
record CsvDialect(
        byte[] delimiter, int quote, int escape, int comment, byte lineEnd, byte[] nullText) {
    private static final Map<String, String> SYNONYMS =
            Map.ofEntries(
                    Map.entry("sep", "delimiter"),
                    Map.entry("delim", "delimiter"),
                    Map.entry("separator", "delimiter"),
                    Map.entry("field.delim", "delimiter"),
                    Map.entry("fields_terminated_by", "delimiter"),
                    Map.entry("quotechar", "quote"),
                    Map.entry("escapechar", "escape"),
                    Map.entry("nullstr", "null_value"),
                    Map.entry("nullvalue", "null_value"),
                    Map.entry("null", "null_value"),
                    Map.entry("skip_rows", "skip"),
                    Map.entry("skiprows", "skip"),
                    Map.entry("date_format", "dateformat"),
                    Map.entry("timestamp_format", "timestampformat"),
                    Map.entry("new_line", "newline"));

    /** The options under the names that the reader looks for. */
    static Map<String, String> normal(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(Formats.renamed(options, SYNONYMS));
        return all;
    }

    /** The dialect of options in which at least the delimiter is given. */
    static CsvDialect of(Map<String, String> options) {
        int quote = single(options, "quote", "\"");
        int escape = options.containsKey("escape") ? single(options, "escape", "") : quote;
        String nullText = options.get("null_value");
        String newline = Delimiters.unescaped(options.getOrDefault("newline", "\n"));
        byte end = (byte) (newline.isEmpty() ? '\n' : newline.charAt(newline.length() - 1));
        return new CsvDialect(
                delimiter(options.getOrDefault("delimiter", ",")),
                quote,
                escape < 0 ? quote : escape,
                single(options, "comment", ""),
                end,
                nullText == null || nullText.isEmpty()
                        ? null
                        : nullText.getBytes(StandardCharsets.UTF_8));
    }

    CsvDialect withDelimiter(String other) {
        return new CsvDialect(delimiter(other), quote, escape, comment, lineEnd, nullText);
    }

    private static byte[] delimiter(String text) {
        byte[] bytes = Delimiters.unescaped(text).getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > 16 || has(bytes, '\n') || has(bytes, '\r')) {
            throw invalid("delimiter", text, "1 to 16 characters such as , or \\t");
        }
        return bytes;
    }

    private static boolean has(byte[] bytes, char c) {
        for (byte b : bytes) {
            if (b == c) {
                return true;
            }
        }
        return false;
    }

    private static int single(Map<String, String> options, String name, String otherwise) {
        String text = Delimiters.unescaped(options.getOrDefault(name, otherwise));
        if (text.isEmpty() || text.equals("\0") || text.equalsIgnoreCase("none")) {
            return -1;
        }
        if (text.length() > 1 || text.charAt(0) > 127) {
            throw invalid(name, text, "one ASCII character, or empty for none");
        }
        return text.charAt(0);
    }

    static boolean flag(Map<String, String> options, String name) {
        String text = options.get(name);
        return text != null && (text.isEmpty() || isTrue(name, text));
    }

    static boolean isTrue(String name, String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw invalid(name, text, "true or false");
        };
    }

    static long number(Map<String, String> options, String name, long otherwise) {
        String text = options.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw invalid(name, text, "a number");
        }
    }

    static QueryException invalid(String option, String value, String expected) {
        return new QueryException(
                ErrorCode.INVALID_ARGUMENT,
                "option %s cannot be '%s'".formatted(option, value),
                "%s is %s".formatted(option, expected));
    }
}
