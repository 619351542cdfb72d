package org.skep.executor.operator;

import java.util.List;
import org.skep.executor.eval.Evaluator;
import org.skep.executor.eval.Predicate;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.Wanted;
import org.skep.executor.format.WritableFormat;
import org.skep.executor.function.Accumulator;
import org.skep.executor.task.TaskContext;
import org.skep.model.file.Split;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Type;

/** What operators ask of expressions, functions and file formats. Used by many threads. */
public interface OperatorServices {
    /** A new evaluator, for one thread. */
    Evaluator evaluator(Expr expression);

    /** A new predicate, for one thread. */
    Predicate predicate(Expr condition);

    /** A new accumulator of the aggregate that takes arguments of these types. */
    Accumulator accumulator(String function, List<Type> types);

    /** The types of that aggregate's state columns. */
    List<Type> stateTypes(String function, List<Type> types);

    /**
     * Begins to read a split: the scan's columns, only rows that fulfil its conditions. The reader
     * tells the task where it reads and how many rows it has read.
     *
     * @param wanted what operators further up have a use for; other rows may be left out
     */
    BatchReader open(PlanNode.Scan scan, Split split, Wanted wanted, TaskContext task);

    /** The format of this name; fails with a QueryException when it cannot be written. */
    WritableFormat writable(String format);
}
