package org.skep.executor.format.parquet;

import java.nio.BufferUnderflowException;

/**
 * Reads Thrift's compact protocol from a byte array, as far as page headers need it: integers are
 * given, all else is passed over. Throws BufferUnderflowException at the end of the bytes.
 */
final class ThriftScanner {
    static final int STOP = 0;
    static final int TRUE = 1;
    static final int STRUCT = 12;

    private static final int DEEPEST = 16;

    private final byte[] bytes;
    private final int end;
    private int position;
    private int type;

    ThriftScanner(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    int position() {
        return position;
    }

    /** The id of the next field of a struct whose last one was {@code last}; 0 at its end. */
    int field(int last) {
        int head = octet();
        type = head & 15;
        if (type == STOP) {
            return 0;
        }
        int delta = head >>> 4;
        int id = delta != 0 ? last + delta : (int) integer();
        if (id <= 0) {
            throw new CorruptPageException("a header field numbered " + id);
        }
        return id;
    }

    /** The type of the field that was found last. */
    int type() {
        return type;
    }

    /** The value of an integer field that was found last. */
    int number() {
        if (type < 3 || type > 6) {
            throw new CorruptPageException("a header field of type " + type);
        }
        return type == 3 ? (byte) octet() : (int) integer();
    }

    /** The value of a boolean field that was found last. */
    boolean flag() {
        if (type != 1 && type != 2) {
            throw new CorruptPageException("a header field of type " + type);
        }
        return type == TRUE;
    }

    void expectStruct() {
        if (type != STRUCT) {
            throw new CorruptPageException("a header field of type " + type);
        }
    }

    /** Passes over the value of the field that was found last. */
    void skip() {
        skip(type, 0);
    }

    private void skip(int kind, int depth) {
        if (depth > DEEPEST) {
            throw new CorruptPageException("a header nested too deep");
        }
        switch (kind) {
            case 1, 2 -> {}
            case 3 -> octet();
            case 4, 5, 6 -> integer();
            case 7 -> advance(8);
            case 8 -> advance(unsigned());
            case 9, 10 -> skipList(depth);
            case 11 -> skipMap(depth);
            case STRUCT -> {
                int id = 0;
                while ((id = field(id)) != 0) {
                    skip(type, depth + 1);
                }
            }
            default -> throw new CorruptPageException("a header field of type " + kind);
        }
    }

    private void skipList(int depth) {
        int head = octet();
        long size = head >>> 4 == 15 ? unsigned() : head >>> 4;
        for (long i = 0; i < size; i++) {
            skipElement(head & 15, depth);
        }
    }

    private void skipMap(int depth) {
        long size = unsigned();
        if (size > 0) {
            int types = octet();
            for (long i = 0; i < size; i++) {
                skipElement(types >>> 4, depth);
                skipElement(types & 15, depth);
            }
        }
    }

    /** Booleans in a collection take a byte, unlike those in a struct. */
    private void skipElement(int kind, int depth) {
        if (kind == 1 || kind == 2) {
            advance(1);
        } else {
            skip(kind, depth + 1);
        }
    }

    private void advance(long count) {
        if (count < 0 || count > end - position) {
            throw new BufferUnderflowException();
        }
        position += (int) count;
    }

    private int octet() {
        if (position >= end) {
            throw new BufferUnderflowException();
        }
        return bytes[position++] & 0xFF;
    }

    private long integer() {
        long zigzag = unsigned();
        return zigzag >>> 1 ^ -(zigzag & 1);
    }

    private long unsigned() {
        long result = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = octet();
            result |= (b & 0x7FL) << shift;
            if (b < 0x80) {
                return result;
            }
        }
        throw new CorruptPageException("a number of more than 10 bytes");
    }
}
