package org.skep.executor.function.aggregate;

import java.util.List;
import org.skep.executor.function.AggregateFunction;
import org.skep.executor.value.ValueOrder;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DoubleColumn;
import org.skep.model.type.Type;

/**
 * {@code entropy}: Shannon's entropy of the values' distribution in bits, {@code -Σ p log2 p} over
 * the share {@code p} of each distinct value; nulls do not count, 0 for no values.
 */
final class Entropy {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(
                    new Definition(
                            List.of("entropy"),
                            "entropy(T) → DOUBLE",
                            arguments ->
                                    arguments.size() == 1
                                            ? List.of(arguments.get(0), Type.DOUBLE)
                                            : null,
                            signature -> List.of(Type.array(signature.parameters().get(0))),
                            signature ->
                                    new CollectedValues(
                                            new Type[] {signature.parameters().get(0)},
                                            false,
                                            (values, none) -> entropies(values))));

    private Entropy() {}

    private static Column entropies(ArrayColumn arrays) {
        Column elements = arrays.elements().flat();
        double[] bits = new double[arrays.rows()];
        for (int row = 0; row < bits.length; row++) {
            bits[row] = entropy(elements, Collect.sorted(arrays, elements, row));
        }
        return new DoubleColumn(Type.DOUBLE, bits, bits.length, null);
    }

    private static double entropy(Column elements, Integer[] sorted) {
        double bits = 0;
        int start = 0;
        for (int i = 1; i <= sorted.length; i++) {
            boolean ends =
                    i == sorted.length
                            || ValueOrder.compare(elements, sorted[i - 1], elements, sorted[i])
                                    != 0;
            if (ends) {
                double share = (double) (i - start) / sorted.length;
                bits -= share * Math.log(share) / Math.log(2);
                start = i;
            }
        }
        return bits;
    }
}
