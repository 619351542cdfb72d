package org.skep.executor.local;

import java.util.List;
import org.skep.executor.eval.Evaluator;
import org.skep.executor.eval.Expressions;
import org.skep.executor.eval.Predicate;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.Formats;
import org.skep.executor.format.SplitReader;
import org.skep.executor.format.Wanted;
import org.skep.executor.format.WritableFormat;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.executor.function.FunctionLibrary;
import org.skep.executor.operator.OperatorServices;
import org.skep.executor.task.TaskContext;
import org.skep.model.file.Split;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Type;

/** The expressions, functions and formats of this module, as operators ask for them. */
public final class StandardServices implements OperatorServices {
    @Override
    public Evaluator evaluator(Expr expression) {
        return Expressions.evaluator(expression);
    }

    @Override
    public Predicate predicate(Expr condition) {
        return Expressions.predicate(condition);
    }

    @Override
    public Accumulator accumulator(String function, List<Type> types) {
        return aggregate(function).accumulator(signature(function, types));
    }

    @Override
    public List<Type> stateTypes(String function, List<Type> types) {
        return aggregate(function).stateTypes(signature(function, types));
    }

    private static AggregateFunction aggregate(String function) {
        return FunctionLibrary.aggregateFunction(function);
    }

    private static Signature signature(String function, List<Type> types) {
        return aggregate(function)
                .resolve(types)
                .orElseThrow(() -> new IllegalArgumentException("no " + function + " of " + types));
    }

    @Override
    public BatchReader open(PlanNode.Scan scan, Split split, Wanted wanted, TaskContext task) {
        return SplitReader.open(scan, split, wanted, task, Expressions::predicate);
    }

    @Override
    public WritableFormat writable(String format) {
        return Formats.writable(format);
    }
}
