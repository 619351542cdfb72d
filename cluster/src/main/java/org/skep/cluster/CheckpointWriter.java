package org.skep.cluster;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.WriteFailure;
import scala.Tuple2;

/**
 * Writes the blocks of one attempt at a task of a checkpoint to a file of its own: the length of
 * each, then the block. The file counts once the driver has heard of it.
 */
final class CheckpointWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final int task;
    private DataOutputStream out; // null before the first block, for no rows make no file
    private int partition;

    CheckpointWriter(Path path, int task) {
        this.path = path;
        this.task = task;
    }

    void write(Tuple2<Integer, byte[]> block) {
        try {
            if (out == null) {
                partition = block._1();
                out =
                        new DataOutputStream(
                                new BufferedOutputStream(
                                        Files.newOutputStream(path, StandardOpenOption.CREATE_NEW),
                                        BUFFER));
            } else if (partition != block._1()) {
                throw new IllegalStateException("rows of a checkpoint's task are in one partition");
            }
            out.writeInt(block._2().length);
            out.write(block._2());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The file, with all blocks in it; null when there were none. */
    CheckpointFile finish() {
        if (out == null) {
            return null;
        }
        close();
        return new CheckpointFile(path.toString(), task, partition);
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** A full disk is as full for the next attempt; anything else may go well there. */
    private RuntimeException failed(IOException e) {
        return WriteFailure.isFull(e)
                ? new QueryException(
                        ErrorCode.DISK_FULL,
                        "the disk of the checkpoint %s is full".formatted(path),
                        "make room in the warehouse, or leave the hint CHECKPOINT out")
                : new UncheckedIOException("cannot write the checkpoint " + path, e);
    }
}
