package org.skep.executor.format.value;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Numbers from bytes. One object serves one thread: {@link #failed} tells of the last call. */
final class Numbers {
    /** 10^0 … 10^22, the powers of ten that are exact doubles. */
    private static final double[] POWERS = new double[23];

    static final long[] LONG_POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
        LONG_POWERS[0] = 1;
        for (int i = 1; i < LONG_POWERS.length; i++) {
            LONG_POWERS[i] = LONG_POWERS[i - 1] * 10;
        }
    }

    /** Whether the last text was not a number. */
    boolean failed;

    /** An integer; spaces around it are passed over. */
    long integer(byte[] data, int start, int length) {
        int at = start;
        int end = start + length;
        boolean negative = length > 0 && data[at] == '-';
        if (negative) {
            at++;
        }
        int digits = end - at;
        if (digits < 1 || digits > 18) {
            return slowInteger(data, start, length);
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = data[at] - '0';
            if (digit < 0 || digit > 9) {
                return slowInteger(data, start, length);
            }
            value = value * 10 + digit;
        }
        failed = false;
        return negative ? -value : value;
    }

    private long slowInteger(byte[] data, int start, int length) {
        int at = start;
        int end = start + length;
        while (at < end && isSpace(data[at])) {
            at++;
        }
        while (end > at && isSpace(data[end - 1])) {
            end--;
        }
        boolean negative = at < end && data[at] == '-';
        if (at < end && (data[at] == '-' || data[at] == '+')) {
            at++;
        }
        failed = at == end;
        long value = 0; // held negative: the smallest long has no positive counterpart
        for (; at < end; at++) {
            int digit = data[at] - '0';
            if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
                failed = true;
                return 0;
            }
            value = value * 10 - digit;
        }
        if (!negative && value == Long.MIN_VALUE) {
            failed = true;
        }
        return negative ? value : -value;
    }

    /**
     * A floating-point number, correctly rounded. Up to 2^53 and 10^22 one multiplication or
     * division of exact doubles is exact enough (Clinger, "How to read floating point numbers
     * accurately", 1990); what lies beyond goes to the JDK.
     */
    double floating(byte[] data, int start, int length) {
        int at = start;
        int end = start + length;
        boolean negative = false;
        if (at < end && (data[at] == '-' || data[at] == '+')) {
            negative = data[at] == '-';
            at++;
        }
        int first = at;
        long mantissa = 0;
        int digit;
        while (at < end && (digit = data[at] - '0') >= 0 && digit <= 9) {
            mantissa = mantissa * 10 + digit;
            at++;
        }
        int digits = at - first;
        int scale = 0;
        if (at < end && data[at] == '.') {
            at++;
            int point = at;
            while (at < end && (digit = data[at] - '0') >= 0 && digit <= 9) {
                mantissa = mantissa * 10 + digit;
                at++;
            }
            scale = at - point;
            digits += scale;
        }
        if (at < end || digits == 0 || digits > 18 || mantissa > 1L << 53 || scale > 22) {
            return slowFloating(data, start, length);
        }
        failed = false;
        double value = scale == 0 ? mantissa : mantissa / POWERS[scale];
        return negative ? -value : value;
    }

    private double slowFloating(byte[] data, int start, int length) {
        String text = new String(data, start, length, StandardCharsets.ISO_8859_1).strip();
        failed = false;
        if (isDecimalSyntax(text)) {
            return Double.parseDouble(text);
        }
        switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "nan":
                return Double.NaN;
            case "inf", "+inf", "infinity", "+infinity":
                return Double.POSITIVE_INFINITY;
            case "-inf", "-infinity":
                return Double.NEGATIVE_INFINITY;
            default:
                failed = true;
                return 0;
        }
    }

    /** Any decimal number, exactly, or null. */
    BigDecimal decimal(byte[] data, int start, int length) {
        String text = new String(data, start, length, StandardCharsets.ISO_8859_1).strip();
        failed = !isDecimalSyntax(text) || text.length() > 1000;
        if (failed) {
            return null;
        }
        BigDecimal value = new BigDecimal(text);
        failed = Math.abs((long) value.scale()) > 10_000; // 1e999999999 is no number to expand
        return failed ? null : value;
    }

    /**
     * Digits with an optional sign, point and exponent: what the JDK reads and some things less.
     */
    static boolean isDecimalSyntax(String text) {
        int at = 0;
        int end = text.length();
        if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int digits = 0;
        boolean point = false;
        for (; at < end; at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return false;
        }
        if (at == end) {
            return true;
        }
        if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return false;
        }
        at++;
        if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int exponent = end - at;
        for (; at < end; at++) {
            if (text.charAt(at) < '0' || text.charAt(at) > '9') {
                return false;
            }
        }
        return exponent > 0 && exponent <= 9;
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }
}
