package org.skep.executor.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.skep.executor.kernel.Copying;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.data.StructColumn;
import org.skep.model.type.Type;

/** Copies columns into the buffers of one record batch, in Arrow's order of nodes and buffers. */
final class ArrowWriter implements AutoCloseable {
    private final BufferAllocator memory;
    private final List<ArrowFieldNode> nodes = new ArrayList<>();
    private final List<ArrowBuf> buffers = new ArrayList<>();

    ArrowWriter(BufferAllocator memory) {
        this.memory = memory;
    }

    ArrowRecordBatch finish(int rows) {
        return new ArrowRecordBatch(rows, nodes, buffers); // holds the buffers itself
    }

    void add(Column any) {
        Column column = any.flat();
        int rows = column.rows();
        long[] validity = column.validity();
        int nulls = validity == null ? 0 : rows - Bits.count(validity, rows);
        nodes.add(new ArrowFieldNode(rows, nulls));
        addValidity(validity, rows);
        switch (column.type().layout()) {
            case BOOLEAN -> addBooleans(((BooleanColumn) column).values(), rows);
            case INT -> addInts(column.type(), ((IntColumn) column).values(), rows);
            case LONG -> addLongs(column.type(), ((LongColumn) column).values(), rows);
            case DOUBLE -> addDoubles(column.type(), ((DoubleColumn) column).values(), rows);
            case DECIMAL -> {
                DecimalColumn decimals = (DecimalColumn) column;
                addDecimals(decimals.highs(), decimals.lows(), rows);
            }
            case BYTES -> addBytes((BytesColumn) column);
            case ARRAY -> addArrays((ArrayColumn) column);
            case STRUCT -> {
                StructColumn struct = (StructColumn) column;
                for (int i = 0; i < struct.size(); i++) {
                    add(struct.member(i));
                }
            }
        }
    }

    private ByteBuffer allocate(long bytes) {
        ArrowBuf buffer = memory.buffer(bytes);
        buffers.add(buffer);
        buffer.writerIndex(bytes);
        return buffer.nioBuffer(0, Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void addValidity(long[] validity, int rows) {
        if (validity == null) {
            allocate(0); // no nulls, no bits
        } else {
            allocate(8L * Bits.words(rows)).asLongBuffer().put(validity, 0, Bits.words(rows));
        }
    }

    private void addBooleans(byte[] values, int rows) {
        long[] bits = new long[Bits.words(rows)];
        for (int i = 0; i < rows; i++) {
            bits[i >> 6] |= (long) values[i] << i;
        }
        allocate(8L * bits.length).asLongBuffer().put(bits);
    }

    private void addInts(Type type, int[] values, int rows) {
        if (type.kind() == Type.Kind.TINYINT) {
            ByteBuffer out = allocate(rows);
            for (int i = 0; i < rows; i++) {
                out.put((byte) values[i]);
            }
        } else if (type.kind() == Type.Kind.SMALLINT) {
            ByteBuffer out = allocate(2L * rows);
            for (int i = 0; i < rows; i++) {
                out.putShort((short) values[i]);
            }
        } else {
            allocate(4L * rows).asIntBuffer().put(values, 0, rows);
        }
    }

    private void addLongs(Type type, long[] values, int rows) {
        if (type.kind() != Type.Kind.DECIMAL) {
            allocate(8L * rows).asLongBuffer().put(values, 0, rows);
            return;
        }
        long[] highs = new long[rows];
        for (int i = 0; i < rows; i++) {
            highs[i] = values[i] >> 63;
        }
        addDecimals(highs, values, rows);
    }

    private void addDecimals(long[] highs, long[] lows, int rows) {
        ByteBuffer out = allocate(16L * rows);
        for (int i = 0; i < rows; i++) {
            out.putLong(lows[i]);
            out.putLong(highs[i]);
        }
    }

    private void addDoubles(Type type, double[] values, int rows) {
        if (type.kind() == Type.Kind.FLOAT) {
            ByteBuffer out = allocate(4L * rows);
            for (int i = 0; i < rows; i++) {
                out.putFloat((float) values[i]);
            }
        } else {
            allocate(8L * rows).asDoubleBuffer().put(values, 0, rows);
        }
    }

    private int[] addOffsets(Column column, int[] lengths) {
        int rows = column.rows();
        int[] offsets = new int[rows + 1];
        for (int i = 0; i < rows; i++) {
            offsets[i + 1] = Math.addExact(offsets[i], column.isNull(i) ? 0 : lengths[i]);
        }
        allocate(4L * offsets.length).asIntBuffer().put(offsets);
        return offsets;
    }

    private void addBytes(BytesColumn column) {
        int[] offsets = addOffsets(column, column.lengths());
        int rows = column.rows();
        ByteBuffer out = allocate(offsets[rows]);
        byte[] data = column.data();
        int[] starts = column.starts();
        for (int i = 0; i < rows; ) { // neighbours in the array are copied together
            int j = i + 1;
            while (j < rows && starts[j] - starts[i] == offsets[j] - offsets[i]) {
                j++;
            }
            out.put(data, starts[i], offsets[j] - offsets[i]);
            i = j;
        }
    }

    private void addArrays(ArrayColumn column) {
        addOffsets(column, column.lengths());
        add(Copying.referencedElements(column));
    }

    /** Lets go of the buffers; a record batch that was made holds them on its own. */
    @Override
    public void close() {
        buffers.forEach(ArrowBuf::close);
    }
}
