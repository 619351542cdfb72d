package org.skep.executor.function.aggregate;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Type;

/**
 * An aggregate function as its parts.
 *
 * @param resolver parameter types and, last, the result type, for argument types; null for none
 * @param states the types of the state columns
 */
record Definition(
        List<String> names,
        String usage,
        Function<List<Type>, List<Type>> resolver,
        Function<Signature, List<Type>> states,
        Function<Signature, Accumulator> accumulators)
        implements AggregateFunction {

    @Override
    public Optional<Signature> resolve(List<Type> arguments) {
        List<Type> types = resolver.apply(arguments);
        if (types == null) {
            return Optional.empty();
        }
        int last = types.size() - 1;
        return Optional.of(
                new Signature(names.get(0), types.subList(0, last), types.get(last), true));
    }

    @Override
    public List<Type> stateTypes(Signature signature) {
        return states.apply(signature);
    }

    @Override
    public Accumulator accumulator(Signature signature) {
        return accumulators.apply(signature);
    }

    /** One argument that is cast to a type and gives a type. */
    static Function<List<Type>, List<Type>> one(Function<Type, Type> parameter, Type result) {
        return arguments -> {
            Type type = arguments.size() == 1 ? parameter.apply(arguments.get(0)) : null;
            return type == null ? null : List.of(type, result);
        };
    }

    /** One argument of any type that gives the same type. */
    static List<Type> same(List<Type> arguments) {
        return arguments.size() == 1 ? List.of(arguments.get(0), arguments.get(0)) : null;
    }

    /** DOUBLE for numbers. */
    static Type asDouble(Type type) {
        return type.isNumeric() || type.kind() == Type.Kind.NULL ? Type.DOUBLE : null;
    }

    static Type asBoolean(Type type) {
        return type.kind() == Type.Kind.BOOLEAN || type.kind() == Type.Kind.NULL
                ? Type.BOOLEAN
                : null;
    }
}
