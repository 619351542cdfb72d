package org.skep.executor.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.skep.model.data.Int128;
import org.skep.model.type.Type;

/**
 * Reads values from UTF-8 text, strictly: the whole text must be the value, blanks around it apart.
 * A read returns whether it succeeded and leaves what it read in {@link #value}, {@link #high} or
 * {@link #number}. Serves one thread.
 */
public final class TextReader {
    private static final double[] EXACT_POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    private byte[] data;
    private int at;
    private int end;
    private long value;
    private long high;
    private double number;

    /** The integer, unscaled decimal (low half), days or microseconds that was read. */
    public long value() {
        return value;
    }

    /** The high half of a decimal. */
    public long high() {
        return high;
    }

    public double number() {
        return number;
    }

    private void begin(byte[] bytes, int start, int length) {
        data = bytes;
        at = start;
        end = start + length;
        while (at < end && isBlank(data[at])) {
            at++;
        }
        while (end > at && isBlank(data[end - 1])) {
            end--;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }

    public boolean readLong(byte[] bytes, int start, int length) {
        begin(bytes, start, length);
        boolean negative = at < end && data[at] == '-';
        if (negative || at < end && data[at] == '+') {
            at++;
        }
        if (at == end) {
            return false;
        }
        long total = 0; // negative, since that side reaches further
        for (; at < end; at++) {
            int digit = data[at] - '0';
            if (digit < 0 || digit > 9 || total < Long.MIN_VALUE / 10) {
                return false;
            }
            total *= 10;
            if (total < Long.MIN_VALUE + digit) {
                return false;
            }
            total -= digit;
        }
        value = negative ? total : -total;
        return negative || total != Long.MIN_VALUE;
    }

    /**
     * Digits, point and exponent of a number.
     *
     * <p>Sets {@code mantissa}, {@code digits} (significant ones), {@code exponent}.
     */
    private boolean scanNumber() {
        negative = at < end && data[at] == '-';
        if (negative || at < end && data[at] == '+') {
            at++;
        }
        mantissa = 0;
        digits = 0;
        exponent = 0;
        int seen = 0;
        boolean point = false;
        for (; at < end; at++) {
            int digit = data[at] - '0';
            if (digit >= 0 && digit <= 9) {
                seen++;
                digits += digits > 0 || digit > 0 ? 1 : 0;
                mantissa = digits <= 18 ? mantissa * 10 + digit : mantissa;
                exponent -= point ? 1 : 0;
            } else if (data[at] == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (seen == 0) {
            return false;
        }
        if (at < end && (data[at] | 0x20) == 'e') {
            at++;
            boolean down = at < end && data[at] == '-';
            if (down || at < end && data[at] == '+') {
                at++;
            }
            int power = 0;
            int first = at;
            for (; at < end && data[at] >= '0' && data[at] <= '9'; at++) {
                power = Math.min(100_000, power * 10 + data[at] - '0');
            }
            if (at == first) {
                return false;
            }
            exponent += down ? -power : power;
        }
        return at == end;
    }

    private boolean negative;
    private long mantissa;
    private int digits;
    private int exponent;

    public boolean readDouble(byte[] bytes, int start, int length) {
        begin(bytes, start, length);
        int from = at;
        if (!scanNumber()) {
            at = from;
            return readWordDouble();
        }
        if (digits <= 15 && exponent >= -22 && exponent <= 22) {
            // both are exact doubles, so one rounding is right (Clinger 1990)
            double exact =
                    exponent < 0
                            ? mantissa / EXACT_POWERS[-exponent]
                            : mantissa * EXACT_POWERS[exponent];
            number = negative ? -exact : exact;
        } else {
            number =
                    Double.parseDouble(
                            new String(data, from, end - from, StandardCharsets.ISO_8859_1));
        }
        return true;
    }

    private boolean readWordDouble() {
        boolean minus = at < end && data[at] == '-';
        if (minus || at < end && data[at] == '+') {
            at++;
        }
        if (isWord("inf") || isWord("infinity")) {
            number = minus ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return true;
        }
        number = Double.NaN;
        return isWord("nan");
    }

    private boolean isWord(String word) {
        if (end - at != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((data[at + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A DECIMAL rounded half up to the type's scale; false also when it has too many digits. */
    public boolean readDecimal(byte[] bytes, int start, int length, Type type) {
        begin(bytes, start, length);
        int from = at;
        if (!scanNumber()) {
            return false;
        }
        int up = exponent + type.scale();
        if (digits <= 18 && up >= 0 && up + digits <= 18) {
            long unscaled = mantissa * (long) EXACT_POWERS[up];
            value = negative ? -unscaled : unscaled;
            high = value >> 63;
            return digits + up <= type.precision() || mantissa == 0;
        }
        if (mantissa == 0 && digits == 0) {
            value = 0;
            high = 0;
            return true;
        }
        if (Math.abs((long) exponent) > 1000) {
            value = 0;
            high = 0;
            return exponent < 0; // far too small is zero, far too large does not fit
        }
        BigDecimal fitted =
                Decimals.fitOrNull(
                        new BigDecimal(
                                new String(data, from, end - from, StandardCharsets.ISO_8859_1)),
                        type);
        if (fitted == null) {
            return false;
        }
        BigInteger unscaled = fitted.unscaledValue();
        value = Int128.low(unscaled);
        high = Int128.high(unscaled);
        return true;
    }

    /** true, t, yes, y, on, 1 and their opposites. */
    public boolean readBoolean(byte[] bytes, int start, int length) {
        begin(bytes, start, length);
        boolean yes = isWord("true") || isWord("t") || isWord("yes") || isWord("y") || isWord("on");
        boolean no = isWord("false") || isWord("f") || isWord("no") || isWord("n") || isWord("off");
        boolean one = end - at == 1 && (data[at] == '1' || data[at] == '0');
        value = yes || one && data[at] == '1' ? 1 : 0;
        return yes || no || one;
    }

    /** {@code 2024-01-15}; a time of day that follows must be valid and is dropped. */
    public boolean readDate(byte[] bytes, int start, int length) {
        begin(bytes, start, length);
        if (!scanDate()) {
            return false;
        }
        long days = value;
        if (at < end && !scanTime()) {
            return false;
        }
        value = days;
        return at == end;
    }

    /**
     * {@code 2024-01-15 10:30:00.123456}, a T for the blank, a date alone, or with Z or an offset
     * such as +02:00, which is converted to UTC.
     */
    public boolean readTimestamp(byte[] bytes, int start, int length) {
        begin(bytes, start, length);
        if (!scanDate()) {
            return false;
        }
        long midnight = value * Calendar.MICROS_PER_DAY;
        value = 0;
        if (at < end && !scanTime()) {
            return false;
        }
        value += midnight;
        return at == end;
    }

    private boolean scanDate() {
        boolean minus = at < end && data[at] == '-';
        at += minus ? 1 : 0;
        int from = at;
        int year = scanDigits(6);
        if (at - from < 4 || !skip('-')) {
            return false;
        }
        int month = scanDigits(2);
        if (month < 1 || month > 12 || !skip('-')) {
            return false;
        }
        int day = scanDigits(2);
        year = minus ? -year : year;
        if (day < 1 || day > Calendar.daysInMonth(year, month) || year > 290_000) {
            return false;
        }
        value = Calendar.days(year, month, day);
        return true;
    }

    private boolean scanTime() {
        if (data[at] != ' ' && data[at] != 'T' && data[at] != 't') {
            return false;
        }
        at++;
        int hour = scanDigits(2);
        if (hour < 0 || hour > 23 || !skip(':')) {
            return false;
        }
        int minute = scanDigits(2);
        if (minute < 0 || minute > 59) {
            return false;
        }
        int second = 0;
        long fraction = 0;
        if (skip(':')) {
            second = scanDigits(2);
            if (second < 0 || second > 59) {
                return false;
            }
            if (skip('.')) {
                fraction = scanFraction();
                if (fraction < 0) {
                    return false;
                }
            }
        }
        value =
                hour * Calendar.MICROS_PER_HOUR
                        + minute * Calendar.MICROS_PER_MINUTE
                        + second * Calendar.MICROS_PER_SECOND
                        + fraction;
        return at == end || scanZone();
    }

    /** Microseconds; digits beyond the sixth are dropped. */
    private long scanFraction() {
        int from = at;
        long micros = 0;
        for (; at < end && data[at] >= '0' && data[at] <= '9'; at++) {
            micros = at - from < 6 ? micros * 10 + data[at] - '0' : micros;
        }
        for (int i = at - from; i < 6; i++) {
            micros *= 10;
        }
        return at == from ? -1 : micros;
    }

    private boolean scanZone() {
        skip(' ');
        if ((data[at] | 0x20) == 'z' && at + 1 == end) {
            at++;
            return true;
        }
        if (isWord("utc")) {
            at = end;
            return true;
        }
        boolean west = data[at] == '-';
        if (!west && data[at] != '+') {
            return false;
        }
        at++;
        int hours = scanDigits(2);
        skip(':');
        int minutes = at < end ? scanDigits(2) : 0;
        long offset = hours * Calendar.MICROS_PER_HOUR + minutes * Calendar.MICROS_PER_MINUTE;
        value += west ? offset : -offset;
        return hours >= 0 && hours <= 18 && minutes >= 0 && minutes < 60;
    }

    /** Up to {@code most} digits as a number; -1 when there are none. */
    private int scanDigits(int most) {
        int from = at;
        int total = 0;
        while (at < end && at - from < most && data[at] >= '0' && data[at] <= '9') {
            total = total * 10 + data[at++] - '0';
        }
        return at == from ? -1 : total;
    }

    private boolean skip(char expected) {
        if (at < end && data[at] == expected) {
            at++;
            return true;
        }
        return false;
    }
}
