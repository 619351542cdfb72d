package org.skep.executor.function.scalar;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.data.Column;
import org.skep.model.data.Utf8;
import org.skep.model.type.Field;
import org.skep.model.type.Type;

/** One method that is a function, with the types it takes. */
final class Overload {
    private static final Map<Class<?>, String> SQL =
            Map.ofEntries(
                    Map.entry(int.class, "int"),
                    Map.entry(Integer.class, "int"),
                    Map.entry(long.class, "bigint"),
                    Map.entry(Long.class, "bigint"),
                    Map.entry(double.class, "double"),
                    Map.entry(Double.class, "double"),
                    Map.entry(boolean.class, "boolean"),
                    Map.entry(Boolean.class, "boolean"),
                    Map.entry(Utf8.class, "string"),
                    Map.entry(String.class, "string"),
                    Map.entry(byte[].class, "binary"),
                    Map.entry(BigDecimal.class, "decimal"));

    private final SqlFunction function;
    private final Method method;
    private final List<TypePattern> prefix;

    /** What may stand any number of times between prefix and suffix; empty for nothing. */
    private final List<TypePattern> group;

    private final List<TypePattern> suffix;
    private final TypePattern result;

    Overload(SqlFunction function, Method method) {
        this.function = function;
        this.method = method;
        String signature = function.signature();
        if (signature.isEmpty()) {
            List<TypePattern> types = new ArrayList<>();
            for (Class<?> type : method.getParameterTypes()) {
                boolean rest = method.isVarArgs() && type.isArray() && type != byte[].class;
                types.add(TypePattern.of(SQL.get(rest ? type.getComponentType() : type)));
            }
            int fixed = types.size() - (method.isVarArgs() ? 1 : 0);
            prefix = types.subList(0, fixed);
            group = types.subList(fixed, types.size());
            suffix = List.of();
            result = TypePattern.of(SQL.get(method.getReturnType()));
            return;
        }
        int close = signature.lastIndexOf(')');
        String list = signature.substring(1, close);
        result = TypePattern.parse(signature.substring(close + 1).strip());
        int dots = list.indexOf("...");
        if (dots < 0) {
            prefix = TypePattern.parseList(list);
            group = List.of();
            suffix = List.of();
            return;
        }
        boolean bracket = list.charAt(dots - 1) == ']';
        int from = bracket ? list.lastIndexOf('[', dots) : list.lastIndexOf(',', dots) + 1;
        prefix = TypePattern.parseList(list.substring(0, from));
        group =
                TypePattern.parseList(
                        list.substring(bracket ? from + 1 : from, bracket ? dots - 1 : dots));
        suffix = TypePattern.parseList(list.substring(dots + 3));
    }

    String name() {
        return function.value()[0];
    }

    SqlFunction function() {
        return function;
    }

    Method method() {
        return method;
    }

    boolean isKernel() {
        Class<?>[] types = method.getParameterTypes();
        return types.length == 3 && types[2] == Column[].class;
    }

    /** What a call with these arguments would be. */
    record Match(int cost, List<Type> parameters, Type result) {}

    /** Null when the arguments do not fit. */
    Match match(List<Type> arguments) {
        int repeated = arguments.size() - prefix.size() - suffix.size();
        boolean fits =
                group.isEmpty() ? repeated == 0 : repeated >= 0 && repeated % group.size() == 0;
        if (!fits) {
            return null;
        }
        Map<String, Type> bound = new HashMap<>();
        int cost = group.isEmpty() ? 0 : 1;
        for (int i = 0; i < arguments.size(); i++) {
            int step = pattern(i, arguments.size()).cost(arguments.get(i), bound);
            if (step < 0) {
                return null;
            }
            cost += step;
        }
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            types.add(pattern(i, arguments.size()).resolve(bound, arguments.get(i)));
        }
        return new Match(cost, types, resultType(types, bound));
    }

    private TypePattern pattern(int argument, int count) {
        if (argument < prefix.size()) {
            return prefix.get(argument);
        }
        int end = count - suffix.size();
        return argument >= end
                ? suffix.get(argument - end)
                : group.get((argument - prefix.size()) % group.size());
    }

    private Type resultType(List<Type> types, Map<String, Type> bound) {
        if (!result.name().equals("struct")) {
            return result.resolve(bound, null);
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            fields.add(new Field("col" + (i + 1), types.get(i)));
        }
        return Type.struct(fields);
    }

    /** {@code lpad(STRING, INT, STRING) → STRING}. */
    String usage(String name) {
        List<String> shown = new ArrayList<>();
        prefix.forEach(pattern -> shown.add(pattern.toString()));
        if (!group.isEmpty()) {
            shown.add(
                    group.stream()
                            .map(TypePattern::toString)
                            .collect(java.util.stream.Collectors.joining(", ", "", "...")));
        }
        suffix.forEach(pattern -> shown.add(pattern.toString()));
        return "%s(%s) → %s".formatted(name, String.join(", ", shown), result);
    }
}
