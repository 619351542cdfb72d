package org.skep.planner.why;

import java.util.Locale;

/** Amounts as a reader of a plan wants to see them: short, with a unit. */
public final class Amounts {
    private static final String[] BYTES = {"bytes", "KB", "MB", "GB", "TB", "PB"};
    private static final String[] COUNTS = {"", "K", "M", "G", "T", "P"};

    private Amounts() {}

    /** A number that is about right, such as {@code 1.2K}; whole below a thousand. */
    public static String about(double count) {
        return scaled(count, 1000, COUNTS, "");
    }

    /** Such as {@code 340 bytes} or {@code 23.4 KB}. */
    public static String bytes(double bytes) {
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
    public static String time(double nanos) {
        double millis = nanos / 1e6;
        String form = millis >= 100 ? "%.0f ms" : millis >= 10 ? "%.1f ms" : "%.2f ms";
        return String.format(Locale.ROOT, form, millis);
    }

    /** How many times as large as the other one is, such as {@code 1.7 x}; empty beside 0. */
    public static String times(double large, double small) {
        return small > 0 ? String.format(Locale.ROOT, "%.1f x", large / small) : "";
    }

    /** A number that is certain. */
    public static String rows(long rows) {
        return rows + (rows == 1 ? " row" : " rows");
    }

    /** A number that is about right. */
    public static String aboutRows(double rows) {
        return about(rows) + (Math.round(rows) == 1 ? " row" : " rows");
    }
}
