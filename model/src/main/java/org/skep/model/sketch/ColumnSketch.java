package org.skep.model.sketch;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** What is kept of the values of a column, nulls left out. Used by one thread. */
public final class ColumnSketch {
    private final ThetaSketch distinct;
    private final FrequentItems frequent;

    public ColumnSketch() {
        this(new ThetaSketch(), new FrequentItems());
    }

    public ColumnSketch(ThetaSketch distinct, FrequentItems frequent) {
        this.distinct = distinct;
        this.frequent = frequent;
    }

    /**
     * Takes in a value several times.
     *
     * @param hash of the value, see {@link SingleValue}
     * @param length of its bytes
     * @return whether these bytes must be given, to {@link #name}
     */
    public boolean add(long hash, int length, long times) {
        distinct.add(hash);
        return frequent.add(hash, length, times);
    }

    /** The bytes of the value that was new to {@link #add} just now; they are kept. */
    public void name(byte[] value) {
        frequent.name(value);
    }

    public void merge(ColumnSketch other) {
        distinct.merge(other.distinct);
        frequent.merge(other.frequent);
    }

    public ThetaSketch distinct() {
        return distinct;
    }

    public FrequentItems frequent() {
        return frequent;
    }

    /** How many values were taken in. */
    public long values() {
        return frequent.total();
    }

    /** Bytes of heap held. */
    public long bytes() {
        return distinct.bytes() + frequent.bytes();
    }

    public byte[] toBytes() {
        byte[] first = distinct.toBytes();
        byte[] second = frequent.toBytes();
        ByteBuffer out = ByteBuffer.allocate(4 + first.length + second.length);
        return out.putInt(first.length).put(first).put(second).array();
    }

    /**
     * What {@link #toBytes} has written.
     *
     * @throws IllegalArgumentException when it is damaged
     */
    public static ColumnSketch of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new IllegalArgumentException("no column sketch: its length");
            }
            byte[] first = new byte[length];
            in.get(first);
            byte[] second = new byte[in.remaining()];
            in.get(second);
            return new ColumnSketch(ThetaSketch.of(first), FrequentItems.of(second));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("no column sketch: it ends too early", e);
        }
    }
}
