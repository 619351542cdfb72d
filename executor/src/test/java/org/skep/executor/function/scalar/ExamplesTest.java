package org.skep.executor.function.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.skep.executor.function.FunctionLibrary;
import org.skep.model.plan.Expr;

/** Every function's example says the truth. The clock stands at 2024-01-15 10:30:00. */
class ExamplesTest {
    private static final FunctionLibrary LIBRARY =
            FunctionLibrary.standard(
                    Clock.fixed(Instant.parse("2024-01-15T10:30:00Z"), ZoneOffset.UTC));

    @TestFactory
    Stream<DynamicTest> examples() {
        Set<Overload> overloads = new HashSet<>();
        ScalarFunctions.all().values().forEach(overloads::addAll);
        return overloads.stream()
                .map(overload -> overload.function().example())
                .sorted()
                .map(example -> dynamicTest(example, () -> check(example)));
    }

    private static void check(String example) {
        List<Expr> sides = new Example(LIBRARY, example).sides();
        Object actual = LIBRARY.evaluate(sides.get(0));
        Object expected = LIBRARY.evaluate(sides.get(1));
        assertTrue(
                same(expected, actual),
                () -> "%s gives %s of %s".formatted(example, shown(actual), sides.get(0).type()));
    }

    private static Object shown(Object value) {
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
    }

    private static boolean same(Object a, Object b) {
        if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            return x.compareTo(y) == 0;
        }
        if (a instanceof Number x && b instanceof Number y && !a.getClass().equals(b.getClass())) {
            return x.doubleValue() == y.doubleValue();
        }
        if (a instanceof Double x && b instanceof Double y) {
            return x.equals(y) || Math.abs(x - y) <= 1e-12 * Math.max(Math.abs(x), Math.abs(y));
        }
        if (a instanceof byte[] x && b instanceof byte[] y) {
            return Arrays.equals(x, y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            boolean all = x.size() == y.size();
            for (int i = 0; all && i < x.size(); i++) {
                all = same(x.get(i), y.get(i));
            }
            return all;
        }
        return a == null ? b == null : a.equals(b);
    }

    @Test
    void everyFunctionHasNameDocAndAnExampleOfItself() {
        for (Map.Entry<String, List<Overload>> entry : ScalarFunctions.all().entrySet()) {
            for (Overload overload : entry.getValue()) {
                SqlFunction function = overload.function();
                assertEquals(entry.getKey(), entry.getKey().toLowerCase(java.util.Locale.ROOT));
                assertTrue(!function.doc().isBlank(), overload.name());
                boolean shown =
                        Arrays.stream(function.value())
                                .anyMatch(name -> function.example().contains(name + "("));
                assertTrue(shown, overload.name() + " is not in " + function.example());
            }
        }
    }
}
