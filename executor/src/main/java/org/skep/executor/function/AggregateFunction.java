package org.skep.executor.function;

import java.util.List;
import java.util.Optional;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Type;

/**
 * An aggregate function: one file in {@code function/aggregate} and one line in its list. A test
 * scans the package for forgotten ones and checks that states merged in any split of the rows give
 * the same result.
 */
public interface AggregateFunction {
    /** Its names, lower case, the first one its own. */
    List<String> names();

    /** How it looks, for messages: {@code avg(number) → DOUBLE}. */
    String usage();

    /** The signature for arguments of these types, if it takes them (after implicit casts). */
    Optional<Signature> resolve(List<Type> arguments);

    /** The types of the state columns. */
    List<Type> stateTypes(Signature signature);

    /** A new accumulator without groups. */
    Accumulator accumulator(Signature signature);
}
