package org.skep.executor.format.value;

import org.skep.model.data.Bits;
import org.skep.model.data.DoubleColumn;
import org.skep.model.type.Type;

/** FLOAT and DOUBLE. */
final class DoubleParser extends ValueParser {
    private final Numbers numbers = new Numbers();
    private final boolean single;

    DoubleParser(Type type) {
        super(type);
        single = type.kind() == Type.Kind.FLOAT;
    }

    @Override
    public DoubleColumn parse(
            byte[] data, int[] starts, int[] lengths, long[] validity, int rows, BadValues bad) {
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
            if (validity == null || Bits.get(validity, i)) {
                double value = numbers.floating(data, starts[i], lengths[i]);
                if (numbers.failed) {
                    bad.add(i);
                }
                values[i] = single ? (float) value : value;
            }
        }
        return new DoubleColumn(type(), values, rows, validity);
    }
}
