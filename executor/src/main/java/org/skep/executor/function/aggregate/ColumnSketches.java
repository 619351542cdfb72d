package org.skep.executor.function.aggregate;

import java.util.Arrays;
import java.util.List;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.executor.kernel.Strides;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.Int128;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.sketch.ColumnSketch;
import org.skep.model.sketch.SingleValue;
import org.skep.model.type.Type;

/**
 * {@code $column_sketch}: a {@link ColumnSketch} of each group's values as its bytes, for ANALYZE
 * TABLE. Its name cannot be typed by chance, and no list shows it.
 */
final class ColumnSketches implements Accumulator {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(
                    new Definition(
                            List.of("$column_sketch"),
                            "$column_sketch(any but nested) → BINARY",
                            Definition.one(type -> type.isNested() ? null : type, Type.BINARY),
                            signature -> List.of(Type.BINARY),
                            signature -> new ColumnSketches(signature.parameters().get(0))));

    /** Of so many rows one stands for all among the quantiles, after the first. */
    private static final int SAMPLED = 8;

    private static final int ALL = 4096;

    private final Type type;
    private ColumnSketch[] sketches = {};
    private int seen;
    private int untilSampled;
    private final Strides strides = new Strides(SAMPLED);

    private ColumnSketches(Type type) {
        this.type = type;
    }

    private ColumnSketch sketch(int group) {
        if (sketches[group] == null) {
            sketches[group] = new ColumnSketch();
        }
        return sketches[group];
    }

    private void grow(int groupCount) {
        if (sketches.length < groupCount) {
            sketches = Arrays.copyOf(sketches, Growth.capacity(sketches.length, groupCount));
        }
    }

    @Override
    public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        Column column = arguments[0];
        if (column instanceof DictionaryColumn ids && groupCount == 1) {
            addEntries(ids, rows);
            return;
        }
        Column flat = column.flat();
        for (int row = 0; row < rows; row++) {
            if (!flat.isNull(row)) {
                add(sketch(groups[row]), flat, row, 1);
                if (seen < ALL) {
                    seen++;
                    sample(sketch(groups[row]), flat, row, 1);
                } else if (--untilSampled <= 0) {
                    untilSampled = strides.next();
                    sample(sketch(groups[row]), flat, row, SAMPLED);
                }
            }
        }
    }

    /** Every entry that occurs, once. */
    private void addEntries(DictionaryColumn ids, int rows) {
        Column entries = ids.dictionary();
        int[] times = new int[entries.rows()];
        for (int row = 0; row < rows; row++) {
            if (!ids.isNull(row)) {
                times[ids.ids()[row]]++;
            }
        }
        for (int entry = 0; entry < times.length; entry++) {
            if (times[entry] > 0) {
                add(sketch(0), entries, entry, times[entry]);
                sample(sketch(0), entries, entry, times[entry]);
            }
        }
    }

    /** Takes a value into the quantiles, if it has a place on a line. */
    private void sample(ColumnSketch sketch, Column flat, int row, int times) {
        double value =
                switch (type.layout()) {
                    case INT -> ((IntColumn) flat).values()[row];
                    case LONG -> ((LongColumn) flat).values()[row];
                    case DOUBLE -> ((DoubleColumn) flat).values()[row];
                    case DECIMAL -> {
                        DecimalColumn decimals = (DecimalColumn) flat;
                        yield Int128.toDouble(decimals.highs()[row], decimals.lows()[row]);
                    }
                    case BOOLEAN, BYTES, ARRAY, STRUCT -> Double.NaN;
                };
        boolean decimal = type.kind() == Type.Kind.DECIMAL;
        sketch.quantiles().add(decimal ? value / Math.pow(10, type.scale()) : value, times);
    }

    private void add(ColumnSketch sketch, Column flat, int row, int times) {
        switch (type.layout()) {
            case BOOLEAN -> {
                boolean value = ((BooleanColumn) flat).values()[row] != 0;
                if (sketch.add(SingleValue.hash(value), 1, times)) {
                    sketch.name(SingleValue.bytes(value));
                }
            }
            case INT -> {
                int value = ((IntColumn) flat).values()[row];
                if (sketch.add(SingleValue.hash(value), Integer.BYTES, times)) {
                    sketch.name(SingleValue.bytes(value));
                }
            }
            case LONG -> addLong(sketch, ((LongColumn) flat).values()[row], times);
            case DOUBLE -> addDouble(sketch, ((DoubleColumn) flat).values()[row], times);
            case DECIMAL -> {
                long high = ((DecimalColumn) flat).highs()[row];
                long low = ((DecimalColumn) flat).lows()[row];
                addDecimal(sketch, high, low, times);
            }
            case BYTES -> {
                BytesColumn bytes = (BytesColumn) flat;
                int length = bytes.lengths()[row];
                long hash = SingleValue.hash(bytes.data(), bytes.starts()[row], length);
                if (sketch.add(hash, length, times)) {
                    sketch.name(bytes.copyOf(row));
                }
            }
            case ARRAY, STRUCT -> throw new IllegalArgumentException("no sketch of " + type);
        }
    }

    private void addLong(ColumnSketch sketch, long value, int times) {
        if (type.kind() == Type.Kind.DECIMAL) {
            addDecimal(sketch, value >> 63, value, times);
        } else if (sketch.add(SingleValue.hash(value), Long.BYTES, times)) {
            sketch.name(SingleValue.bytes(value));
        }
    }

    private void addDouble(ColumnSketch sketch, double value, int times) {
        if (type.kind() == Type.Kind.FLOAT) {
            if (sketch.add(SingleValue.hash((float) value), Float.BYTES, times)) {
                sketch.name(SingleValue.bytes((float) value));
            }
        } else if (sketch.add(SingleValue.hash(value), Double.BYTES, times)) {
            sketch.name(SingleValue.bytes(value));
        }
    }

    private static void addDecimal(ColumnSketch sketch, long high, long low, int times) {
        if (sketch.add(SingleValue.hash(high, low), Long.BYTES, times)) {
            sketch.name(SingleValue.bytes(high, low));
        }
    }

    @Override
    public void merge(Column[] states, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        BytesColumn others = (BytesColumn) states[0].flat();
        for (int row = 0; row < rows; row++) {
            sketch(groups[row]).merge(ColumnSketch.of(others.copyOf(row)));
        }
    }

    @Override
    public Column[] states(int from, int count) {
        return new Column[] {results(from, count)};
    }

    @Override
    public Column results(int from, int count) {
        grow(from + count);
        ColumnBuilder out = ColumnBuilder.of(Type.BINARY, count);
        for (int group = from; group < from + count; group++) {
            byte[] bytes = sketch(group).toBytes();
            out.appendBytes(bytes, 0, bytes.length);
        }
        return out.build();
    }

    @Override
    public long bytes() {
        long bytes = 4L * sketches.length;
        for (ColumnSketch sketch : sketches) {
            bytes += sketch == null ? 0 : sketch.bytes();
        }
        return bytes;
    }
}
