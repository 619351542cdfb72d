package org.skep.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.skep.executor.exchange.ArrowBlocks;
import org.skep.model.data.Batch;
import org.skep.model.type.Type;

/**
 * A batch on its way between processes. The bytes begin with four numbers: the task that wrote it,
 * how many blocks that task had written before, its rows, and the length of what follows: the key
 * that all rows have, as Java serialises a list; nothing when they differ. Then comes an Arrow
 * record batch, which may be passed over unread.
 */
record Block(int partition, int task, int place, int rows, List<Object> key, ByteBuffer rest) {
    /** By task, partition, and the order in which they were written. */
    static final Comparator<Block> AS_WRITTEN =
            Comparator.comparingInt(Block::task)
                    .thenComparingInt(Block::partition)
                    .thenComparingInt(Block::place);

    private static final int HEADER = 16;

    static byte[] write(int task, int place, Batch batch, List<Object> key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            byte[] named = key == null ? new byte[0] : serialised(key);
            out.writeInt(task);
            out.writeInt(place);
            out.writeInt(batch.rows());
            out.writeInt(named.length);
            out.write(named);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ArrowBlocks.write(batch, bytes);
        return bytes.toByteArray();
    }

    /** One of some shares of about as many rows of blocks, or of what stands for them. */
    static <T> List<T> share(List<T> blocks, ToIntFunction<T> rows, int slice, int slices) {
        long total = Math.max(1, blocks.stream().mapToLong(rows::applyAsInt).sum());
        List<T> mine = new ArrayList<>();
        long passed = 0;
        for (T block : blocks) {
            long middle = passed + rows.applyAsInt(block) / 2;
            passed += rows.applyAsInt(block);
            if (middle * slices / total == slice) {
                mine.add(block);
            }
        }
        return mine;
    }

    private static byte[] serialised(List<Object> key) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(key);
        }
        return bytes.toByteArray();
    }

    static Block of(int partition, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int task = in.getInt();
        int place = in.getInt();
        int rows = in.getInt();
        int named = in.getInt();
        List<Object> key = named == 0 ? null : key(bytes, named);
        return new Block(partition, task, place, rows, key, in.position(HEADER + named));
    }

    @SuppressWarnings("unchecked") // what write has written
    private static List<Object> key(byte[] bytes, int length) {
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes, HEADER, length))) {
            return (List<Object>) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("a block's key cannot be read", e);
        }
    }

    Batch batch(List<Type> types) {
        return ArrowBlocks.read(rest, types);
    }
}
