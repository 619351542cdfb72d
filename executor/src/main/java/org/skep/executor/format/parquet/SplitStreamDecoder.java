package org.skep.executor.format.parquet;

/** BYTE_STREAM_SPLIT: the first bytes of all values, then all second bytes, and so on. */
final class SplitStreamDecoder implements ValueDecoder {
    private final int width;
    private byte[] page;
    private int from;
    private int total;
    private int next;

    SplitStreamDecoder(int width) {
        this.width = width;
    }

    @Override
    public void start(byte[] bytes, int start, int to, int values) {
        if ((to - start) % width != 0) {
            throw new CorruptPageException(
                    "%d bytes split into %d streams".formatted(to - start, width));
        }
        page = bytes;
        from = start;
        total = (to - start) / width;
        next = 0;
    }

    @Override
    public void read(Values out, int at, int count) {
        int first = next;
        skip(count);
        switch (out.kind) {
            case INT32 -> {
                for (int i = 0; i < count; i++) {
                    out.ints[at + i] = (int) value(first + i, 4);
                }
            }
            case INT64 -> {
                for (int i = 0; i < count; i++) {
                    out.longs[at + i] = value(first + i, 8);
                }
            }
            case FLOAT -> {
                for (int i = 0; i < count; i++) {
                    out.doubles[at + i] = Float.intBitsToFloat((int) value(first + i, 4));
                }
            }
            case DOUBLE -> {
                for (int i = 0; i < count; i++) {
                    out.doubles[at + i] = Double.longBitsToDouble(value(first + i, 8));
                }
            }
            case FIXED, INT96, BYTE_ARRAY, BOOLEAN -> fixed(out, at, first, count);
        }
    }

    private long value(int index, int bytes) {
        long value = 0;
        for (int b = 0; b < bytes; b++) {
            value |= (page[from + b * total + index] & 0xFFL) << (8 * b);
        }
        return value;
    }

    private void fixed(Values out, int at, int first, int count) {
        out.reserveData(count * width);
        int end = out.dataEnd;
        for (int i = 0; i < count; i++) {
            out.starts[at + i] = end;
            out.lengths[at + i] = width;
            for (int b = 0; b < width; b++) {
                out.data[end++] = page[from + b * total + first + i];
            }
        }
        out.dataEnd = end;
    }

    @Override
    public void skip(int count) {
        if (count > total - next) {
            throw new CorruptPageException("fewer values than the page says");
        }
        next += count;
    }
}
