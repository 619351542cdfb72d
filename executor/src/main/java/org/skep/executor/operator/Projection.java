package org.skep.executor.operator;

import java.util.List;
import org.skep.executor.eval.Evaluator;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.Expr;

/** Computes the columns of a batch from those of another. */
final class Projection {
    private final int[] inputs; // the input column that is handed on, or -1
    private final Evaluator[] evaluators;

    private Projection(int[] inputs, Evaluator[] evaluators) {
        this.inputs = inputs;
        this.evaluators = evaluators;
    }

    static Projection of(OperatorServices services, List<Expr> expressions) {
        int[] inputs = new int[expressions.size()];
        Evaluator[] evaluators = new Evaluator[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            if (expressions.get(i) instanceof Expr.Input input) {
                inputs[i] = input.column();
            } else {
                inputs[i] = -1;
                evaluators[i] = services.evaluator(expressions.get(i));
            }
        }
        return new Projection(inputs, evaluators);
    }

    Batch apply(Batch batch) {
        Column[] columns = new Column[inputs.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = inputs[i] >= 0 ? batch.column(inputs[i]) : evaluators[i].evaluate(batch);
        }
        return new Batch(batch.rows(), columns);
    }
}
