package org.skep.executor.function.scalar;

import java.math.BigDecimal;
import org.skep.executor.task.TaskRandom;

/** Whole numbers, bits, remainders, chance. */
public final class NumberFunctions {
    private NumberFunctions() {}

    @SqlFunction(value = "negative", doc = "with the other sign", example = "negative(3) = -3")
    public static int negative(int x) {
        return Math.negateExact(x);
    }

    @SqlFunction(
            value = "negative",
            doc = "with the other sign",
            example = "negative(BIGINT '3') = BIGINT '-3'")
    public static long negative(long x) {
        return Math.negateExact(x);
    }

    @SqlFunction(
            value = "negative",
            doc = "with the other sign",
            example = "negative(DOUBLE '1.5') = DOUBLE '-1.5'")
    public static double negative(double x) {
        return -x;
    }

    @SqlFunction(value = "negative", doc = "with the other sign", example = "negative(1.5) = -1.5")
    public static BigDecimal negative(BigDecimal x) {
        return x.negate();
    }

    @SqlFunction(
            value = "negative",
            signature = "(interval_day) interval_day",
            doc = "with the other sign",
            example = "negative(INTERVAL DAY '1 day') = INTERVAL DAY '-1 day'")
    public static long negativeDays(long x) {
        return Math.negateExact(x);
    }

    @SqlFunction(
            value = "negative",
            signature = "(interval_month) interval_month",
            doc = "with the other sign",
            example = "negative(INTERVAL MONTH '1 month') = INTERVAL MONTH '-1 month'")
    public static int negativeMonths(int x) {
        return Math.negateExact(x);
    }

    @SqlFunction(
            value = {"mod", "fmod"},
            doc = "the remainder, with the sign of the first",
            example = "mod(-7, 3) = BIGINT '-1'")
    public static long mod(long a, long b) {
        return a % nonZero(b);
    }

    @SqlFunction(
            value = {"mod", "fmod"},
            doc = "the remainder, with the sign of the first",
            example = "mod(DOUBLE '7.5', DOUBLE '2') = DOUBLE '1.5'")
    public static double mod(double a, double b) {
        return a % nonZero(b);
    }

    @SqlFunction(
            value = {"mod", "fmod"},
            doc = "the remainder, with the sign of the first",
            example = "mod(7.5, 2.0) = 1.5")
    public static BigDecimal mod(BigDecimal a, BigDecimal b) {
        nonZero(b.signum());
        return a.remainder(b);
    }

    @SqlFunction(
            value = "pmod",
            doc = "the remainder, never negative for a positive divisor",
            example = "pmod(-7, 3) = BIGINT '2'")
    public static long pmod(long a, long b) {
        return Math.floorMod(a, nonZero(b));
    }

    @SqlFunction(
            value = "pmod",
            doc = "the remainder, never negative for a positive divisor",
            example = "pmod(DOUBLE '-7.5', DOUBLE '2') = DOUBLE '0.5'")
    public static double pmod(double a, double b) {
        double rest = a % nonZero(b);
        return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
    }

    private static long nonZero(long divisor) {
        if (divisor == 0) {
            throw DivisionByZero.error();
        }
        return divisor;
    }

    private static double nonZero(double divisor) {
        if (divisor == 0) {
            throw DivisionByZero.error();
        }
        return divisor;
    }

    @SqlFunction(
            value = {"div", "divide_integer"},
            doc = "the whole part of the quotient",
            example = "div(-7, 2) = BIGINT '-3'")
    public static long div(long a, long b) {
        return b == -1 ? Math.negateExact(a) : a / nonZero(b);
    }

    @SqlFunction(
            value = "try_divide",
            doc = "the quotient, null when dividing by zero",
            example = "try_divide(1, 0) = NULL")
    public static Double tryDivide(double a, double b) {
        return b == 0 ? null : (Double) (a / b);
    }

    @SqlFunction(
            value = "factorial",
            doc = "n!, up to 20!",
            example = "factorial(5) = BIGINT '120'")
    public static long factorial(int n) {
        if (n < 0 || n > 20) {
            throw new ArithmeticException("n must be 0 to 20, not " + n);
        }
        long product = 1;
        for (int i = 2; i <= n; i++) {
            product *= i;
        }
        return product;
    }

