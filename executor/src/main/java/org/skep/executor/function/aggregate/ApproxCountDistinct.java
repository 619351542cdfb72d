package org.skep.executor.function.aggregate;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.executor.value.Hash;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/**
 * {@code approx_count_distinct}: HyperLogLog (Flajolet et al. 2007) with 4,096 registers and 64-bit
 * hashes, linear counting while it is small; standard error 1.6 %. A group with few values keeps
 * their hashes and is exact.
 */
final class ApproxCountDistinct implements Accumulator {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(
                    new Definition(
                            List.of("approx_count_distinct", "approx_distinct", "ndv"),
                            "approx_count_distinct(any) → BIGINT",
                            Definition.one(type -> type, Type.BIGINT),
                            signature -> List.of(Type.BINARY),
                            signature -> new ApproxCountDistinct()));

    private static final int BITS = 12;
    private static final int REGISTERS = 1 << BITS;

    /** Hashes that a small group keeps, sorted; their bytes stay below those of the registers. */
    private static final int FEW = 256;

    private long[][] few = {};
    private int[] fewCounts = {};
    private byte[][] registers = {};
    private long bytes;

    private void grow(int groupCount) {
        if (few.length < groupCount) {
            int capacity = Growth.capacity(few.length, groupCount);
            few = Arrays.copyOf(few, capacity);
            fewCounts = Arrays.copyOf(fewCounts, capacity);
            registers = Arrays.copyOf(registers, capacity);
        }
    }

    @Override
    public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        Column column = arguments[0];
        if (column instanceof DictionaryColumn ids) {
            long[] hashes = new long[ids.dictionary().rows()];
            for (int i = 0; i < hashes.length; i++) {
                hashes[i] = Hash.of(ids.dictionary(), i);
            }
            for (int i = 0; i < rows; i++) {
                if (!column.isNull(i)) {
                    put(groups[i], hashes[ids.ids()[i]]);
                }
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            if (!column.isNull(i)) {
                put(groups[i], Hash.of(column, i));
            }
        }
    }

    private void put(int group, long hash) {
        if (registers[group] != null) {
            register(registers[group], hash);
            return;
        }
        long[] known = few[group] == null ? new long[4] : few[group];
        int count = fewCounts[group];
        int at = Arrays.binarySearch(known, 0, count, hash);
        if (at >= 0) {
            return;
        }
        if (count == FEW) {
            byte[] made = new byte[REGISTERS];
            for (long each : known) {
                register(made, each);
            }
            register(made, hash);
            registers[group] = made;
            few[group] = null;
            bytes += REGISTERS - 8L * FEW;
            return;
        }
        if (count == known.length) {
            known = Arrays.copyOf(known, Math.min(FEW, 2 * count));
            bytes += 8L * (known.length - count);
        }
        int place = -at - 1;
        System.arraycopy(known, place, known, place + 1, count - place);
        known[place] = hash;
        few[group] = known;
        fewCounts[group] = count + 1;
    }

    private static void register(byte[] registers, long hash) {
        int index = (int) (hash >>> 64 - BITS);
        int rank = Long.numberOfLeadingZeros(hash << BITS | 1L << BITS - 1) + 1;
        registers[index] = (byte) Math.max(registers[index], rank);
    }

    @Override
    public void merge(Column[] states, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        BytesColumn sketches = (BytesColumn) states[0].flat();
        for (int i = 0; i < rows; i++) {
            byte[] sketch = sketches.copyOf(i);
            if (sketch.length == REGISTERS) {
                mergeRegisters(groups[i], sketch);
            } else {
                LongBuffer hashes = ByteBuffer.wrap(sketch).asLongBuffer();
                while (hashes.hasRemaining()) {
                    put(groups[i], hashes.get());
                }
            }
        }
    }

    private void mergeRegisters(int group, byte[] other) {
        if (registers[group] == null) {
            byte[] made = other;
            for (int k = 0; k < fewCounts[group]; k++) {
                register(made, few[group][k]);
            }
            few[group] = null;
            registers[group] = made;
            bytes += REGISTERS;
            return;
        }
        byte[] mine = registers[group];
        for (int k = 0; k < REGISTERS; k++) {
            mine[k] = (byte) Math.max(mine[k], other[k]);
        }
    }

    /** A sketch is its registers, or fewer bytes: eight per hash. */
    @Override
    public Column[] states(int from, int count) {
        grow(from + count);
        ColumnBuilder out = ColumnBuilder.of(Type.BINARY, count);
        for (int group = from; group < from + count; group++) {
            if (registers[group] != null) {
                out.appendBytes(registers[group], 0, REGISTERS);
            } else {
                byte[] sketch = new byte[8 * fewCounts[group]];
                if (few[group] != null) {
                    ByteBuffer.wrap(sketch).asLongBuffer().put(few[group], 0, fewCounts[group]);
                }
                out.appendBytes(sketch, 0, sketch.length);
            }
        }
        return new Column[] {out.build()};
    }

    @Override
    public Column results(int from, int count) {
        grow(from + count);
        long[] out = new long[count];
        for (int i = 0; i < count; i++) {
            byte[] sketch = registers[from + i];
            out[i] = sketch == null ? fewCounts[from + i] : estimate(sketch);
        }
        return new LongColumn(Type.BIGINT, out, count, null);
    }

    private static long estimate(byte[] registers) {
        double sum = 0;
        int zeros = 0;
        for (byte rank : registers) {
            sum += 1.0 / (1L << rank);
            zeros += rank == 0 ? 1 : 0;
        }
        double m = REGISTERS;
        double raw = 0.7213 / (1 + 1.079 / m) * m * m / sum;
        if (raw <= 2.5 * m && zeros > 0) {
            raw = m * Math.log(m / zeros); // linear counting
        }
        return Math.round(raw);
    }

    @Override
    public long bytes() {
        return bytes + 16L * few.length;
    }
}
