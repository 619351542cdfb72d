package org.skep.executor.format.parquet;

import static org.skep.executor.format.parquet.BitPacking.INTS;
import static org.skep.executor.format.parquet.BitPacking.LONGS;

import java.io.OutputStream;
import java.util.Arrays;

/** A growing array of bytes, little endian. */
final class ByteSink extends OutputStream {
    private byte[] bytes = new byte[1 << 12];
    private int size;

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void reserve(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, count), size + (size >> 1)));
        }
    }

    /** Takes over bytes that were put behind the end, for which there is room. */
    void skip(int count) {
        size += count;
    }

    @Override
    public void write(int octet) {
        reserve(1);
        bytes[size++] = (byte) octet;
    }

    @Override
    public void write(byte[] from, int start, int length) {
        reserve(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    void writeInt(int value) {
        reserve(4);
        INTS.set(bytes, size, value);
        size += 4;
    }

    void writeLong(long value) {
        reserve(8);
        LONGS.set(bytes, size, value);
        size += 8;
    }

    /** Overwrites four bytes that were written before. */
    void setInt(int at, int value) {
        INTS.set(bytes, at, value);
    }

    /** Seven bits a byte, least significant first. */
    void writeVarint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        write((int) rest);
    }

    /** Signed numbers with small ones short. */
    void writeZigzag(long value) {
        writeVarint(value << 1 ^ value >> 63);
    }
}
