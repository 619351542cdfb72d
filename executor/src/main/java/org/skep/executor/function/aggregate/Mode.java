package org.skep.executor.function.aggregate;

import java.util.List;
import org.skep.executor.function.AggregateFunction;
import org.skep.executor.value.ValueOrder;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Column;
import org.skep.model.type.Type;

/** {@code mode}: the most frequent value, the least of them if there are several. */
final class Mode {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(
                    new Definition(
                            List.of("mode"),
                            "mode(T) → T",
                            Definition::same,
                            signature -> List.of(Type.array(signature.result())),
                            signature ->
                                    new CollectedValues(
                                            new Type[] {signature.result()},
                                            false,
                                            (values, none) -> mostFrequent(values))));

    private Mode() {}

    private static Column mostFrequent(ArrayColumn arrays) {
        Column elements = arrays.elements().flat();
        int[] places = new int[arrays.rows()];
        for (int row = 0; row < places.length; row++) {
            places[row] = -1;
            int most = 0;
            int run = 0;
            int before = -1;
            for (int place : Collect.sorted(arrays, elements, row)) {
                boolean same =
                        before >= 0 && ValueOrder.compare(elements, before, elements, place) == 0;
                run = same ? run + 1 : 1;
                if (run > most) {
                    most = run;
                    places[row] = place;
                }
                before = place;
            }
        }
        return elements.gather(places, places.length);
    }
}
