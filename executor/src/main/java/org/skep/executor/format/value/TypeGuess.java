package org.skep.executor.format.value;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.skep.model.type.Type;

/**
 * The narrowest type that takes every text it was shown: BOOLEAN, BIGINT, DOUBLE, DATE, TIMESTAMP,
 * else STRING. What looks like a number but would not be written back the same, such as {@code
 * 00123}, {@code +49} or an integer beyond BIGINT, stays STRING.
 */
public final class TypeGuess {
    private final Numbers numbers = new Numbers();
    private final SingleValue dates;
    private final SingleValue timestamps;
    private boolean booleans = true;
    private boolean integers = true;
    private boolean doubles = true;
    private boolean allDates = true;
    private boolean allTimestamps = true;
    private boolean any;

    public TypeGuess(TextFormats formats) {
        dates = new SingleValue(Type.DATE, formats);
        timestamps = new SingleValue(Type.TIMESTAMP, formats);
    }

    /** Takes in another text; null, for a null, fits every type. */
    public void add(String text) {
        if (text == null || text.isEmpty() || isString()) {
            return;
        }
        any = true;
        String plain = text.strip();
        if (plain.isEmpty()) {
            beString();
            return;
        }
        String lower = plain.length() <= 5 ? plain.toLowerCase(Locale.ROOT) : "";
        booleans &= lower.equals("true") || lower.equals("false");
        if (doubles) {
            addNumber(plain);
        }
        allTimestamps = allTimestamps && timestamps.parse(text) != null;
        allDates = allDates && dates.parse(text) != null;
    }

    private void addNumber(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int start = bytes[0] == '-' ? 1 : 0;
        boolean padded =
                bytes.length > start + 1
                        && bytes[start] == '0'
                        && bytes[start + 1] >= '0'
                        && bytes[start + 1] <= '9';
        if (padded || bytes[0] == '+') {
            integers = false;
            doubles = false;
            return;
        }
        numbers.integer(bytes, 0, bytes.length);
        boolean integer = !numbers.failed;
        integers &= integer;
        numbers.floating(bytes, 0, bytes.length);
        boolean tooLong = !integer && text.matches("-?[0-9]+");
        doubles &= !numbers.failed && !tooLong;
    }

    /** Gives up every type but STRING. */
    public void beString() {
        any = true;
        booleans = false;
        integers = false;
        doubles = false;
        allDates = false;
        allTimestamps = false;
    }

    private boolean isString() {
        return any && !booleans && !integers && !doubles && !allDates && !allTimestamps;
    }

    /** Whether nothing but nulls was seen. */
    public boolean isEmpty() {
        return !any;
    }

    public Type type() {
        if (!any) {
            return Type.STRING;
        }
        if (booleans) {
            return Type.BOOLEAN;
        }
        if (integers) {
            return Type.BIGINT;
        }
        if (doubles) {
            return Type.DOUBLE;
        }
        return allDates ? Type.DATE : allTimestamps ? Type.TIMESTAMP : Type.STRING;
    }
}
