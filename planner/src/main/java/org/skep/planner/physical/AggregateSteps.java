package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.AggregateCall.Step;
import org.skep.model.plan.PlanNode;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** An aggregate in one step or in two: what its calls read and write. */
public final class AggregateSteps {
    private final FunctionRegistry functions;

    public AggregateSteps(FunctionRegistry functions) {
        this.functions = functions;
    }

    /** The calls as a combiner makes them. */
    static List<AggregateCall> partial(List<AggregateCall> calls) {
        return calls.stream().map(call -> call.with(Step.PARTIAL, call.arguments())).toList();
    }

    /** Whether an aggregate in one step can be one in two. */
    public static boolean canBeTwo(PlanNode.Aggregate aggregate) {
        return !aggregate.keys().isEmpty()
                && aggregate.calls().stream()
                        .allMatch(
                                call ->
                                        call.step() == Step.SINGLE
                                                && !call.distinct()
                                                && call.order().isEmpty());
    }

    /** The first of two steps, over other rows of the same columns. */
    public PlanNode.Aggregate first(PlanNode.Aggregate single, PlanNode input) {
        List<AggregateCall> calls = partial(single.calls());
        Schema schema = schema(input.schema(), single.keys(), calls);
        return new PlanNode.Aggregate(input, single.keys(), calls, schema);
    }

    /** The second of two steps. */
    public PlanNode.Aggregate second(PlanNode.Aggregate single, PlanNode states) {
        int keys = single.keys().size();
        return new PlanNode.Aggregate(
                states,
                IntStream.range(0, keys).boxed().toList(),
                reading(single.calls(), keys, Step.FINAL),
                single.schema());
    }

    /** Keys, then results, or states for calls that write them. */
    Schema schema(Schema in, List<Integer> keys, List<AggregateCall> calls) {
        List<Field> fields = new ArrayList<>(in.select(keys).fields());
        for (int i = 0; i < calls.size(); i++) {
            AggregateCall call = calls.get(i);
            if (call.step().writesStates()) {
                List<Type> states = stateTypes(call);
                for (int j = 0; j < states.size(); j++) {
                    fields.add(new Field("$state" + i + "_" + j, states.get(j)));
                }
            } else {
                fields.add(new Field(call.function() + "$" + i, call.type()));
            }
        }
        return new Schema(fields);
    }

    /** Whether a group's states are a few numbers: cheap to repeat. */
    boolean hasSmallStates(AggregateCall call) {
        return stateTypes(call).stream()
                .allMatch(
                        type ->
                                switch (type.layout()) {
                                    case BOOLEAN, INT, LONG, DECIMAL, DOUBLE -> true;
                                    case BYTES, ARRAY, STRUCT -> false;
                                });
    }

    private List<Type> stateTypes(AggregateCall call) {
        Signature signature =
                functions
                        .aggregate(call.function(), call.types())
                        .orElseThrow(() -> new IllegalArgumentException("no " + call.function()));
        return functions.stateTypes(signature);
    }

    /** The calls over their state columns, which stand behind {@code keys} key columns. */
    List<AggregateCall> reading(List<AggregateCall> calls, int keys, Step step) {
        List<AggregateCall> reading = new ArrayList<>();
        int next = keys;
        for (AggregateCall call : calls) {
            int states = stateTypes(call).size();
            List<Integer> columns = IntStream.range(next, next + states).boxed().toList();
            reading.add(
                    new AggregateCall(
                            call.function(),
                            call.types(),
                            columns,
                            false,
                            -1,
                            List.of(),
                            step,
                            call.type()));
            next += states;
        }
        return reading;
    }
}
