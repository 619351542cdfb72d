package org.skep.executor.format.value;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.type.Type;

/** BOOLEAN: true, t, yes, y, 1 and false, f, no, n, 0, in any case. */
final class BooleanParser extends ValueParser {
    BooleanParser(Type type) {
        super(type);
    }

    @Override
    public BooleanColumn parse(
            byte[] data, int[] starts, int[] lengths, long[] validity, int rows, BadValues bad) {
        byte[] values = new byte[rows];
        for (int i = 0; i < rows; i++) {
            if (validity == null || Bits.get(validity, i)) {
                int value = value(data, starts[i], lengths[i]);
                if (value < 0) {
                    bad.add(i);
                } else {
                    values[i] = (byte) value;
                }
            }
        }
        return new BooleanColumn(type(), values, rows, validity);
    }

    private static int value(byte[] data, int start, int length) {
        if (length > 16) {
            return -1;
        }
        String text = new String(data, start, length, StandardCharsets.ISO_8859_1);
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "1" -> 1;
            case "false", "f", "no", "n", "0" -> 0;
            default -> -1;
        };
    }
}
