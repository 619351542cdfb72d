package org.skep.model.sketch;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** What is kept of the values of a column, nulls left out. Used by one thread. */
public final class ColumnSketch {
    private final ThetaSketch distinct;
    private final FrequentItems frequent;
    private final QuantileSketch quantiles;

    public ColumnSketch() {
        this(new ThetaSketch(), new FrequentItems(), new QuantileSketch());
    }

    /**
     * @param quantiles of values that are numbers or times; of others there are none
     */
    public ColumnSketch(ThetaSketch distinct, FrequentItems frequent, QuantileSketch quantiles) {
        this.distinct = distinct;
        this.frequent = frequent;
        this.quantiles = quantiles;
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
        quantiles.merge(other.quantiles);
    }

    public ThetaSketch distinct() {
        return distinct;
    }

    public FrequentItems frequent() {
        return frequent;
    }

    /**
     * Numbers as they are, decimals too; dates in days, timestamps in microseconds. A part of the
     * values may stand for all.
     */
    public QuantileSketch quantiles() {
        return quantiles;
    }

    /** How many values were taken in. */
    public long values() {
        return frequent.total();
    }

    /** Bytes of heap held. */
    public long bytes() {
        return distinct.bytes() + frequent.bytes() + quantiles.bytes();
    }

    public byte[] toBytes() {
        byte[] first = distinct.toBytes();
        byte[] second = frequent.toBytes();
        byte[] third = quantiles.toBytes();
        ByteBuffer out = ByteBuffer.allocate(8 + first.length + second.length + third.length);
        out.putInt(first.length).put(first).putInt(second.length).put(second);
        return out.put(third).array();
    }

    /**
     * What {@link #toBytes} has written.
     *
     * @throws IllegalArgumentException when it is damaged
     */
    public static ColumnSketch of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte[] first = part(in, in.getInt());
            byte[] second = part(in, in.getInt());
            byte[] third = part(in, in.remaining());
            return new ColumnSketch(
                    ThetaSketch.of(first), FrequentItems.of(second), QuantileSketch.of(third));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("no column sketch: it ends too early", e);
        }
    }

    private static byte[] part(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("no column sketch: its length");
        }
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }
}
