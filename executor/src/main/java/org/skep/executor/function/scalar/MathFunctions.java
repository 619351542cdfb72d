package org.skep.executor.function.scalar;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Rounding, signs, powers and logarithms. */
public final class MathFunctions {
    private MathFunctions() {}

    @SqlFunction(value = "abs", doc = "without its sign", example = "abs(-3) = 3")
    public static int abs(int x) {
        return Math.absExact(x);
    }

    @SqlFunction(value = "abs", doc = "without its sign", example = "abs(BIGINT '-3') = BIGINT '3'")
    public static long abs(long x) {
        return Math.absExact(x);
    }

    @SqlFunction(
            value = "abs",
            doc = "without its sign",
            example = "abs(DOUBLE '-1.5') = DOUBLE '1.5'")
    public static double abs(double x) {
        return Math.abs(x);
    }

    @SqlFunction(value = "abs", doc = "without its sign", example = "abs(-1.50) = 1.50")
    public static BigDecimal abs(BigDecimal x) {
        return x.abs();
    }

    @SqlFunction(
            value = {"sign", "signum"},
            doc = "-1, 0 or 1",
            example = "sign(-5) = -1")
    public static int sign(long x) {
        return Long.signum(x);
    }

    @SqlFunction(
            value = {"sign", "signum"},
            doc = "-1, 0 or 1",
            example = "sign(DOUBLE '2.5') = 1")
    public static int sign(double x) {
        return (int) Math.signum(x);
    }

    @SqlFunction(
            value = {"sign", "signum"},
            signature = "(decimal) int",
            doc = "-1, 0 or 1",
            example = "sign(-2.5) = -1")
    public static int sign(BigDecimal x) {
        return x.signum();
    }

    @SqlFunction(
            value = {"ceil", "ceiling"},
            doc = "the whole number above",
            example = "ceil(BIGINT '3') = BIGINT '3'")
    public static long ceil(long x) {
        return x;
    }

    @SqlFunction(
            value = {"ceil", "ceiling"},
            doc = "the whole number above",
            example = "ceil(DOUBLE '1.2') = DOUBLE '2'")
    public static double ceil(double x) {
        return Math.ceil(x);
    }

    @SqlFunction(
            value = {"ceil", "ceiling"},
            signature = "(decimal) decimal+1",
            doc = "the whole number above",
            example = "ceil(1.2) = 2.0")
    public static BigDecimal ceil(BigDecimal x) {
        return x.setScale(0, RoundingMode.CEILING);
    }

    @SqlFunction(
            value = "floor",
            doc = "the whole number below",
            example = "floor(BIGINT '3') = BIGINT '3'")
    public static long floor(long x) {
        return x;
    }

    @SqlFunction(
            value = "floor",
            doc = "the whole number below",
            example = "floor(DOUBLE '-1.2') = DOUBLE '-2'")
    public static double floor(double x) {
        return Math.floor(x);
    }

    @SqlFunction(
            value = "floor",
            signature = "(decimal) decimal+1",
            doc = "the whole number below",
            example = "floor(-1.2) = -2.0")
    public static BigDecimal floor(BigDecimal x) {
        return x.setScale(0, RoundingMode.FLOOR);
    }

    @SqlFunction(
            value = "round",
            doc = "to a whole number, half away from zero",
            example = "round(BIGINT '7') = BIGINT '7'")
    public static long round(long x) {
        return x;
    }

    @SqlFunction(
            value = "round",
            doc = "to a whole number, half away from zero",
            example = "round(DOUBLE '-2.5') = DOUBLE '-3'")
    public static double round(double x) {
        return x < 0 ? -Math.floor(-x + 0.5) : Math.floor(x + 0.5);
    }

    @SqlFunction(
            value = "round",
            signature = "(decimal) decimal+1",
            doc = "to a whole number, half away from zero",
            example = "round(2.5) = 3.0")
    public static BigDecimal round(BigDecimal x) {
        return x.setScale(0, RoundingMode.HALF_UP);
    }

    @SqlFunction(
            value = "round",
            doc = "to so many digits after the point, negative ones before it",
            example = "round(BIGINT '1250', -2) = BIGINT '1300'")
    public static long round(long x, int digits) {
        return digits >= 0
                ? x
                : BigDecimal.valueOf(x)
                        .setScale(bounded(digits), RoundingMode.HALF_UP)
                        .longValueExact();
    }

    @SqlFunction(
            value = "round",
            doc = "to so many digits after the point, half away from zero",
            example = "round(DOUBLE '2.345', 2) = DOUBLE '2.35'")
    public static double round(double x, int digits) {
        return Double.isFinite(x)
                ? BigDecimal.valueOf(x)
                        .setScale(bounded(digits), RoundingMode.HALF_UP)
                        .doubleValue()
                : x;
    }

