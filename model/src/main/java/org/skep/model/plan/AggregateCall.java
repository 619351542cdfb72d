package org.skep.model.plan;

import java.io.Serializable;
import java.util.List;
import org.skep.model.type.Type;

/**
 * One aggregate of an {@link PlanNode.Aggregate}.
 *
 * @param function its name in the registry; with {@code types} it tells which one
 * @param types the types of the raw arguments, also when the input holds states
 * @param arguments columns of the input: raw arguments, or states when {@code step} reads states
 * @param distinct whether each distinct combination of arguments counts once; only with raw input
 * @param filter a BOOLEAN column that must be true for a row to count, or -1; only with raw input
 * @param order the order in which rows are taken, for order-sensitive aggregates; often empty
 * @param step what goes in and what comes out
 * @param type the type of the result (of the state columns the registry knows)
 */
public record AggregateCall(
        String function,
        List<Type> types,
        List<Integer> arguments,
        boolean distinct,
        int filter,
        List<SortKey> order,
        Step step,
        Type type)
        implements Serializable {
    /** What an aggregate reads and writes. */
    public enum Step {
        /** Rows in, result out. */
        SINGLE(false, false, false),
        /** Rows in, states out, of some rows of a group: the combiner of a map stage. */
        PARTIAL(false, true, true),
        /** The same with states in: the combiner of what has been combined before. */
        PARTIAL_OF_STATES(true, true, true),
        /** States in, states out, of all rows of a group. */
        INTERMEDIATE(true, true, false),
        /** States in, result out. */
        FINAL(true, false, false);

        private final boolean readsStates;
        private final boolean writesStates;
        private final boolean partial;

        Step(boolean readsStates, boolean writesStates, boolean partial) {
            this.readsStates = readsStates;
            this.writesStates = writesStates;
            this.partial = partial;
        }

        /** Whether a group may come out several times, of some of its rows each. */
        public boolean isPartial() {
            return partial;
        }

        public boolean readsStates() {
            return readsStates;
        }

        public boolean writesStates() {
            return writesStates;
        }
    }

    public AggregateCall {
        types = List.copyOf(types);
        arguments = List.copyOf(arguments);
        order = List.copyOf(order);
    }

    public AggregateCall with(Step newStep, List<Integer> newArguments) {
        return new AggregateCall(
                function, types, newArguments, distinct, filter, order, newStep, type);
    }
}
