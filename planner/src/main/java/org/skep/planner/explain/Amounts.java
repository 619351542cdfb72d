package org.skep.planner.explain;

import java.util.Locale;

/** Numbers as a reader of a plan wants to see them: short, with a unit. */
final class Amounts {
    private static final String[] BYTES = {"bytes", "KB", "MB", "GB", "TB", "PB"};
    private static final String[] COUNTS = {"", "K", "M", "G", "T", "P"};

    private Amounts() {}

    /** A number that is about right, such as {@code 1.2K}; whole below a thousand. */
    static String about(double count) {
        return scaled(count, 1000, COUNTS, "");
    }

    /** Such as {@code 340 bytes} or {@code 23.4 KB}. */
    static String bytes(double bytes) {
        return Math.round(bytes) == 1 ? "1 byte" : scaled(bytes, 1024, BYTES, " ");
    }

    private static String scaled(double amount, double step, String[] units, String space) {
        double left = amount;
        int unit = 0;
        while (Math.abs(left) >= step - 0.5 && unit < units.length - 1) {
            left /= step;
            unit++;
        }
        String number =
                unit == 0 || left >= 100
                        ? String.format(Locale.ROOT, "%.0f", left)
                        : String.format(Locale.ROOT, "%.1f", left);
        return number + (units[unit].isEmpty() ? "" : space + units[unit]);
    }

    /** In milliseconds, with as many decimals as tell something. */
    static String time(double nanos) {
        double millis = nanos / 1e6;
        String form = millis >= 100 ? "%.0f ms" : millis >= 10 ? "%.1f ms" : "%.2f ms";
        return String.format(Locale.ROOT, form, millis);
    }

    /** How many times as large as the other one is, such as {@code 1.7 x}; empty beside 0. */
    static String times(double large, double small) {
        return small > 0 ? String.format(Locale.ROOT, "%.1f x", large / small) : "";
    }

    static String rows(long rows) {
        return rows + (rows == 1 ? " row" : " rows");
    }
}
