package org.skep.executor.function.aggregate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.skep.executor.function.AggregateFunction;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.DoubleColumn;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Type;

/**
 * {@code median}, {@code percentile_cont} and {@code percentile_disc}: exact, of all values kept.
 * The continuous one interpolates between neighbours, the discrete one takes the first value at or
 * beyond the fraction.
 */
final class Percentile {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(
                    median(),
                    continuous("percentile_cont", "percentile", "quantile_cont", "quantile"),
                    continuous("approx_percentile", "percentile_approx", "approx_quantile"),
                    discrete());

    private Percentile() {}

    private static Definition median() {
        return new Definition(
                List.of("median"),
                "median(number) → DOUBLE",
                Definition.one(Definition::asDouble, Type.DOUBLE),
                signature -> List.of(Type.array(Type.DOUBLE)),
                signature ->
                        new CollectedValues(
                                new Type[] {Type.DOUBLE},
                                false,
                                (values, none) -> interpolate(values, 0.5)));
    }

    private static Definition continuous(String... names) {
        Function<List<Type>, List<Type>> resolver =
                arguments -> {
                    boolean fits =
                            arguments.size() == 2
                                    && Definition.asDouble(arguments.get(0)) != null
                                    && Definition.asDouble(arguments.get(1)) != null;
                    return fits ? List.of(Type.DOUBLE, Type.DOUBLE, Type.DOUBLE) : null;
                };
        return new Definition(
                List.of(names),
                names[0] + "(number, fraction) → DOUBLE",
                resolver,
                signature -> List.of(Type.array(Type.DOUBLE), Type.DOUBLE),
                signature ->
                        new CollectedValues(
                                new Type[] {Type.DOUBLE, Type.DOUBLE},
                                false,
                                (values, constants) ->
                                        interpolate(values, fraction(constants[0]))));
    }

    private static Definition discrete() {
        Function<List<Type>, List<Type>> resolver =
                arguments ->
                        arguments.size() == 2 && Definition.asDouble(arguments.get(1)) != null
                                ? List.of(arguments.get(0), Type.DOUBLE, arguments.get(0))
                                : null;
        return new Definition(
                List.of("percentile_disc", "quantile_disc"),
                "percentile_disc(T, fraction) → T",
                resolver,
                signature -> List.of(Type.array(signature.parameters().get(0)), Type.DOUBLE),
                signature ->
                        new CollectedValues(
                                new Type[] {signature.parameters().get(0), Type.DOUBLE},
                                false,
                                (values, constants) -> pick(values, fraction(constants[0]))));
    }

    private static double fraction(Column constant) {
        double fraction = constant == null ? 0.5 : ((DoubleColumn) constant).values()[0];
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "percentile: fraction %s".formatted(fraction),
                    "a fraction is from 0 to 1");
        }
        return fraction;
    }

    private static Column interpolate(ArrayColumn arrays, double fraction) {
        double[] all = ((DoubleColumn) arrays.elements().flat()).values();
        ColumnBuilder out = ColumnBuilder.of(Type.DOUBLE, arrays.rows());
        for (int row = 0; row < arrays.rows(); row++) {
            int from = arrays.starts()[row];
            double[] values = Arrays.copyOfRange(all, from, from + arrays.lengths()[row]);
            if (values.length == 0) {
                out.appendNull();
                continue;
            }
            Arrays.sort(values);
            double place = fraction * (values.length - 1);
            int below = (int) place;
            int above = Math.min(below + 1, values.length - 1);
            double part = place - below;
            double low = values[below];
            out.appendDouble(part == 0 ? low : low + part * (values[above] - low));
        }
        return out.build();
    }

    private static Column pick(ArrayColumn arrays, double fraction) {
        Column elements = arrays.elements().flat();
        List<Integer> places = new ArrayList<>();
        for (int row = 0; row < arrays.rows(); row++) {
            int length = arrays.lengths()[row];
            int place = Math.max(0, (int) Math.ceil(fraction * length) - 1);
            places.add(length == 0 ? -1 : Collect.sorted(arrays, elements, row)[place]);
        }
        int[] positions = places.stream().mapToInt(Integer::intValue).toArray();
        return elements.gather(positions, positions.length);
    }
}
