package org.skep.executor.function.scalar;

import java.math.BigInteger;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.IllegalFormatException;
import java.util.Locale;
import org.skep.executor.value.TextWriter;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.Utf8;
import org.skep.model.type.Type;

/** Text and bytes in other notations. */
public final class EncodingFunctions {
    private EncodingFunctions() {}

    @SqlFunction(
            value = {"ascii", "ord", "unicode"},
            doc = "the code point of the first character, 0 for no text",
            example = "ascii('A') = 65")
    public static int ascii(String text) {
        return text.isEmpty() ? 0 : text.codePointAt(0);
    }

    @SqlFunction(
            value = {"chr", "char"},
            doc = "the character of a code point",
            example = "chr(8364) = '€'")
    public static String chr(int codePoint) {
        return Character.toString(codePoint);
    }

    @SqlFunction(
            value = {"base64", "to_base64"},
            doc = "bytes in base 64",
            example = "base64('Hello') = 'SGVsbG8='")
    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @SqlFunction(
            value = {"unbase64", "from_base64"},
            doc = "bytes from base 64",
            example = "unbase64('SGVsbG8=') = BINARY 'Hello'")
    public static byte[] unbase64(String text) {
        return Base64.getMimeDecoder().decode(text);
    }

    @SqlFunction(
            value = {"hex", "to_hex"},
            doc = "bytes in hexadecimal",
            example = "hex('Az') = '417A'")
    public static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    @SqlFunction(
            value = {"hex", "to_hex"},
            doc = "a number in hexadecimal",
            example = "hex(255) = 'FF'")
    public static String hex(long number) {
        return Long.toHexString(number).toUpperCase(Locale.ROOT);
    }

    @SqlFunction(
            value = {"unhex", "from_hex"},
            doc = "bytes from hexadecimal; null when it is none",
            example = "unhex('417A') = BINARY 'Az'")
    public static byte[] unhex(String text) {
        String even = text.length() % 2 == 0 ? text : "0" + text;
        for (int i = 0; i < even.length(); i++) {
            if (!HexFormat.isHexDigit(even.charAt(i))) {
                return null;
            }
        }
        return HexFormat.of().parseHex(even);
    }

    @SqlFunction(
            value = "encode",
            doc = "text as bytes of a character set",
            example = "encode('ä', 'ISO-8859-1') = unhex('E4')")
    public static byte[] encode(String text, String charset) {
        return text.getBytes(charset(charset));
    }

    @SqlFunction(
            value = "decode",
            doc = "bytes of a character set as text",
            example = "decode(unhex('E4'), 'latin1') = 'ä'")
    public static String decode(byte[] bytes, String charset) {
        return new String(bytes, charset(charset));
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no character set '" + name + "'", e);
        }
    }

    @SqlFunction(
            value = {"url_encode", "uri_encode"},
            doc = "as part of a URL",
            example = "url_encode('a b&c') = 'a+b%26c'")
    public static String urlEncode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @SqlFunction(
            value = {"url_decode", "uri_decode"},
            doc = "from part of a URL",
            example = "url_decode('a+b%26c') = 'a b&c'")
    public static String urlDecode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @SqlFunction(
            value = {"quote", "quote_literal"},
            doc = "as a SQL text literal",
            example = "quote('it''s') = '''it''''s'''")
    public static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @SqlFunction(
            value = "quote_ident",
            doc = "as a SQL name",
            example = "quote_ident('a \"b\"') = '\"a \"\"b\"\"\"'")
    public static String quoteIdentifier(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    @SqlFunction(value = "bin", doc = "a number in binary", example = "bin(10) = '1010'")
    public static String bin(long number) {
        return Long.toBinaryString(number);
    }

    @SqlFunction(
            value = "conv",
            doc = "a number from one base to another, 2 to 36; null when it is none",
            example = "conv('ff', 16, 10) = '255'")
    public static String conv(String number, int from, int to) {
        int base = Math.abs(to);
        if (from < 2 || from > 36 || base < 2 || base > 36) {
            throw new IllegalArgumentException("bases are 2 to 36, not " + from + " and " + to);
        }
        try {
            return new BigInteger(number.strip(), from).toString(base).toUpperCase(Locale.ROOT);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @SqlFunction(
            value = {"format_string", "printf", "format"},
            signature = "(string, any...) string",
            doc = "values put into a format of Java's Formatter",
            example = "format_string('%s has %d (%.1f)', 'a', 3, DOUBLE '1.25') = 'a has 3 (1.3)'")
    public static Column format(Type type, int rows, Column[] arguments) {
        ColumnBuilder out = ColumnBuilder.of(type, rows);
        Object[] values = new Object[arguments.length - 1];
        for (int i = 0; i < rows; i++) {
            Object format = arguments[0].value(i);
            if (format == null) {
                out.appendNull();
                continue;
            }
            for (int k = 0; k < values.length; k++) {
                values[k] = printable(arguments[k + 1], i);
            }
            try {
                out.appendString(String.format(Locale.ROOT, (String) format, values));
            } catch (IllegalFormatException e) {
                throw new IllegalArgumentException(
                        "'%s' does not suit its arguments: %s".formatted(format, e.getMessage()),
                        e);
            }
        }
        return out.build();
    }

    /** Numbers, texts and booleans as they are; all else in its canonical text. */
    private static Object printable(Column column, int row) {
        boolean plain =
                column.type().isNumeric()
                        || column.type().kind() == Type.Kind.STRING
                        || column.type().kind() == Type.Kind.BOOLEAN;
        if (plain || column.isNull(row)) {
            return column.value(row);
        }
        TextWriter text = new TextWriter(32);
        text.value(column, row);
        return text.toString();
    }

    @SqlFunction(
            value = "format_number",
            doc = "with commas between thousands and so many digits after the point",
            example = "format_number(DOUBLE '12332.123456', 4) = '12,332.1235'")
    public static String formatNumber(double number, int digits) {
        return String.format(Locale.ROOT, "%,." + Math.min(30, Math.max(0, digits)) + "f", number);
    }

    @SqlFunction(
            value = {"to_binary", "encode"},
            doc = "text as UTF-8 bytes",
            example = "to_binary('ä') = unhex('C3A4')")
    public static byte[] toBinary(Utf8 text) {
        return text.copy();
    }
}
