package org.skep.jdbc;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.skep.executor.value.TextWriter;
import org.skep.model.data.Column;
import org.skep.model.type.Type;

/**
 * Values as text: what {@code getString} gives and the shell shows. It is the text that {@code
 * CAST(… AS STRING)} gives, but for binary values, which are shown as hexadecimal digits.
 */
final class ValueText {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private ValueText() {}

    static LocalDateTime dateTime(long micros) {
        long second = Math.floorDiv(micros, MICROS_PER_SECOND);
        int nanos = (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000;
        return LocalDateTime.ofEpochSecond(second, nanos, ZoneOffset.UTC);
    }

    static String binary(byte[] bytes) {
        return "\\x" + HexFormat.of().formatHex(bytes);
    }

    /** Text of a boxed value, see {@code Column.value}; not null. */
    static String of(Type type, Object value) {
        TextWriter out = new TextWriter(64);
        out.value(Column.constant(type, value, 1), 0);
        return out.toString();
    }
}
