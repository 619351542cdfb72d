package org.skep.executor.format.lines;

import org.skep.model.data.Bits;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.ColumnBuilder;

/** Keeps invalid UTF-8 out of STRING columns. */
public final class Utf8Text {
    private Utf8Text() {}

    /** Whether the bytes from {@code from} to before {@code to} are well-formed UTF-8. */
    public static boolean isValid(byte[] data, int from, int to) {
        int i = from;
        while (i < to) {
            int b = data[i];
            if (b >= 0) {
                i++;
                continue;
            }
            int more = b >= (byte) 0xC2 && b < (byte) 0xE0 ? 1 : b < (byte) 0xF0 ? 2 : 3;
            if (b < (byte) 0xC2 || b > (byte) 0xF4 || i + more >= to) {
                return false;
            }
            int second = data[i + 1] & 0xFF;
            boolean bad =
                    b == (byte) 0xE0 && second < 0xA0
                            || b == (byte) 0xED && second > 0x9F
                            || b == (byte) 0xF0 && second < 0x90
                            || b == (byte) 0xF4 && second > 0x8F;
            for (int k = 1; k <= more; k++) {
                bad |= (data[i + k] & 0xC0) != 0x80;
            }
            if (bad) {
                return false;
            }
            i += more + 1;
        }
        return true;
    }

    /** The column with every invalid sequence replaced by U+FFFD. */
    public static BytesColumn repaired(BytesColumn column) {
        ColumnBuilder builder = ColumnBuilder.of(column.type(), column.rows());
        long[] validity = column.validity();
        for (int i = 0; i < column.rows(); i++) {
            if (validity != null && !Bits.get(validity, i)) {
                builder.appendNull();
            } else {
                builder.appendString(column.string(i)); // decoding replaces
            }
        }
        return (BytesColumn) builder.build();
    }
}
