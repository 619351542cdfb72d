package org.skep.model.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A stretch of UTF-8 bytes: what a function over STRING takes and returns when it needs no
 * characters. The bytes are shared, never changed.
 */
public final class Utf8 implements Comparable<Utf8> {
    public static final Utf8 EMPTY = new Utf8(new byte[0], 0, 0);

    private final byte[] data;
    private final int start;
    private final int length;

    public Utf8(byte[] data, int start, int length) {
        this.data = data;
        this.start = start;
        this.length = length;
    }

    public static Utf8 of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Utf8(bytes, 0, bytes.length);
    }

    public static Utf8 of(byte[] bytes) {
        return new Utf8(bytes, 0, bytes.length);
    }

    public byte[] data() {
        return data;
    }

    public int start() {
        return start;
    }

    /** Length in bytes. */
    public int length() {
        return length;
    }

    public byte byteAt(int index) {
        return data[start + index];
    }

    /** Characters (code points). */
    public int characters() {
        int count = 0;
        for (int i = start; i < start + length; i++) {
            count += (data[i] & 0xC0) != 0x80 ? 1 : 0;
        }
        return count;
    }

    public boolean isAscii() {
        byte all = 0;
        for (int i = start; i < start + length; i++) {
            all |= data[i];
        }
        return all >= 0;
    }

    /** The bytes from {@code from} to before {@code to}, counted from the start of this. */
    public Utf8 bytes(int from, int to) {
        return new Utf8(data, start + from, to - from);
    }

    public byte[] copy() {
        return Arrays.copyOfRange(data, start, start + length);
    }

    /** Where {@code part} first occurs at or after byte {@code from}, in bytes; else -1. */
    public int indexOf(Utf8 part, int from) {
        int last = length - part.length;
        for (int i = from; i <= last; i++) {
            if (Arrays.equals(
                    data,
                    start + i,
                    start + i + part.length,
                    part.data,
                    part.start,
                    part.start + part.length)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int compareTo(Utf8 other) {
        return Arrays.compareUnsigned(
                data, start, start + length, other.data, other.start, other.start + other.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Utf8 utf8
                && Arrays.equals(
                        data,
                        start,
                        start + length,
                        utf8.data,
                        utf8.start,
                        utf8.start + utf8.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + data[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return new String(data, start, length, StandardCharsets.UTF_8);
    }
}
