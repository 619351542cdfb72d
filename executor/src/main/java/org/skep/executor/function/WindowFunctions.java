package org.skep.executor.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skep.executor.function.scalar.Coercion;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Type;

/** The signatures of functions that only windows have; the window operator is their body. */
final class WindowFunctions {
    private static final Map<String, String> USAGES =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("row_number", "row_number() → BIGINT"),
                            Map.entry("rank", "rank() → BIGINT"),
                            Map.entry("dense_rank", "dense_rank() → BIGINT"),
                            Map.entry("percent_rank", "percent_rank() → DOUBLE"),
                            Map.entry("cume_dist", "cume_dist() → DOUBLE"),
                            Map.entry("ntile", "ntile(BIGINT) → BIGINT"),
                            Map.entry("lag", "lag(T [, BIGINT [, T]]) → T"),
                            Map.entry("lead", "lead(T [, BIGINT [, T]]) → T"),
                            Map.entry("first_value", "first_value(T) → T"),
                            Map.entry("last_value", "last_value(T) → T"),
                            Map.entry("nth_value", "nth_value(T, BIGINT) → T")));

    private WindowFunctions() {}

    static Set<String> names() {
        return USAGES.keySet();
    }

    static List<String> usages(String name) {
        String usage = USAGES.get(name.toLowerCase(Locale.ROOT));
        return usage == null ? List.of() : List.of(usage);
    }

    static Optional<Signature> find(String name, List<Type> types) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "row_number", "rank", "dense_rank" -> signature(lower, types, Type.BIGINT);
            case "percent_rank", "cume_dist" -> signature(lower, types, Type.DOUBLE);
            case "ntile" -> signature(lower, types, Type.BIGINT, Type.BIGINT);
            case "first_value", "last_value" ->
                    types.isEmpty()
                            ? Optional.empty()
                            : signature(lower, types, types.get(0), types.get(0));
            case "nth_value" ->
                    types.isEmpty()
                            ? Optional.empty()
                            : signature(lower, types, types.get(0), types.get(0), Type.BIGINT);
            case "lag", "lead" -> neighbour(lower, types);
            default -> Optional.empty();
        };
    }

    private static Optional<Signature> neighbour(String name, List<Type> types) {
        if (types.isEmpty() || types.size() > 3) {
            return Optional.empty();
        }
        Type value = types.size() < 3 ? types.get(0) : Coercion.common(types.get(0), types.get(2));
        if (value == null) {
            return Optional.empty();
        }
        List<Type> wanted = List.of(value, Type.BIGINT, value).subList(0, types.size());
        return signature(name, types, value, wanted.toArray(Type[]::new));
    }

    private static Optional<Signature> signature(
            String name, List<Type> types, Type result, Type... parameters) {
        List<Type> wanted = new ArrayList<>(List.of(parameters));
        if (types.size() != wanted.size()) {
            return Optional.empty();
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (Coercion.cost(types.get(i), wanted.get(i)) < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new Signature(name, wanted, result, true));
    }
}
