package org.skep.executor.function.aggregate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.skep.executor.function.AggregateFunction;
import org.skep.executor.value.TextWriter;
import org.skep.executor.value.ValueOrder;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Type;

/**
 * {@code array_agg}: all values, nulls too, null for no rows; {@code collect_list}: all but nulls;
 * {@code collect_set}: each once, ascending; {@code string_agg}: texts with a separator between.
 */
final class Collect {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(list("array_agg", true, "list"), list("collect_list", false), set(), strings());

    private Collect() {}

    private static List<Type> states(Signature signature) {
        return List.of(Type.array(signature.parameters().get(0)));
    }

    private static List<Type> arrayOf(List<Type> arguments) {
        return arguments.size() == 1
                ? List.of(arguments.get(0), Type.array(arguments.get(0)))
                : null;
    }

    private static Definition list(String name, boolean nulls, String... aliases) {
        List<String> names = new ArrayList<>(List.of(name));
        names.addAll(Arrays.asList(aliases));
        CollectedValues.Finish finish =
                nulls ? (values, none) -> emptyAsNull(values) : (values, none) -> values;
        return new Definition(
                names,
                name + "(T) → ARRAY<T>",
                Collect::arrayOf,
                Collect::states,
                signature ->
                        new CollectedValues(
                                new Type[] {signature.parameters().get(0)}, nulls, finish));
    }

    private static Column emptyAsNull(ArrayColumn values) {
        long[] validity = Bits.allSet(values.rows());
        for (int i = 0; i < values.rows(); i++) {
            if (values.lengths()[i] == 0) {
                Bits.clear(validity, i);
            }
        }
        return values.withValidity(Bits.orNull(validity, values.rows()));
    }

    private static Definition set() {
        return new Definition(
                List.of("collect_set", "array_agg_distinct"),
                "collect_set(T) → ARRAY<T>",
                Collect::arrayOf,
                Collect::states,
                signature ->
                        new CollectedValues(
                                new Type[] {signature.parameters().get(0)},
                                false,
                                (values, none) -> distinct(values)));
    }

    /** The places of each array's elements in ascending order. */
    static Integer[] sorted(ArrayColumn arrays, Column elements, int row) {
        Integer[] places = new Integer[arrays.lengths()[row]];
        int start = arrays.starts()[row];
        Arrays.setAll(places, i -> start + i);
        Arrays.sort(places, (a, b) -> ValueOrder.compareNullable(elements, a, elements, b));
        return places;
    }

    private static Column distinct(ArrayColumn arrays) {
        Column elements = arrays.elements().flat();
        ColumnBuilder out = ColumnBuilder.of(arrays.type(), arrays.rows());
        for (int row = 0; row < arrays.rows(); row++) {
            int first = out.elements().rows();
            int before = -1;
            for (int place : sorted(arrays, elements, row)) {
                if (before < 0
                        || ValueOrder.compareNullable(elements, before, elements, place) != 0) {
                    out.elements().append(elements, place);
                }
                before = place;
            }
            out.endArray(first);
        }
        return out.build();
    }

    private static Definition strings() {
        Function<List<Type>, List<Type>> resolver =
                arguments ->
                        switch (arguments.size()) {
                            case 1 -> List.of(Type.STRING, Type.STRING);
                            case 2 -> List.of(Type.STRING, Type.STRING, Type.STRING);
                            default -> null;
                        };
        return new Definition(
                List.of("string_agg", "group_concat", "listagg"),
                "string_agg(STRING [, separator]) → STRING",
                resolver,
                signature ->
                        signature.parameters().size() == 1
                                ? List.of(Type.array(Type.STRING))
                                : List.of(Type.array(Type.STRING), Type.STRING),
                signature ->
                        new CollectedValues(
                                signature.parameters().toArray(Type[]::new), false, Collect::join));
    }

    private static Column join(ArrayColumn arrays, Column[] constants) {
        Column elements = arrays.elements().flat();
        boolean given = constants.length > 0;
        Column separator = given ? constants[0] : Column.constant(Type.STRING, ",", 1);
        ColumnBuilder out = ColumnBuilder.of(Type.STRING, arrays.rows());
        TextWriter text = new TextWriter(64);
        for (int row = 0; row < arrays.rows(); row++) {
            int from = arrays.starts()[row];
            int length = arrays.lengths()[row];
            if (length == 0) {
                out.appendNull();
                continue;
            }
            text.clear();
            for (int i = from; i < from + length; i++) {
                if (i > from && separator != null) {
                    text.value(separator, 0);
                }
                text.value(elements, i);
            }
            out.appendBytes(text.bytes(), 0, text.length());
        }
        return out.build();
    }
}
