package org.skep.executor.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.skep.model.data.Batch;
import org.skep.model.type.Type;

/**
 * Batches of one schema on disk, as an Arrow IPC stream. Written by one thread; what is written can
 * be read at once and by any thread.
 */
public final class SpillFile implements AutoCloseable {
    private final Path path;
    private final List<Type> types;
    private final FileChannel channel;
    private final WriteChannel out;

    SpillFile(Path path, List<Type> types) throws IOException {
        this.path = path;
        this.types = List.copyOf(types);
        this.channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        this.out = new WriteChannel(channel);
        List<Field> fields = new ArrayList<>();
        for (Type type : types) {
            fields.add(ArrowTypes.field("c" + fields.size(), type, true));
        }
        MessageSerializer.serialize(out, new Schema(fields));
    }

    /** Where a batch stands in the file. */
    public record Block(long offset, int rows) {}

    public Block append(Batch batch) {
        try (ArrowRecordBatch arrow = ArrowBatches.toArrow(batch, ArrowBatches.memory())) {
            Block block = new Block(out.getCurrentPosition(), batch.rows());
            MessageSerializer.serialize(out, arrow);
            return block;
        } catch (IOException e) {
            throw SpillFolder.unwritable(path, e);
        }
    }

    public Batch read(Block block) {
        ReadChannel in = new ReadChannel(new At(block.offset()));
        try (ArrowRecordBatch arrow =
                MessageSerializer.deserializeRecordBatch(in, ArrowBatches.memory())) {
            return ArrowBatches.fromArrow(arrow, types);
        } catch (IOException e) {
            throw SpillFolder.unwritable(path, e);
        }
    }

    /** Bytes written so far. */
    public long bytes() {
        return out.getCurrentPosition();
    }

    /** The batches at {@code blocks}, in that order. */
    public BatchSource source(List<Block> blocks) {
        return new BatchSource() {
            private int at;

            @Override
            public Batch next() {
                return at < blocks.size() ? read(blocks.get(at++)) : null;
            }
        };
    }

    /** Reads from a place of its own, so that readers do not disturb each other or the writer. */
    private final class At implements ReadableByteChannel {
        private long position;

        At(long position) {
            this.position = position;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int read = channel.read(target, position);
            position += Math.max(0, read);
            return read;
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() {
            // the file is closed by its owner
        }
    }

    /** Deletes the file. */
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw SpillFolder.unwritable(path, e);
        }
    }
}
