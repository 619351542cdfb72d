package org.skep.planner.estimate;

import java.util.List;

/**
 * How the values of a column are spread: bounds that part them into equal shares, from the least
 * value to the greatest.
 *
 * @param bounds ascending; empty when nothing is known
 */
record Quantiles(List<Double> bounds) {
    static final Quantiles UNKNOWN = new Quantiles(List.of());

    Quantiles {
        bounds = List.copyOf(bounds);
    }

    boolean isKnown() {
        return bounds.size() > 1;
    }

    /** The share of values from {@code low} to {@code high}, both included. */
    double between(double low, double high) {
        return low > high ? 0 : Math.max(0, notAbove(high) - below(low));
    }

    private double below(double value) {
        int at = 0;
        while (at < bounds.size() && bounds.get(at) < value) {
            at++;
        }
        if (at == 0 || at == bounds.size()) {
            return at == 0 ? 0 : 1;
        }
        return share(at - 1, value);
    }

    private double notAbove(double value) {
        int at = bounds.size();
        while (at > 0 && bounds.get(at - 1) > value) {
            at--;
        }
        if (at == 0 || at == bounds.size()) {
            return at == 0 ? 0 : 1;
        }
        return share(at - 1, value);
    }

    /** Values between two bounds are taken to be spread evenly. */
    private double share(int from, double value) {
        double low = bounds.get(from);
        double high = bounds.get(from + 1);
        double within = high > low ? (value - low) / (high - low) : 0;
        return (from + within) / (bounds.size() - 1);
    }
}
