package org.skep.executor.function.scalar;

/** Angles, in radians. */
public final class TrigonometricFunctions {
    private TrigonometricFunctions() {}

    @SqlFunction(value = "sin", doc = "sine", example = "sin(0) = DOUBLE '0'")
    public static double sin(double x) {
        return Math.sin(x);
    }

    @SqlFunction(value = "cos", doc = "cosine", example = "cos(0) = DOUBLE '1'")
    public static double cos(double x) {
        return Math.cos(x);
    }

    @SqlFunction(value = "tan", doc = "tangent", example = "tan(0) = DOUBLE '0'")
    public static double tan(double x) {
        return Math.tan(x);
    }

    @SqlFunction(value = "asin", doc = "arc sine", example = "asin(0) = DOUBLE '0'")
    public static double asin(double x) {
        return Math.asin(x);
    }

    @SqlFunction(value = "acos", doc = "arc cosine", example = "acos(1) = DOUBLE '0'")
    public static double acos(double x) {
        return Math.acos(x);
    }

    @SqlFunction(value = "atan", doc = "arc tangent", example = "atan(0) = DOUBLE '0'")
    public static double atan(double x) {
        return Math.atan(x);
    }

    @SqlFunction(value = "sinh", doc = "hyperbolic sine", example = "sinh(0) = DOUBLE '0'")
    public static double sinh(double x) {
        return Math.sinh(x);
    }

    @SqlFunction(value = "cosh", doc = "hyperbolic cosine", example = "cosh(0) = DOUBLE '1'")
    public static double cosh(double x) {
        return Math.cosh(x);
    }

    @SqlFunction(value = "tanh", doc = "hyperbolic tangent", example = "tanh(0) = DOUBLE '0'")
    public static double tanh(double x) {
        return Math.tanh(x);
    }

    @SqlFunction(value = "cot", doc = "cotangent", example = "round(cot(1), 4) = DOUBLE '0.6421'")
    public static double cot(double x) {
        return 1 / Math.tan(x);
    }

    @SqlFunction(
            value = "atan2",
            doc = "the angle of the point (x, y), y first",
            example = "atan2(0, 1) = DOUBLE '0'")
    public static double atan2(double y, double x) {
        return Math.atan2(y, x);
    }

    @SqlFunction(
            value = "hypot",
            doc = "the length of (x, y)",
            example = "hypot(3, 4) = DOUBLE '5'")
    public static double hypot(double x, double y) {
        return Math.hypot(x, y);
    }

    @SqlFunction(
            value = "degrees",
            doc = "radians as degrees",
            example = "degrees(pi()) = DOUBLE '180'")
    public static double degrees(double radians) {
        return Math.toDegrees(radians);
    }

    @SqlFunction(value = "radians", doc = "degrees as radians", example = "radians(180) = pi()")
    public static double radians(double degrees) {
        return Math.toRadians(degrees);
    }

    @SqlFunction(value = "pi", doc = "π", example = "round(pi(), 2) = DOUBLE '3.14'")
    public static double pi() {
        return Math.PI;
    }

    @SqlFunction(value = "e", doc = "Euler's number", example = "round(e(), 2) = DOUBLE '2.72'")
    public static double e() {
        return Math.E;
    }
}
