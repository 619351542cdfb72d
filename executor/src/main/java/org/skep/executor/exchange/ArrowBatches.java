package org.skep.executor.exchange;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.type.Type;

/**
 * Our batches as Arrow's record batches and back, by bulk copies. Dictionary columns become plain.
 * A record batch belongs to whoever asked for it and must be closed.
 */
public final class ArrowBatches {
    private ArrowBatches() {}

    /**
     * Off-heap memory for record batches on their way. It has no limit: they are few and
     * short-lived.
     */
    public static BufferAllocator memory() {
        return Memory.ROOT;
    }

    /** Made when first needed, for it loads much of Arrow. */
    private static final class Memory {
        static final BufferAllocator ROOT = new RootAllocator(Long.MAX_VALUE);
    }

    public static ArrowRecordBatch toArrow(Batch batch, BufferAllocator memory) {
        try (ArrowWriter writer = new ArrowWriter(memory)) {
            for (Column column : batch.columns()) {
                writer.add(column);
            }
            return writer.finish(batch.rows());
        }
    }

    /** The rows of a record batch whose columns have {@code types}. */
    public static Batch fromArrow(ArrowRecordBatch batch, List<Type> types) {
        ArrowReader reader = new ArrowReader(batch);
        List<Column> columns = new ArrayList<>(types.size());
        types.forEach(type -> columns.add(reader.next(type)));
        return new Batch(Math.toIntExact(batch.getLength()), columns.toArray(Column[]::new));
    }
}
