package org.skep.executor.function.scalar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skep.model.type.Type;

/**
 * A parameter's or result's type, perhaps with variables: {@code array<T>}. Variables are bound to
 * the common type of all arguments that stand in their place.
 */
record TypePattern(String name, List<TypePattern> arguments) {
    private static final Map<String, Type> SIMPLE =
            Map.ofEntries(
                    Map.entry("boolean", Type.BOOLEAN),
                    Map.entry("tinyint", Type.TINYINT),
                    Map.entry("smallint", Type.SMALLINT),
                    Map.entry("int", Type.INTEGER),
                    Map.entry("bigint", Type.BIGINT),
                    Map.entry("double", Type.DOUBLE),
                    Map.entry("date", Type.DATE),
                    Map.entry("timestamp", Type.TIMESTAMP),
                    Map.entry("string", Type.STRING),
                    Map.entry("text", Type.STRING),
                    Map.entry("binary", Type.BINARY),
                    Map.entry("interval_month", Type.INTERVAL_MONTH),
                    Map.entry("interval_day", Type.INTERVAL_DAY));

    static TypePattern of(String name) {
        return new TypePattern(name, List.of());
    }

    /** The patterns in a list separated by commas that stand outside of angle brackets. */
    static List<TypePattern> parseList(String text) {
        List<TypePattern> patterns = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c == ',' && depth == 0) {
                if (!text.substring(from, i).isBlank()) {
                    patterns.add(parse(text.substring(from, i).strip()));
                }
                from = i + 1;
            }
        }
        return patterns;
    }

    static TypePattern parse(String text) {
        int angle = text.indexOf('<');
        return angle < 0
                ? of(text)
                : new TypePattern(
                        text.substring(0, angle),
                        parseList(text.substring(angle + 1, text.length() - 1)));
    }

    private boolean isVariable() {
        return name.length() == 1 || name.equals("decimal");
    }

    /**
     * What it costs to take an argument of this type here, -1 when it cannot be; binds variables.
     */
    int cost(Type actual, Map<String, Type> bound) {
        if (name.equals("any")) {
            return 3;
        }
        if (isVariable()) {
            return bind(actual, bound);
        }
        Type simple = SIMPLE.get(name);
        if (simple != null) {
            int cost = Coercion.cost(actual, simple);
            return cost < 0 && name.equals("text") && !actual.isNested() ? 2 : cost;
        }
        if (actual.kind() == Type.Kind.NULL) {
            return 1;
        }
        if (!actual.kind().name().equalsIgnoreCase(name)) {
            return -1;
        }
        int cost = 1;
        for (int i = 0; i < arguments.size(); i++) {
            int inner = arguments.get(i).cost(actual.children().get(i).type(), bound);
            if (inner < 0) {
                return -1;
            }
            cost += inner;
        }
        return cost;
    }

    private int bind(Type actual, Map<String, Type> bound) {
        boolean decimal = name.equals("decimal");
        if (decimal && actual.kind() != Type.Kind.DECIMAL && actual.kind() != Type.Kind.NULL) {
            if (!actual.isInteger()) {
                return -1;
            }
            bind(Coercion.decimalOf(actual), bound);
            return 20;
        }
        Type before = bound.getOrDefault(name, Type.NULL);
        Type common = Coercion.common(before, actual);
        if (common == null) {
            return -1;
        }
        bound.put(name, common);
        return decimal ? 0 : common.equals(actual) ? 2 : 4;
    }

    /**
     * The type with all variables replaced; those that nothing was bound to are NULL.
     *
     * @param actual the argument, which {@code any} leaves as it is; null for a result
     */
    Type resolve(Map<String, Type> bound, Type actual) {
        if (name.equals("any")) {
            return actual;
        }
        if (isVariable()) {
            Type type = bound.getOrDefault(name, Type.NULL);
            return name.equals("decimal") && type.kind() == Type.Kind.NULL
                    ? Type.decimal(18, 0)
                    : type;
        }
        Type simple = SIMPLE.get(name);
        if (simple != null) {
            return simple;
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "array" -> Type.array(arguments.get(0).resolve(bound, null));
            case "map" ->
                    Type.map(
                            arguments.get(0).resolve(bound, null),
                            arguments.get(1).resolve(bound, null));
            case "decimal+1" -> {
                Type type = of("decimal").resolve(bound, null);
                yield Type.decimal(Math.min(38, type.precision() + 1), type.scale());
            }
            default -> throw new IllegalArgumentException("type " + name);
        };
    }

    @Override
    public String toString() {
        if (arguments.isEmpty()) {
            return name.length() == 1 ? name : name.toUpperCase(Locale.ROOT);
        }
        List<String> inner = arguments.stream().map(TypePattern::toString).toList();
        return name.toUpperCase(Locale.ROOT) + "<" + String.join(", ", inner) + ">";
    }
}
