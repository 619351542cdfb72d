package org.skep.executor.function.scalar;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skep.model.data.Column;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/** All scalar functions by name, and the choice among overloads. */
public final class ScalarFunctions {
    /** The topics. A test finds classes that are missing here. */
    static final List<Class<?>> TOPICS =
            List.of(
                    StringFunctions.class,
                    TextSearchFunctions.class,
                    RegexFunctions.class,
                    LikeFunctions.class,
                    EncodingFunctions.class,
                    HashFunctions.class,
                    MathFunctions.class,
                    NumberFunctions.class,
                    TrigonometricFunctions.class,
                    DateFunctions.class,
                    DateArithmeticFunctions.class,
                    IntervalFunctions.class,
                    DateTextFunctions.class,
                    ArrayKernels.class,
                    ArrayFunctions.class,
                    SequenceFunctions.class,
                    JsonFunctions.class,
                    PartitionFunctions.class,
                    SystemFunctions.class,
                    ConditionalFunctions.class);

    private static final Map<String, List<Overload>> BY_NAME = load();

    private ScalarFunctions() {}

    private static Map<String, List<Overload>> load() {
        Map<String, List<Overload>> byName = new TreeMap<>();
        for (Class<?> topic : TOPICS) {
            for (Method method : topic.getDeclaredMethods()) {
                SqlFunction function = method.getAnnotation(SqlFunction.class);
                if (function != null) {
                    Overload overload = new Overload(function, method);
                    for (String name : function.value()) {
                        byName.computeIfAbsent(name, n -> new ArrayList<>(2)).add(overload);
                    }
                }
            }
        }
        return byName;
    }

    /** All names, aliases included. */
    public static Set<String> names() {
        return Collections.unmodifiableSet(BY_NAME.keySet());
    }

    static Map<String, List<Overload>> all() {
        return BY_NAME;
    }

    /** The function for arguments of these types, the one with the cheapest implicit casts. */
    public static Optional<Bound> find(String name, List<Type> arguments) {
        Overload best = null;
        Overload.Match bestMatch = null;
        for (Overload overload : BY_NAME.getOrDefault(name.toLowerCase(Locale.ROOT), List.of())) {
            Overload.Match match = overload.match(arguments);
            boolean better =
                    match != null
                            && (bestMatch == null
                                    || match.cost() < bestMatch.cost()
                                    || match.cost() == bestMatch.cost()
                                            && overload.usage("").compareTo(best.usage("")) < 0);
            if (better) {
                best = overload;
                bestMatch = match;
            }
        }
        return best == null
                ? Optional.empty()
                : Optional.of(new Bound(best, bestMatch.parameters(), bestMatch.result()));
    }

    /** The function of a planned call. */
    public static Bound of(Expr.Call call) {
        List<Type> types = call.inputs().stream().map(Expr::type).toList();
        Bound bound =
                find(call.function(), types)
                        .orElseThrow(
                                () ->
                                        new QueryException(
                                                ErrorCode.FUNCTION_NOT_FOUND,
                                                "no function %s%s"
                                                        .formatted(call.function(), types)));
        return new Bound(bound.overload, bound.parameters, call.type());
    }

    /** One line per overload. */
    public static List<String> usages(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return BY_NAME.getOrDefault(lower, List.of()).stream()
                .map(overload -> overload.usage(lower))
                .sorted()
                .distinct()
                .toList();
    }

    /** A function with the types it is called with. */
    public static final class Bound {
        private final Overload overload;
        private final List<Type> parameters;
        private final Type result;
        private final Class<?>[] classes; // asked for once per row until a loop is compiled

        Bound(Overload overload, List<Type> parameters, Type result) {
            this.overload = overload;
            this.parameters = List.copyOf(parameters);
            this.result = result;
            this.classes = overload.method().getParameterTypes();
        }

        public String name() {
            return overload.name();
        }

        public List<Type> parameters() {
            return parameters;
        }

        public Type parameter(int index) {
            return parameters.get(index);
        }

        public int arity() {
            return parameters.size();
        }

        public Type result() {
            return result;
        }

        public boolean deterministic() {
            return overload.function().deterministic();
        }

        /** Whether it works on whole columns, by {@link #kernel}. */
        public boolean isKernel() {
            return overload.isKernel();
        }

        /** Whether it wants to be called when that argument is null. */
        public boolean takesNull(int argument) {
            return overload.function().takesNull() && !parameterClass(argument).isPrimitive();
        }

        public Method method() {
            return overload.method();
        }

        /** The Java type in which an argument is passed. */
        public Class<?> parameterClass(int argument) {
            int last = classes.length - 1;
            boolean rest = method().isVarArgs() && argument >= last;
            return rest ? classes[last].getComponentType() : classes[argument];
        }

        /** The method as {@code Object (Object[])}. */
        public MethodHandle handle() {
            try {
                MethodHandle handle = MethodHandles.publicLookup().unreflect(method());
                if (method().isVarArgs()) {
                    Class<?>[] types = method().getParameterTypes();
                    int fixed = types.length - 1;
                    handle =
                            handle.asFixedArity()
                                    .asCollector(types[fixed], parameters.size() - fixed);
                }
                return handle.asType(MethodType.genericMethodType(parameters.size()))
                        .asSpreader(Object[].class, parameters.size());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(method().toString(), e);
            }
        }

        /** Runs a kernel. */
        public Column kernel(int rows, Column[] arguments) {
            try {
                return (Column) method().invoke(null, result, rows, arguments);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(method().toString(), e.getCause());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(method().toString(), e);
            }
        }
    }
}
