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
    private final List<TypePattern> parameters;
    private final TypePattern result;
    private final boolean repeats;

    Overload(SqlFunction function, Method method) {
        this.function = function;
        this.method = method;
        String signature = function.signature();
        if (signature.isEmpty()) {
            parameters = new ArrayList<>();
            for (Class<?> type : method.getParameterTypes()) {
                boolean rest = method.isVarArgs() && type.isArray() && type != byte[].class;
                parameters.add(TypePattern.of(SQL.get(rest ? type.getComponentType() : type)));
            }
            repeats = method.isVarArgs();
            result = TypePattern.of(SQL.get(method.getReturnType()));
        } else {
            int close = signature.lastIndexOf(')');
            String list = signature.substring(1, close).strip();
            repeats = list.endsWith("...");
            parameters =
                    TypePattern.parseList(repeats ? list.substring(0, list.length() - 3) : list);
            result = TypePattern.parse(signature.substring(close + 1).strip());
        }
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
        int fixed = repeats ? parameters.size() - 1 : parameters.size();
        if (arguments.size() < fixed || !repeats && arguments.size() > fixed) {
            return null;
        }
        Map<String, Type> bound = new HashMap<>();
        int cost = repeats ? 1 : 0;
        for (int i = 0; i < arguments.size(); i++) {
            int step = pattern(i).cost(arguments.get(i), bound);
            if (step < 0) {
                return null;
            }
            cost += step;
        }
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            boolean struct = pattern(i).name().equals("struct");
            types.add(struct ? arguments.get(i) : pattern(i).resolve(bound));
        }
        return new Match(cost, types, resultType(types, bound));
    }

    private TypePattern pattern(int argument) {
        return parameters.get(Math.min(argument, parameters.size() - 1));
    }

    private Type resultType(List<Type> types, Map<String, Type> bound) {
        if (!result.name().equals("struct")) {
            return result.resolve(bound);
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            fields.add(new Field("col" + (i + 1), types.get(i)));
        }
        return Type.struct(fields);
    }

    /** {@code lpad(STRING, INT, STRING) → STRING}. */
    String usage(String name) {
        List<String> shown =
                new ArrayList<>(parameters.stream().map(TypePattern::toString).toList());
        if (repeats) {
            shown.set(shown.size() - 1, shown.get(shown.size() - 1) + "...");
        }
        return "%s(%s) → %s".formatted(name, String.join(", ", shown), result);
    }
}