    @SqlFunction(
            value = "round",
            signature = "(decimal, int) decimal+1",
            doc = "to so many digits after the point, half away from zero",
            example = "round(2.345, 2) = 2.350")
    public static BigDecimal round(BigDecimal x, int digits) {
        return x.setScale(Math.min(bounded(digits), x.scale()), RoundingMode.HALF_UP);
    }

    /** No number has digits beyond these; more would only be expensive. */
    private static int bounded(int digits) {
        return Math.max(-400, Math.min(400, digits));
    }

    @SqlFunction(
            value = "bround",
            doc = "to so many digits, half to even",
            example = "bround(DOUBLE '2.5', 0) = DOUBLE '2'")
    public static double bround(double x, int digits) {
        return Double.isFinite(x)
                ? BigDecimal.valueOf(x)
                        .setScale(bounded(digits), RoundingMode.HALF_EVEN)
                        .doubleValue()
                : x;
    }

    @SqlFunction(
            value = {"bround", "rint"},
            doc = "to a whole number, half to even",
            example = "bround(DOUBLE '3.5') = DOUBLE '4'")
    public static double bround(double x) {
        return Math.rint(x);
    }

    @SqlFunction(
            value = {"truncate", "trunc"},
            doc = "without what is after the point",
            example = "trunc(DOUBLE '-1.9') = DOUBLE '-1'")
    public static double truncate(double x) {
        return x < 0 ? Math.ceil(x) : Math.floor(x);
    }

    @SqlFunction(
            value = {"truncate", "trunc"},
            doc = "cut to so many digits after the point",
            example = "truncate(DOUBLE '1.999', 2) = DOUBLE '1.99'")
    public static double truncate(double x, int digits) {
        return Double.isFinite(x)
                ? BigDecimal.valueOf(x).setScale(bounded(digits), RoundingMode.DOWN).doubleValue()
                : x;
    }

    @SqlFunction(
            value = {"truncate", "trunc"},
            doc = "without what is after the point",
            example = "trunc(-1.95) = -1.00")
    public static BigDecimal truncate(BigDecimal x) {
        return x.setScale(0, RoundingMode.DOWN);
    }

    @SqlFunction(
            value = {"truncate", "trunc"},
            signature = "(decimal, int) decimal",
            doc = "cut to so many digits after the point",
            example = "truncate(1.99, 1) = 1.90")
    public static BigDecimal truncate(BigDecimal x, int digits) {
        return x.setScale(Math.min(bounded(digits), x.scale()), RoundingMode.DOWN);
    }

    @SqlFunction(value = "sqrt", doc = "square root", example = "sqrt(16) = DOUBLE '4'")
    public static double sqrt(double x) {
        return Math.sqrt(x);
    }

    @SqlFunction(value = "cbrt", doc = "cube root", example = "cbrt(27) = DOUBLE '3'")
    public static double cbrt(double x) {
        return Math.cbrt(x);
    }

    @SqlFunction(value = "exp", doc = "e to the power", example = "exp(0) = DOUBLE '1'")
    public static double exp(double x) {
        return Math.exp(x);
    }

    @SqlFunction(
            value = {"ln", "log"},
            doc = "natural logarithm; null unless positive",
            example = "ln(1) = DOUBLE '0'")
    public static Double ln(double x) {
        return x <= 0 ? null : (Double) Math.log(x);
    }

    @SqlFunction(
            value = "log",
            doc = "logarithm to a base; null unless both are positive",
            example = "log(2, 8) = DOUBLE '3'")
    public static Double log(double base, double x) {
        if (base <= 0 || x <= 0) {
            return null;
        }
        return base == 2
                ? log2(x)
                : base == 10 ? log10(x) : (Double) (Math.log(x) / Math.log(base));
    }

    @SqlFunction(
            value = "log2",
            doc = "logarithm to base 2; null unless positive",
            example = "log2(8) = DOUBLE '3'")
    public static Double log2(double x) {
        if (x <= 0) {
            return null;
        }
        int exponent = Math.getExponent(x);
        return x == Math.scalb(1.0, exponent) ? exponent : Math.log(x) / Math.log(2);
    }

    @SqlFunction(
            value = "log10",
            doc = "logarithm to base 10; null unless positive",
            example = "log10(1000) = DOUBLE '3'")
    public static Double log10(double x) {
        return x <= 0 ? null : (Double) Math.log10(x);
    }

    @SqlFunction(
            value = "log1p",
            doc = "ln(1 + x), exact near 0",
            example = "log1p(0) = DOUBLE '0'")
    public static Double log1p(double x) {
        return x <= -1 ? null : (Double) Math.log1p(x);
    }

    @SqlFunction(
            value = "expm1",
            doc = "e to the power, less 1, exact near 0",
            example = "expm1(0) = DOUBLE '0'")
    public static double expm1(double x) {
        return Math.expm1(x);
    }

    @SqlFunction(
            value = {"pow", "power"},
            doc = "x to the power y",
            example = "pow(2, 10) = DOUBLE '1024'")
    public static double pow(double x, double y) {
        return Math.pow(x, y);
    }
}
