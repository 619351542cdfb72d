package org.skep.model.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skep.model.type.Type;

/**
 * STRING (UTF-8) and BINARY: each row is a stretch of one shared byte array, so that gathering and
 * slicing move no bytes. Stretches may overlap and come in any order.
 */
public final class BytesColumn extends Column {
    private final byte[] data;
    private final int[] starts;
    private final int[] lengths;

    public BytesColumn(
            Type type, byte[] data, int[] starts, int[] lengths, int rows, long[] validity) {
        super(type, rows, validity);
        this.data = data;
        this.starts = starts;
        this.lengths = lengths;
    }

    public byte[] data() {
        return data;
    }

    public int[] starts() {
        return starts;
    }

    public int[] lengths() {
        return lengths;
    }

    /** A copy of the bytes at a row. */
    public byte[] copyOf(int row) {
        return Arrays.copyOfRange(data, starts[row], starts[row] + lengths[row]);
    }

    public String string(int row) {
        return new String(data, starts[row], lengths[row], StandardCharsets.UTF_8);
    }

    /** The same values in an array of their own, so that the shared one can go. */
    public BytesColumn compact() {
        long total = 0;
        for (int i = 0; i < rows(); i++) {
            total += isNull(i) ? 0 : lengths[i];
        }
        byte[] bytes = new byte[Math.toIntExact(total)];
        int[] at = new int[rows()];
        int[] sizes = new int[rows()];
        int end = 0;
        for (int i = 0; i < rows(); i++) {
            at[i] = end;
            if (!isNull(i)) {
                sizes[i] = lengths[i];
                System.arraycopy(data, starts[i], bytes, end, lengths[i]);
                end += lengths[i];
            }
        }
        return new BytesColumn(type(), bytes, at, sizes, rows(), validity());
    }

    @Override
    public BytesColumn gather(int[] positions, int count) {
        int[] at = new int[count];
        int[] sizes = new int[count];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0) {
                at[i] = starts[position];
                sizes[i] = lengths[position];
            }
        }
        return new BytesColumn(type(), data, at, sizes, count, gatherValidity(positions, count));
    }

    @Override
    public BytesColumn slice(int from, int count) {
        return from == 0 && count == rows()
                ? this
                : new BytesColumn(
                        type(),
                        data,
                        Arrays.copyOfRange(starts, from, from + count),
                        Arrays.copyOfRange(lengths, from, from + count),
                        count,
                        Bits.slice(validity(), from, count));
    }

    @Override
    Object nonNull(int row) {
        return type().kind() == Type.Kind.BINARY ? copyOf(row) : string(row);
    }

    @Override
    public long bytes() {
        return data.length + 8L * starts.length + validityBytes();
    }

    @Override
    public BytesColumn as(Type other) {
        return new BytesColumn(other, data, starts, lengths, rows(), validity());
    }

    @Override
    public BytesColumn withValidity(long[] other) {
        return new BytesColumn(type(), data, starts, lengths, rows(), Bits.and(validity(), other));
    }
}
