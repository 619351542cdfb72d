package org.skep.model.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/**
 * The functions that there are: signatures for the planner, bodies in the executor. Names are found
 * regardless of case and under every alias.
 */
public interface FunctionRegistry {
    /** All names of scalar functions, lower case, aliases included. */
    Set<String> scalarNames();

    /** All names of aggregate functions, lower case, aliases included. */
    Set<String> aggregateNames();

    /** Names of functions that are only window functions ({@code row_number}, {@code lag} …). */
    Set<String> windowNames();

    /**
     * The scalar function that takes arguments of these types, after implicit casts where needed;
     * {@code Type.NULL} fits every parameter. Prefers the overload that needs the fewest casts.
     */
    Optional<Signature> scalar(String name, List<Type> arguments);

    Optional<Signature> aggregate(String name, List<Type> arguments);

    Optional<Signature> window(String name, List<Type> arguments);

    /** The types of an aggregate's state columns. */
    List<Type> stateTypes(Signature aggregate);

    /** How calls of {@code name} look, for messages: one line per overload. */
    List<String> usages(String name);

    /**
     * The value of an expression without inputs, boxed as {@code Column.value} gives it.
     *
     * @throws org.skep.model.error.QueryException when evaluating fails, as it would at run time
     */
    Object evaluate(Expr constant);

    /**
     * A function as called.
     *
     * @param name its first name, lower case
     * @param parameters one per argument: what each is cast to
     * @param deterministic whether equal arguments always give equal results
     */
    record Signature(String name, List<Type> parameters, Type result, boolean deterministic) {
        public Signature {
            parameters = List.copyOf(parameters);
        }
    }
}
