package org.skep.executor.eval;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.executor.eval.FusedSource.Form;
import org.skep.executor.task.TaskProfile;
import org.skep.model.data.Batch;

/**
 * Decides batch by batch whether there is a compiled loop to run or the interpreted kernels must
 * do: as long as few rows have come, where a loop cannot read a column, and after failures.
 */
final class FusedTier {
    /** Rows that are interpreted before anything is asked, for the sake of small queries. */
    private static final int FIRST_ROWS = 8_192;

    /** So many batches in vain, and there are no further attempts. */
    private static final int MOST_FAILURES = 16;

    /** Forms that come with few nulls now and then are few, but they need not be. */
    private static final int MOST_SHAPES = 100;

    private final FusedTerms terms;
    private final FusedInputs inputs;
    private final long rowsBefore = FusedShapes.rowsBefore();
    private final Map<List<Form>, FusedShapes.Shape> shapes = new HashMap<>();
    private Form[] shapeForms;
    private FusedShapes.Shape shape;
    private long seen;
    private int failures;

    FusedTier(FusedTerms terms) {
        this.terms = terms;
        this.inputs = new FusedInputs(terms);
    }

    /** The loop for a batch, whose arrays are then {@link #in}; null if it is to be interpreted. */
    FusedLoop loop(Batch batch, boolean oneGroup) {
        seen += batch.rows();
        boolean early = seen < Math.min(FIRST_ROWS, rowsBefore) && !TaskProfile.isMeasuring();
        if (early || failures >= MOST_FAILURES || batch.rows() == 0) {
            return null;
        }
        if (!inputs.resolve(batch)) {
            failures++;
            return null;
        }
        if (!Arrays.equals(inputs.forms(), shapeForms)) {
            shapeForms = inputs.forms().clone();
            if (shapes.size() >= MOST_SHAPES) {
                shapes.clear();
            }
            shape =
                    shapes.computeIfAbsent(
                            List.of(shapeForms),
                            key -> FusedShapes.of(FusedSource.write(terms, shapeForms, oneGroup)));
            TaskProfile.generated(shape.source());
        }
        return shape.ready(batch.rows(), rowsBefore);
    }

    Object[] in() {
        return inputs.arrays();
    }

    /** The loop was of no use for this batch. */
    void failed() {
        failures++;
    }
}
