package org.skep.executor.value;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The order of {@link ValueOrder} over boxed values of the same type, as {@code Column.value}. */
public final class BoxedOrder implements Comparator<Object> {
    public static final BoxedOrder NULLS_LAST = new BoxedOrder();

    private BoxedOrder() {}

    @Override
    public int compare(Object a, Object b) {
        if (a == null || b == null) {
            return a == b ? 0 : a == null ? 1 : -1;
        }
        if (a instanceof Double x) {
            return ValueOrder.compare(x, (Double) b);
        }
        if (a instanceof String x) {
            return Arrays.compareUnsigned(
                    x.getBytes(StandardCharsets.UTF_8),
                    ((String) b).getBytes(StandardCharsets.UTF_8));
        }
        if (a instanceof byte[] x) {
            return Arrays.compareUnsigned(x, (byte[]) b);
        }
        if (a instanceof List<?> x) {
            return compareLists(x, (List<?>) b);
        }
        if (a instanceof Map<?, ?> x) {
            return compareLists(
                    List.copyOf(x.entrySet()).stream().map(BoxedOrder::pair).toList(),
                    List.copyOf(((Map<?, ?>) b).entrySet()).stream()
                            .map(BoxedOrder::pair)
                            .toList());
        }
        if (a instanceof BigDecimal x) {
            return x.compareTo((BigDecimal) b);
        }
        if (a instanceof Boolean x) {
            return x.compareTo((Boolean) b);
        }
        return Long.compare(((Number) a).longValue(), ((Number) b).longValue());
    }

    private static List<Object> pair(Map.Entry<?, ?> entry) {
        return Arrays.asList(entry.getKey(), entry.getValue());
    }

    private int compareLists(List<?> a, List<?> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }
}
