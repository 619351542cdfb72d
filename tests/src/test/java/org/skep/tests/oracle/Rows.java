package org.skep.tests.oracle;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Rows of a result in a form in which two engines can be compared: numbers as BigDecimal or Double,
 * all else as text.
 */
public record Rows(List<List<Object>> rows) {
    private static final double TOLERANCE = 1e-9;
    private static final MathContext SORTING = new MathContext(6);
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:.*)?");
    private static final Pattern NO_FRACTION = Pattern.compile(".{16}:\\d\\d\\.0+");

    public static Rows of(ResultSet result) throws SQLException {
        return of(result, Integer.MAX_VALUE);
    }

    /** The rows, or null when they are more than {@code most}. */
    public static Rows of(ResultSet result, int most) throws SQLException {
        int width = result.getMetaData().getColumnCount();
        List<List<Object>> rows = new ArrayList<>();
        while (result.next()) {
            if (rows.size() == most) {
                return null;
            }
            List<Object> row = new ArrayList<>(width);
            for (int i = 1; i <= width; i++) {
                row.add(normal(result.getObject(i)));
            }
            rows.add(row);
        }
        return new Rows(rows);
    }

    private static Object normal(Object value) throws SQLException {
        if (value == null || value instanceof Boolean || value instanceof Double) {
            return value;
        }
        if (value instanceof Float number) {
            return (double) number;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        if (value instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        }
        if (value instanceof Array array) {
            List<Object> elements = new ArrayList<>();
            for (Object element : (Object[]) array.getArray()) {
                elements.add(normal(element));
            }
            return elements;
        }
        if (value instanceof Struct struct) {
            List<Object> members = new ArrayList<>();
            for (Object member : struct.getAttributes()) {
                members.add(normal(member));
            }
            return members;
        }
        if (value instanceof Map<?, ?> map) {
            return normal(List.copyOf(map.values()));
        }
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            for (Object element : list) {
                elements.add(normal(element));
            }
            return elements;
        }
        return text(value.toString());
    }

    /** Timestamps lose the differences of how they are written. */
    private static String text(String value) {
        if (!TIME.matcher(value).matches()) {
            return value;
        }
        String spaced = value.replace('T', ' ');
        return spaced.length() == 16
                ? spaced + ":00"
                : NO_FRACTION.matcher(spaced).matches() ? spaced.substring(0, 19) : spaced;
    }

    /** The rows in an order that does not depend on the last digits of floating point numbers. */
    public Rows sorted() {
        List<List<Object>> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(Rows::sortingText).thenComparing(Rows::byNumbers));
        return new Rows(sorted);
    }

    /** The order of rows whose numbers differ in later digits only. */
    private static int byNumbers(List<Object> row, List<Object> other) {
        for (int i = 0; i < row.size(); i++) {
            if (row.get(i) instanceof Number a && other.get(i) instanceof Number b) {
                int order =
                        a instanceof BigDecimal x && b instanceof BigDecimal y
                                ? x.compareTo(y)
                                : Double.compare(a.doubleValue(), b.doubleValue());
                if (order != 0) {
                    return order;
                }
            }
        }
        return 0;
    }

    private static String sortingText(List<Object> row) {
        StringBuilder text = new StringBuilder();
        for (Object value : row) {
            Object rounded = value;
            if (value instanceof Double number && Double.isFinite(number)) {
                rounded = new BigDecimal(number).round(SORTING).stripTrailingZeros();
            } else if (value instanceof BigDecimal decimal) {
                rounded = decimal.round(SORTING).stripTrailingZeros();
            }
            text.append(rounded).append('\u0001');
        }
        return text.toString();
    }

    /** The first difference of the multisets, in words; null when there is none. */
    public String unordered(Rows other) {
        return sorted().difference(other.sorted());
    }

    /** The first difference in words; null when there is none. */
    public String difference(Rows other) {
        if (rows.size() != other.rows.size()) {
            return "%d rows instead of %d".formatted(rows.size(), other.rows.size());
        }
        for (int i = 0; i < rows.size(); i++) {
            if (!same(rows.get(i), other.rows.get(i))) {
                return "row %d is %s instead of %s"
                        .formatted(i + 1, rows.get(i), other.rows.get(i));
            }
        }
        return null;
    }

    private static boolean same(Object mine, Object other) {
        if (mine == null || other == null) {
            return mine == other;
        }
        if (mine instanceof List<?> a && other instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (mine instanceof BigDecimal a && other instanceof BigDecimal b) {
            return a.compareTo(b) == 0;
        }
        if (mine instanceof Number a && other instanceof Number b) {
            double x = a.doubleValue();
            double y = b.doubleValue();
            return x == y
                    || Double.isNaN(x) && Double.isNaN(y)
                    || Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y));
        }
        return mine.equals(other);
    }
}
