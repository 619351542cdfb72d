package org.skep.executor.eval;

import java.time.DateTimeException;
import org.skep.executor.function.scalar.ScalarFunctions;
import org.skep.executor.function.scalar.ScalarFunctions.Bound;
import org.skep.executor.task.TaskProfile;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.plan.Expr.Call;
import org.skep.model.type.Type;

/**
 * Calls of functions. A column kernel is called once a batch. A function of single values is called
 * through its method handle at first, which is the truth, and by a compiled loop once so many rows
 * came by that compiling pays; both are the same method.
 *
 * <p>The system property {@code skep.calls} forces either: {@code interpreted} or {@code compiled}.
 */
final class Calls {
    /** Rows after which a loop is compiled: what the compiler costs is then a few percent. */
    static final int COMPILE_AFTER = 50_000;

    private Calls() {}

    static Evaluator evaluator(Call call, ExpressionCompiler compiler) {
        Bound function = ScalarFunctions.of(call);
        Evaluator[] inputs = new Evaluator[function.arity()];
        for (int i = 0; i < inputs.length; i++) {
            Expr input = call.inputs().get(i);
            Type wanted = function.parameter(i);
            inputs[i] =
                    compiler.compile(
                            input.type().equals(wanted)
                                    ? input
                                    : new Expr.Cast(input, wanted, false));
        }
        if (function.isKernel()) {
            return batch -> {
                try {
                    return function.kernel(batch.rows(), Constant.flat(inputs, batch));
                } catch (RuntimeException e) {
                    throw failure(function, e);
                }
            };
        }
        return new ByValue(function, inputs);
    }

    /** Calls a function once a row. */
    private static final class ByValue implements Evaluator {
        private final Bound function;
        private final Evaluator[] inputs;
        private final CallLoop interpreted;
        private final String forced = System.getProperty("skep.calls", "");
        private CallLoop compiled;
        private String source; // of the compiled loop, once somebody has asked
        private long rowsSeen;

        ByValue(Bound function, Evaluator[] inputs) {
            this.function = function;
            this.inputs = inputs;
            this.interpreted = new InterpretedCall(function);
        }

        @Override
        public Column evaluate(Batch batch) {
            Column[] columns = Constant.flat(inputs, batch);
            long[] validity = null;
            for (int i = 0; i < columns.length; i++) {
                if (!function.takesNull(i)) {
                    validity = Bits.and(validity, columns[i].validity());
                }
            }
            CallLoop loop = loop(batch.rows());
            if (TaskProfile.isMeasuring()) {
                TaskProfile.generated(source());
            }
            try {
                return loop.run(columns, validity, batch.rows(), function.result());
            } catch (RuntimeException e) {
                throw failure(function, e);
            }
        }

        private String source() {
            if (source == null) {
                source = CompiledLoops.members(function);
            }
            return source;
        }

        private CallLoop loop(int rows) {
            if (compiled != null) {
                return compiled;
            }
            rowsSeen += rows;
            if (forced.equals("compiled")) {
                compiled = CompiledLoops.now(function);
            } else if (rowsSeen >= COMPILE_AFTER && !forced.equals("interpreted")) {
                compiled = CompiledLoops.whenReady(function);
            }
            return compiled == null ? interpreted : compiled;
        }
    }

    /** The one place where what a function's body throws becomes an error of the user. */
    static QueryException failure(Bound function, RuntimeException e) {
        if (e instanceof QueryException known) {
            return known;
        }
        String message = "%s: %s".formatted(function.name(), e.getMessage());
        if (e instanceof ArithmeticException) {
            return new QueryException(ErrorCode.NUMERIC_OVERFLOW, message, e);
        }
        if (e instanceof IllegalArgumentException || e instanceof DateTimeException) {
            return new QueryException(ErrorCode.INVALID_ARGUMENT, message, e);
        }
        return new QueryException(ErrorCode.BUG, message, e);
    }
}
