package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.eval.Evaluator;
import org.skep.executor.eval.FusedColumns;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.Expr;

/**
 * Computes the columns of a batch from those of another: together in one loop where that pays, else
 * each by its evaluator.
 */
final class Projection {
    private final int[] inputs; // the input column that is handed on, or -1
    private final Evaluator[] evaluators;
    private final int[] places; // among the fused columns, or -1
    private final FusedColumns fused; // null when there are none

    private Projection(int[] inputs, Evaluator[] evaluators, int[] places, FusedColumns fused) {
        this.inputs = inputs;
        this.evaluators = evaluators;
        this.places = places;
        this.fused = fused;
    }

    static Projection of(OperatorServices services, List<Expr> expressions) {
        int[] inputs = new int[expressions.size()];
        int[] places = new int[inputs.length];
        Evaluator[] evaluators = new Evaluator[inputs.length];
        List<Expr> together = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            Expr expr = expressions.get(i);
            inputs[i] = expr instanceof Expr.Input input ? input.column() : -1;
            places[i] = -1;
            if (inputs[i] < 0) {
                evaluators[i] = services.evaluator(expr);
            }
            if (FusedColumns.pays(expr)) {
                places[i] = together.size();
                together.add(expr);
            }
        }
        FusedColumns fused = together.isEmpty() ? null : FusedColumns.of(together);
        return new Projection(inputs, evaluators, places, fused);
    }

    Batch apply(Batch batch) {
        Column[] computed = fused == null ? null : fused.compute(batch);
        Column[] columns = new Column[inputs.length];
        for (int i = 0; i < columns.length; i++) {
            if (inputs[i] >= 0) {
                columns[i] = batch.column(inputs[i]);
            } else if (computed != null && places[i] >= 0) {
                columns[i] = computed[places[i]];
            } else {
                columns[i] = evaluators[i].evaluate(batch);
            }
        }
        return new Batch(batch.rows(), columns);
    }
}
