package org.skep.tests.bench;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What two engines' answers are compared by, in whatever order their rows come.
 *
 * @param rows how many rows there are
 * @param numbers per column the sum of its numbers
 * @param texts per column the sum of the hashes of all else; a NULL counts 1
 */
public record Checksum(int rows, double[] numbers, long[] texts) {
    /** Of a sum, and of each value: averages of decimals are rounded to six digits by some. */
    private static final double TOLERANCE = 1e-6;

    /** Of rows of numbers and of what is compared as text. */
    public static Checksum of(List<Object[]> rows) {
        int width = rows.isEmpty() ? 0 : rows.get(0).length;
        double[] numbers = new double[width];
        long[] texts = new long[width];
        for (Object[] row : rows) {
            for (int i = 0; i < width; i++) {
                if (row[i] instanceof Number number) {
                    numbers[i] += number.doubleValue();
                } else {
                    texts[i] += row[i] == null ? 1 : row[i].toString().hashCode();
                }
            }
        }
        return new Checksum(rows.size(), numbers, texts);
    }

    static Checksum read(DataInputStream in) throws IOException {
        int rows = in.readInt();
        int width = in.readInt();
        Checksum checksum = new Checksum(rows, new double[width], new long[width]);
        for (int i = 0; i < width; i++) {
            checksum.numbers[i] = in.readDouble();
            checksum.texts[i] = in.readLong();
        }
        return checksum;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(rows);
        out.writeInt(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            out.writeDouble(numbers[i]);
            out.writeLong(texts[i]);
        }
    }

    boolean matches(Checksum other) {
        if (rows != other.rows || !Arrays.equals(texts, other.texts)) {
            return false;
        }
        for (int i = 0; i < numbers.length; i++) {
            double larger = Math.max(Math.abs(numbers[i]), Math.abs(other.numbers[i]));
            if (Math.abs(numbers[i] - other.numbers[i]) > TOLERANCE * (larger + rows)) {
                return false;
            }
        }
        return true;
    }
}
