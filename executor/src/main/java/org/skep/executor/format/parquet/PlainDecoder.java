package org.skep.executor.format.parquet;

import static org.skep.executor.format.parquet.BitPacking.INTS;
import static org.skep.executor.format.parquet.BitPacking.LONGS;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** PLAIN: values one after another, little endian; byte arrays with their length before them. */
final class PlainDecoder implements ValueDecoder {
    /** Fewer values than this are copied one by one: views of the page are objects. */
    private static final int FEW = 32;

    private final Physical kind;
    private final int width;
    private byte[] page;
    private ByteBuffer view;
    private int position;
    private int end;
    private int bit;

    PlainDecoder(Physical kind, int width) {
        this.kind = kind;
        this.width = width;
    }

    @Override
    public void start(byte[] bytes, int from, int to, int values) {
        if (page != bytes) {
            page = bytes;
            view = ByteBuffer.wrap(bytes);
        }
        position = from;
        end = to;
        bit = 0;
    }

    @Override
    public void read(Values out, int at, int count) {
        switch (kind) {
            case BOOLEAN -> booleans(out.booleans, at, count);
            case INT32 -> ints(out.ints, at, count);
            case INT64 -> longs(out.longs, at, count);
            case DOUBLE -> doubles(out.doubles, at, count);
            case FLOAT -> floats(out.doubles, at, count);
            case FIXED, INT96 -> fixed(out, at, count);
            case BYTE_ARRAY -> byteArrays(out, at, count);
        }
    }

    /** Passes over values of fixed width and says where they begin. */
    private int take(int count) {
        if ((long) count * width > end - position) {
            throw new CorruptPageException("fewer values than the page says");
        }
        int from = position;
        position += count * width;
        return from;
    }

    private void ints(int[] out, int at, int count) {
        int from = take(count);
        if (count >= FEW) {
            part(from, 4 * count).asIntBuffer().get(out, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[at + i] = (int) INTS.get(page, from + 4 * i);
        }
    }

    private void longs(long[] out, int at, int count) {
        int from = take(count);
        if (count >= FEW) {
            part(from, 8 * count).asLongBuffer().get(out, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[at + i] = (long) LONGS.get(page, from + 8 * i);
        }
    }

    private void doubles(double[] out, int at, int count) {
        int from = take(count);
        if (count >= FEW) {
            part(from, 8 * count).asDoubleBuffer().get(out, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[at + i] = Double.longBitsToDouble((long) LONGS.get(page, from + 8 * i));
        }
    }

    private ByteBuffer part(int from, int bytes) {
        return view.slice(from, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void floats(double[] out, int at, int count) {
        byte[] in = page;
        int from = take(count);
        for (int i = 0; i < count; i++) {
            out[at + i] = Float.intBitsToFloat((int) INTS.get(in, from + 4 * i));
        }
    }

    private void booleans(byte[] out, int at, int count) {
        takeBits(count);
        int first = bit - count;
        for (int i = 0; i < count; i++) {
            int index = first + i;
            out[at + i] = (byte) (page[position + (index >>> 3)] >>> (index & 7) & 1);
        }
    }

    private void takeBits(int count) {
        if (bit + (long) count > (end - position) * 8L) {
            throw new CorruptPageException("fewer values than the page says");
        }
        bit += count;
    }

    private void fixed(Values out, int at, int count) {
        int from = take(count);
        int start = out.appendData(page, from, count * width);
        int[] starts = out.starts;
        int[] lengths = out.lengths;
        for (int i = 0; i < count; i++) {
            starts[at + i] = start + i * width;
            lengths[at + i] = width;
        }
    }

    /** Copies the whole stretch, lengths included: one big copy beats many small ones. */
    private void byteArrays(Values out, int at, int count) {
        byte[] in = page;
        int[] starts = out.starts;
        int[] lengths = out.lengths;
        int from = position;
        int last = end - 4;
        int shift = out.dataEnd - from + 4;
        int p = from;
        for (int i = 0; i < count; i++) {
            int length = p > last ? -1 : (int) INTS.get(in, p);
            if (length < 0 || length > last - p) {
                throw new CorruptPageException("a byte array that runs beyond its page");
            }
            starts[at + i] = p + shift;
            lengths[at + i] = length;
            p += 4 + length;
        }
        out.appendData(in, from, p - from);
        position = p;
    }

    @Override
    public void skip(int count) {
        if (kind == Physical.BOOLEAN) {
            takeBits(count);
        } else if (kind != Physical.BYTE_ARRAY) {
            take(count);
        } else {
            int p = position;
            int last = end - 4;
            for (int i = 0; i < count; i++) {
                int length = p > last ? -1 : (int) INTS.get(page, p);
                if (length < 0 || length > last - p) {
                    throw new CorruptPageException("a byte array that runs beyond its page");
                }
                p += 4 + length;
            }
            position = p;
        }
    }
}
