package org.skep.executor.format.value;

import org.skep.model.data.Bits;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/** BIGINT, and intervals of a day and less as microseconds. */
final class LongParser extends ValueParser {
    private final Numbers numbers = new Numbers();

    LongParser(Type type) {
        super(type);
    }

    @Override
    public LongColumn parse(
            byte[] data, int[] starts, int[] lengths, long[] validity, int rows, BadValues bad) {
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
            if (validity == null || Bits.get(validity, i)) {
                values[i] = numbers.integer(data, starts[i], lengths[i]);
                if (numbers.failed) {
                    bad.add(i);
                }
            }
        }
        return new LongColumn(type(), values, rows, validity);
    }
}
