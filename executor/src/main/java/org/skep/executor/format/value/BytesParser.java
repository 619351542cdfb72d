package org.skep.executor.format.value;

import org.skep.model.data.Bits;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.type.Type;

/** STRING as it stands; BINARY as it stands, or as hexadecimal digits after {@code \x}. */
final class BytesParser extends ValueParser {
    /** A column whose strings make up less than this share of the shared bytes gets its own. */
    private static final int SHARE = 4;

    BytesParser(Type type) {
        super(type);
    }

    @Override
    public boolean keepsTexts() {
        return true;
    }

    @Override
    public Column parse(
            byte[] data, int[] starts, int[] lengths, long[] validity, int rows, BadValues bad) {
        if (type().kind() == Type.Kind.BINARY) {
            return binary(data, starts, lengths, validity, rows, bad);
        }
        BytesColumn column = new BytesColumn(type(), data, starts, lengths, rows, validity);
        long total = 0;
        for (int i = 0; i < rows; i++) {
            total += lengths[i];
        }
        return total * SHARE < data.length ? column.compact() : column;
    }

    private Column binary(
            byte[] data, int[] starts, int[] lengths, long[] validity, int rows, BadValues bad) {
        ColumnBuilder builder = ColumnBuilder.of(type(), rows);
        for (int i = 0; i < rows; i++) {
            int start = starts[i];
            int length = lengths[i];
            if (validity != null && !Bits.get(validity, i)) {
                builder.appendNull();
            } else if (length < 2 || data[start] != '\\' || data[start + 1] != 'x') {
                builder.appendBytes(data, start, length);
            } else {
                byte[] bytes = hex(data, start + 2, length - 2);
                if (bytes == null) {
                    bad.add(i);
                    builder.appendNull();
                } else {
                    builder.appendBytes(bytes, 0, bytes.length);
                }
            }
        }
        return builder.build();
    }

    private static byte[] hex(byte[] data, int start, int length) {
        if (length % 2 != 0) {
            return null;
        }
        byte[] bytes = new byte[length / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(data[start + 2 * i], 16);
            int low = Character.digit(data[start + 2 * i + 1], 16);
            if (high < 0 || low < 0) {
                return null;
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }
}
