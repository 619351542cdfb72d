package org.skep.executor.format.parquet;

/** DELTA_BINARY_PACKED values of INT32 and INT64. */
final class DeltaIntegerDecoder implements ValueDecoder {
    private final DeltaIntegers integers = new DeltaIntegers();

    @Override
    public void start(byte[] page, int from, int to, int values) {
        integers.start(page, from, to, values);
    }

    @Override
    public void read(Values out, int at, int count) {
        if (out.kind == Physical.INT32) {
            integers.read(out.ints, at, count);
        } else {
            integers.read(out.longs, at, count);
        }
    }

    @Override
    public void skip(int count) {
        integers.skip(count);
    }
}
