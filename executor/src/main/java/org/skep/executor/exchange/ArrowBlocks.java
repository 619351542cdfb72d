package org.skep.executor.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.skep.model.data.Batch;
import org.skep.model.type.Type;

/** Batches as bytes for a network: one Arrow IPC record batch each, without a schema. */
public final class ArrowBlocks {
    private ArrowBlocks() {}

    public static void write(Batch batch, OutputStream out) {
        try (ArrowRecordBatch arrow = ArrowBatches.toArrow(batch, ArrowBatches.memory())) {
            MessageSerializer.serialize(new WriteChannel(Channels.newChannel(out)), arrow);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The rows of a block.
     *
     * @param bytes from whose position to whose limit the block is
     */
    public static Batch read(ByteBuffer bytes, List<Type> types) {
        ByteArrayInputStream in =
                new ByteArrayInputStream(
                        bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        ReadChannel channel = new ReadChannel(Channels.newChannel(in));
        try (ArrowRecordBatch arrow =
                MessageSerializer.deserializeRecordBatch(channel, ArrowBatches.memory())) {
            return ArrowBatches.fromArrow(arrow, types);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
