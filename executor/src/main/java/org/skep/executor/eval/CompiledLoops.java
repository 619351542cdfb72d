package org.skep.executor.eval;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.skep.executor.function.scalar.ScalarFunctions.Bound;
import org.skep.model.data.Utf8;
import org.skep.model.type.Type;

/**
 * Loops compiled at run time, one class per method and shape of its arguments: a plain loop over
 * arrays that calls the function's method directly, so that the JIT can inline it.
 */
final class CompiledLoops {
    private static final Map<String, CompletableFuture<CallLoop>> LOOPS = new ConcurrentHashMap<>();

    private CompiledLoops() {}

    /** The loop for a function, compiled by the caller if need be. */
    static CallLoop now(Bound function) {
        return LOOPS.computeIfAbsent(
                        key(function), k -> CompletableFuture.completedFuture(compile(function)))
                .join();
    }

    /** The loop for a function if it is compiled; else null, and it is being compiled. */
    static CallLoop whenReady(Bound function) {
        return LOOPS.computeIfAbsent(
                        key(function), k -> CompletableFuture.supplyAsync(() -> compile(function)))
                .getNow(null);
    }

    private static String key(Bound function) {
        StringBuilder key = new StringBuilder(function.method().toString());
        for (int i = 0; i < function.arity(); i++) {
            key.append(' ').append(function.parameterClass(i).getName());
            key.append(' ').append(function.parameter(i).layout());
        }
        return key.append(' ').append(function.result().layout()).toString();
    }

    private static CallLoop compile(Bound function) {
        return (CallLoop) HiddenClasses.compile(CallLoop.class, members(function)).instance();
    }

    /** The source of a loop, for those who want to read it. */
    static String members(Bound function) {
        StringBuilder out = new StringBuilder();
        out.append("public Column run(Column[] in, long[] validity, int rows, Type type) {\n");
        StringBuilder arguments = new StringBuilder();
        for (int i = 0; i < function.arity(); i++) {
            declare(out, function.parameter(i), i);
            arguments.append(i == 0 ? "" : ", ").append(argument(function, i));
        }
        Method method = function.method();
        String call =
                method.getDeclaringClass().getName()
                        + "."
                        + method.getName()
                        + "("
                        + (method.isVarArgs() ? varArgs(function) : arguments)
                        + ")";
        body(out, call, method.getReturnType(), function.result());
        return out.append("}\n").toString();
    }

    private static String varArgs(Bound function) {
        int fixed = function.method().getParameterCount() - 1;
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < fixed; i++) {
            out.append(argument(function, i)).append(", ");
        }
        Class<?> element = function.method().getParameterTypes()[fixed].getComponentType();
        out.append("new ").append(element.getCanonicalName()).append("[] {");
        for (int i = fixed; i < function.arity(); i++) {
            out.append(i == fixed ? "" : ", ").append(argument(function, i));
        }
        return out.append("}").toString();
    }

    private static void declare(StringBuilder out, Type type, int i) {
        switch (type.layout()) {
            case BOOLEAN -> array(out, "BooleanColumn", "byte[]", "values", "v", i);
            case INT -> array(out, "IntColumn", "int[]", "values", "v", i);
            case LONG -> array(out, "LongColumn", "long[]", "values", "v", i);
            case DOUBLE -> array(out, "DoubleColumn", "double[]", "values", "v", i);
            case BYTES -> {
                array(out, "BytesColumn", "byte[]", "data", "v", i);
                array(out, "BytesColumn", "int[]", "starts", "s", i);
                array(out, "BytesColumn", "int[]", "lengths", "l", i);
            }
            case DECIMAL, ARRAY, STRUCT -> {}
        }
        out.append("Column c%d = in[%d];\n".formatted(i, i));
    }

    private static void array(
            StringBuilder out, String column, String array, String member, String name, int i) {
        out.append("%s %s%d = ((%s) in[%d]).%s();%n".formatted(array, name, i, column, i, member));
    }

    private static String argument(Bound function, int i) {
        Class<?> wanted = function.parameterClass(i);
        boolean decimal = function.parameter(i).kind() == Type.Kind.DECIMAL;
        String value;
        if (wanted == Utf8.class) {
            value = "new Utf8(v%d, s%d[i], l%d[i])".formatted(i, i, i);
        } else if (wanted == String.class) {
            value =
                    "new String(v%d, s%d[i], l%d[i], java.nio.charset.StandardCharsets.UTF_8)"
                            .formatted(i, i, i);
        } else if (decimal || wanted.isArray() || !isNumber(wanted) && wanted != Boolean.class) {
            value = "(" + wanted.getCanonicalName() + ") c" + i + ".value(i)";
            if (wanted == boolean.class) {
                value = "v" + i + "[i] != 0";
            }
        } else if (wanted == Boolean.class) {
            value = "Boolean.valueOf(v" + i + "[i] != 0)";
        } else if (wanted.isPrimitive()) {
            value = "v" + i + "[i]";
        } else {
            value = wanted.getSimpleName() + ".valueOf(v" + i + "[i])";
        }
        return function.takesNull(i) ? "(c" + i + ".isNull(i) ? null : " + value + ")" : value;
    }

    private static boolean isNumber(Class<?> type) {
        return type == int.class
                || type == long.class
                || type == double.class
                || type == Integer.class
                || type == Long.class
                || type == Double.class;
    }

    private static void body(StringBuilder out, String call, Class<?> returned, Type result) {
        boolean direct =
                returned == int.class || returned == long.class || returned == double.class;
        if (direct || returned == boolean.class) {
            String element = direct ? returned.getName() : "byte";
            String column =
                    switch (result.layout()) {
                        case BOOLEAN -> "BooleanColumn";
                        case INT -> "IntColumn";
                        case LONG -> "LongColumn";
                        case DOUBLE -> "DoubleColumn";
                        case DECIMAL, BYTES, ARRAY, STRUCT ->
                                throw new IllegalStateException(returned + " as " + result);
                    };
            String value = direct ? call : "(byte) (" + call + " ? 1 : 0)";
            out.append(
                    """
                    %s[] out = new %s[rows];
                    if (validity == null) {
                        for (int i = 0; i < rows; i++) { out[i] = %s; }
                    } else {
                        for (int i = 0; i < rows; i++) {
                            if ((validity[i >> 6] >>> i & 1L) != 0) { out[i] = %s; }
                        }
                    }
                    return new %s(type, out, rows, validity);
                    """
                            .formatted(element, element, value, value, column));
            return;
        }
        String append = "InterpretedCall.append(out, r);";
        if (returned == Utf8.class) {
            append = "if (r == null) { out.appendNull(); } else { out.appendUtf8(r); }";
        } else if (returned == String.class) {
            append = "if (r == null) { out.appendNull(); } else { out.appendString(r); }";
        } else if (returned == BigDecimal.class) {
            append = "InterpretedCall.appendDecimal(out, r);";
        }
        out.append(
                """
                ColumnBuilder out = ColumnBuilder.of(type, rows);
                for (int i = 0; i < rows; i++) {
                    if (validity != null && (validity[i >> 6] >>> i & 1L) == 0) {
                        out.appendNull();
                    } else {
                        %s r = %s;
                        %s
                    }
                }
                return out.build();
                """
                        .formatted(returned.getCanonicalName(), call, append));
    }
}
