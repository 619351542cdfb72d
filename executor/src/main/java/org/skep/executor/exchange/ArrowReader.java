package org.skep.executor.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
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

/** Copies the buffers of a record batch into columns, one column after another. */
final class ArrowReader {
    private final Iterator<ArrowFieldNode> nodes;
    private final Iterator<ArrowBuf> buffers;

    ArrowReader(ArrowRecordBatch batch) {
        nodes = batch.getNodes().iterator();
        buffers = batch.getBuffers().iterator();
    }

    Column next(Type type) {
        ArrowFieldNode node = nodes.next();
        int rows = Math.toIntExact(node.getLength());
        long[] validity = validity(rows, node.getNullCount());
        return switch (type.layout()) {
            case BOOLEAN -> new BooleanColumn(type, booleans(rows), rows, validity);
            case INT -> new IntColumn(type, ints(type, rows), rows, validity);
            case LONG -> new LongColumn(type, longs(type, rows), rows, validity);
            case DOUBLE -> new DoubleColumn(type, doubles(type, rows), rows, validity);
            case DECIMAL -> {
                long[] highs = new long[rows];
                long[] lows = new long[rows];
                ByteBuffer in = buffer(16L * rows);
                for (int i = 0; i < rows; i++) {
                    lows[i] = in.getLong();
                    highs[i] = in.getLong();
                }
                yield DecimalColumn.of(type, highs, lows, rows, validity);
            }
            case BYTES -> {
                int[] starts = new int[rows];
                int[] lengths = new int[rows];
                byte[] data = new byte[offsets(rows, starts, lengths)];
                buffer(data.length).get(data);
                yield new BytesColumn(type, data, starts, lengths, rows, validity);
            }
            case ARRAY -> {
                int[] starts = new int[rows];
                int[] lengths = new int[rows];
                offsets(rows, starts, lengths);
                yield new ArrayColumn(type, starts, lengths, next(type.element()), rows, validity);
            }
            case STRUCT -> {
                Column[] members = new Column[type.children().size()];
                for (int i = 0; i < members.length; i++) {
                    members[i] = next(type.children().get(i).type());
                }
                yield new StructColumn(type, members, rows, validity);
            }
        };
    }

    private ByteBuffer buffer(long bytes) {
        ArrowBuf buffer = buffers.next();
        return buffer.nioBuffer(0, Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private long[] validity(int rows, long nulls) {
        if (nulls == 0) {
            buffers.next();
            return null;
        }
        long[] bits = new long[Bits.words(rows)];
        buffer(8L * bits.length).asLongBuffer().get(bits);
        return bits;
    }

    private byte[] booleans(int rows) {
        long[] bits = new long[Bits.words(rows)];
        buffer(8L * bits.length).asLongBuffer().get(bits);
        byte[] values = new byte[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = (byte) (bits[i >> 6] >>> i & 1);
        }
        return values;
    }

    private int[] ints(Type type, int rows) {
        int[] values = new int[rows];
        if (type.kind() == Type.Kind.TINYINT) {
            ByteBuffer in = buffer(rows);
            for (int i = 0; i < rows; i++) {
                values[i] = in.get();
            }
        } else if (type.kind() == Type.Kind.SMALLINT) {
            ByteBuffer in = buffer(2L * rows);
            for (int i = 0; i < rows; i++) {
                values[i] = in.getShort();
            }
        } else {
            buffer(4L * rows).asIntBuffer().get(values);
        }
        return values;
    }

    private long[] longs(Type type, int rows) {
        long[] values = new long[rows];
        if (type.kind() == Type.Kind.DECIMAL) {
            ByteBuffer in = buffer(16L * rows);
            for (int i = 0; i < rows; i++) {
                values[i] = in.getLong(16 * i);
            }
        } else {
            buffer(8L * rows).asLongBuffer().get(values);
        }
        return values;
    }

    private double[] doubles(Type type, int rows) {
        double[] values = new double[rows];
        if (type.kind() == Type.Kind.FLOAT) {
            ByteBuffer in = buffer(4L * rows);
            for (int i = 0; i < rows; i++) {
                values[i] = in.getFloat();
            }
        } else {
            buffer(8L * rows).asDoubleBuffer().get(values);
        }
        return values;
    }

    /** Puts starts and lengths out and says where the last row ends. */
    private int offsets(int rows, int[] starts, int[] lengths) {
        ByteBuffer in = buffer(4L * (rows + 1));
        int at = in.getInt();
        for (int i = 0; i < rows; i++) {
            int end = in.getInt();
            starts[i] = at;
            lengths[i] = end - at;
            at = end;
        }
        return at;
    }
}
