package org.skep.executor.format.codec;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.WriteFailure;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import org.xerial.snappy.SnappyFramedOutputStream;

/** A file that is being written, compressed on the way. Closed before {@link #finish}, it goes. */
public final class FileSink implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final Path file;
    private final CountingOutput stored;
    private final OutputStream out;
    private boolean finished;
    private boolean closed;

    public FileSink(Path file, Codec codec) {
        this.file = file;
        try {
            stored = new CountingOutput(file);
            out = encoder(codec, stored);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static OutputStream encoder(Codec codec, OutputStream out) throws IOException {
        return switch (codec) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out, BUFFER);
            case BZIP2 -> new BZip2CompressorOutputStream(out);
            case ZSTD -> new ZstdOutputStreamNoFinalizer(out).setChecksum(true);
            case LZ4 ->
                    new LZ4FrameOutputStream(
                            out,
                            LZ4FrameOutputStream.BLOCKSIZE.SIZE_1MB,
                            LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE,
                            LZ4FrameOutputStream.FLG.Bits.CONTENT_CHECKSUM);
            case XZ -> new XZOutputStream(out, new LZMA2Options());
            case SNAPPY -> new SnappyFramedOutputStream(out);
            case HADOOP_SNAPPY ->
                    throw new QueryException(
                            ErrorCode.NOT_SUPPORTED,
                            "compression hadoop_snappy cannot be written",
                            "use snappy, zstd or gzip");
        };
    }

    public void write(byte[] bytes, int start, int count) {
        try {
            out.write(bytes, start, count);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Bytes that have come out of the compression so far. */
    public long written() {
        return stored.position();
    }

    /** Completes the file and says how many bytes it has. */
    public long finish() {
        try {
            closed = true;
            out.close();
            finished = true;
            return stored.position();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            if (!closed) {
                closed = true;
                out.close();
            }
        } catch (IOException e) {
            throw failure(e);
        } finally {
            remove();
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private QueryException failure(IOException cause) {
        return WriteFailure.of(file, cause);
    }
}
