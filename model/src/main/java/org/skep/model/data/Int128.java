package org.skep.model.data;

import java.math.BigInteger;

/** 128-bit two's complement integers as two longs, the high one signed, the low one not. */
public final class Int128 {
    private static final BigInteger LOW_MASK =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private Int128() {}

    public static BigInteger toBigInteger(long high, long low) {
        if (high == low >> 63) {
            return BigInteger.valueOf(low);
        }
        return BigInteger.valueOf(high).shiftLeft(64).or(BigInteger.valueOf(low).and(LOW_MASK));
    }

    /** The high half; fails when the value needs more than 128 bits. */
    public static long high(BigInteger value) {
        if (value.bitLength() > 127) {
            throw new ArithmeticException("more than 128 bits: " + value);
        }
        return value.shiftRight(64).longValue();
    }

    public static long low(BigInteger value) {
        return value.longValue();
    }

    /** The nearest double. */
    public static double toDouble(long high, long low) {
        return high == low >> 63 ? low : toBigInteger(high, low).doubleValue();
    }

    public static int compare(long highA, long lowA, long highB, long lowB) {
        return highA != highB ? Long.compare(highA, highB) : Long.compareUnsigned(lowA, lowB);
    }
}
