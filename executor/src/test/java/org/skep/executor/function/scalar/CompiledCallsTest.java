package org.skep.executor.function.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.skep.executor.eval.Expressions;
import org.skep.executor.eval.RandomColumns;
import org.skep.executor.function.FunctionLibrary;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/** Every function, with the types of its example and random values: compiled as interpreted. */
class CompiledCallsTest {
    @TestFactory
    Stream<DynamicTest> compiledLoopsDoAsInterpretedCalls() {
        Map<String, Expr.Call> calls = new LinkedHashMap<>();
        for (List<Overload> overloads : ScalarFunctions.all().values()) {
            for (Overload overload : overloads) {
                String example = overload.function().example();
                collect(new Example(FunctionLibrary.standard(), example).sides().get(0), calls);
            }
        }
        return calls.entrySet().stream()
                .map(entry -> dynamicTest(entry.getKey(), () -> check(entry.getValue())));
    }

    private static void collect(Expr expr, Map<String, Expr.Call> calls) {
        if (expr instanceof Expr.Call call && ScalarFunctions.of(call).deterministic()) {
            List<Type> types = call.inputs().stream().map(Expr::type).toList();
            calls.put(call.function() + types, call);
        }
        expr.inputs().forEach(input -> collect(input, calls));
    }

    private static void check(Expr.Call call) {
        for (int seed = 0; seed < 5; seed++) {
            RandomColumns columns = new RandomColumns(new Random(seed));
            List<Expr> inputs = new ArrayList<>();
            int rows = seed == 0 ? 50 : 1;
            Column[] arguments = new Column[call.inputs().size()];
            for (int i = 0; i < arguments.length; i++) {
                Type type = call.inputs().get(i).type();
                inputs.add(new Expr.Input(i, type));
                arguments[i] = columns.flat(type, rows, 0.2);
            }
            if (arguments.length == 0) {
                return;
            }
            Expr expr = call.withInputs(inputs);
            Batch batch = new Batch(rows, arguments);
            List<Object> interpreted = run("interpreted", expr, batch);
            assertEquals(interpreted, run("compiled", expr, batch));
        }
    }

    private static List<Object> run(String how, Expr expr, Batch batch) {
        String before = System.getProperty("skep.calls", "");
        System.setProperty("skep.calls", how);
        try {
            Column result = Expressions.evaluator(expr).evaluate(batch);
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < result.rows(); i++) {
                Object value = result.value(i);
                values.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
            }
            return values;
        } catch (QueryException e) {
            assertTrue(e.code() != ErrorCode.BUG, () -> e + " caused by " + e.getCause());
            return List.of(e.code(), e.getMessage());
        } finally {
            System.setProperty("skep.calls", before);
        }
    }
}
