package org.skep.executor.format.value;

import org.skep.model.data.Bits;
import org.skep.model.data.IntColumn;
import org.skep.model.type.Type;

/** TINYINT, SMALLINT, INTEGER, and intervals of a month and more as months. */
final class IntParser extends ValueParser {
    private final Numbers numbers = new Numbers();
    private final long least;
    private final long most;

    IntParser(Type type) {
        super(type);
        least = type.isInteger() ? type.minInteger() : Integer.MIN_VALUE;
        most = type.isInteger() ? type.maxInteger() : Integer.MAX_VALUE;
    }

    @Override
    public IntColumn parse(
            byte[] data, int[] starts, int[] lengths, long[] validity, int rows, BadValues bad) {
        int[] values = new int[rows];
        for (int i = 0; i < rows; i++) {
            if (validity == null || Bits.get(validity, i)) {
                long value = numbers.integer(data, starts[i], lengths[i]);
                if (numbers.failed || value < least || value > most) {
                    bad.add(i);
                }
                values[i] = (int) value;
            }
        }
        return new IntColumn(type(), values, rows, validity);
    }
}