    @SqlFunction(
            value = {"gcd", "greatest_common_divisor"},
            doc = "greatest common divisor",
            example = "gcd(12, 18) = BIGINT '6'")
    public static long gcd(long a, long b) {
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return Math.absExact(a);
    }

    @SqlFunction(
            value = {"lcm", "least_common_multiple"},
            doc = "least common multiple",
            example = "lcm(4, 6) = BIGINT '12'")
    public static long lcm(long a, long b) {
        return a == 0 || b == 0 ? 0 : Math.absExact(Math.multiplyExact(a / gcd(a, b), b));
    }

    @SqlFunction(
            value = {"bitand", "bit_and_of", "bitwise_and"},
            doc = "bits that are set in both",
            example = "bitand(12, 10) = BIGINT '8'")
    public static long bitand(long a, long b) {
        return a & b;
    }

    @SqlFunction(
            value = {"bitor", "bitwise_or"},
            doc = "bits that are set in either",
            example = "bitor(12, 10) = BIGINT '14'")
    public static long bitor(long a, long b) {
        return a | b;
    }

    @SqlFunction(
            value = {"bitxor", "bitwise_xor"},
            doc = "bits that are set in one only",
            example = "bitxor(12, 10) = BIGINT '6'")
    public static long bitxor(long a, long b) {
        return a ^ b;
    }

    @SqlFunction(
            value = {"bitnot", "bitwise_not"},
            doc = "all bits turned",
            example = "bitnot(0) = BIGINT '-1'")
    public static long bitnot(long a) {
        return ~a;
    }

    @SqlFunction(value = "bit_count", doc = "how many bits are set", example = "bit_count(7) = 3")
    public static int bitCount(long a) {
        return Long.bitCount(a);
    }

    @SqlFunction(
            value = {"shiftleft", "bitwise_left_shift"},
            doc = "bits moved to the left",
            example = "shiftleft(1, 4) = BIGINT '16'")
    public static long shiftLeft(long a, int by) {
        return a << by;
    }

    @SqlFunction(
            value = {"shiftright", "bitwise_right_shift"},
            doc = "bits moved to the right, the sign kept",
            example = "shiftright(-16, 2) = BIGINT '-4'")
    public static long shiftRight(long a, int by) {
        return a >> by;
    }

    @SqlFunction(
            value = "shiftrightunsigned",
            doc = "bits moved to the right, zeros put in",
            example = "shiftrightunsigned(16, 2) = BIGINT '4'")
    public static long shiftRightUnsigned(long a, int by) {
        return a >>> by;
    }

    @SqlFunction(
            value = "width_bucket",
            doc = "in which of n equal parts of a range x lies; 0 below, n + 1 above",
            example = "width_bucket(DOUBLE '5.3', 0, 10, 5) = 3")
    public static int widthBucket(double x, double low, double high, int buckets) {
        if (buckets < 1 || low == high) {
            throw new IllegalArgumentException(
                    "%d buckets from %s to %s".formatted(buckets, low, high));
        }
        double place = (x - low) / (high - low);
        return place < 0 ? 0 : place >= 1 ? Math.addExact(buckets, 1) : (int) (place * buckets) + 1;
    }

    @SqlFunction(
            value = {"rand", "random"},
            deterministic = false,
            doc = "a random number from 0 to below 1",
            example = "floor(rand()) = DOUBLE '0'")
    public static double rand() {
        return TaskRandom.number();
    }

    @SqlFunction(
            value = {"is_finite", "isfinite"},
            doc = "whether it is neither infinite nor NaN",
            example = "is_finite(DOUBLE '1') = true")
    public static boolean isFinite(double x) {
        return Double.isFinite(x);
    }

    @SqlFunction(
            value = {"is_infinite", "isinf"},
            doc = "whether it is infinite",
            example = "is_infinite(DOUBLE 'Infinity') = true")
    public static boolean isInfinite(double x) {
        return Double.isInfinite(x);
    }
}
