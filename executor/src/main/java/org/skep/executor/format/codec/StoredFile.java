package org.skep.executor.format.codec;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.tukaani.xz.XZInputStream;
import org.xerial.snappy.SnappyFramedInputStream;

/** Opens files as decompressed bytes. */
public final class StoredFile {
    private static final int XZ_MEMORY_KIB = 256 << 10;
    private static final int INPUT_BUFFER = 64 << 10;

    private StoredFile() {}

    /** The whole file, decompressed. */
    public static ByteSource open(String path) {
        return open(path, 0, Long.MAX_VALUE);
    }

    /** How the file is compressed. */
    public static Codec codec(String path) {
        try (FileBytes file = new LocalFile(path)) {
            return codec(file);
        } catch (IOException | RuntimeException e) {
            throw DecodedBytes.failure(path, 0, Codec.NONE, e);
        }
    }

    /** Bytes {@code start} to before {@code end} of the file as it is stored. */
    public static ByteSource raw(String path, long start, long end) {
        try {
            FileBytes file = new LocalFile(path);
            StoredBytes stored = new StoredBytes(file, start, end);
            return new DecodedBytes(file, stored::position, stored, Codec.NONE);
        } catch (IOException | RuntimeException e) {
            throw DecodedBytes.failure(path, start, Codec.NONE, e);
        }
    }

    /**
     * The decompressed file; of an uncompressed one only bytes {@code start} to before {@code end}.
     * A compressed one is given whole when the stretch begins with the file.
     */
    public static ByteSource open(String path, long start, long end) {
        FileBytes file = null;
        Codec codec = Codec.NONE;
        try {
            file = new LocalFile(path);
            codec = codec(file);
            if (codec == Codec.NONE) {
                StoredBytes stored = new StoredBytes(file, start, end);
                return new DecodedBytes(file, stored::position, stored, codec);
            }
            if (codec == Codec.BZIP2 && start == 0) {
                Bzip2Decoder decoder = new Bzip2Decoder(new BitReader(file));
                return new DecodedBytes(file, decoder::position, decoder, codec);
            }
            StoredBytes stored = new StoredBytes(file, 0, start == 0 ? Long.MAX_VALUE : 0);
            return new DecodedBytes(file, stored::position, decoder(codec, stored), codec);
        } catch (IOException | RuntimeException e) {
            close(file);
            throw DecodedBytes.failure(path, 0, codec, e);
        }
    }

    /**
     * The lines of a bzip2 file that begin in the blocks which begin within {@code start} to before
     * {@code end}: the line that was begun earlier is left out, the last one is completed.
     */
    public static ByteSource bzip2Lines(String path, long start, long end) {
        try {
            FileBytes file = new LocalFile(path);
            Bzip2Lines lines = new Bzip2Lines(new BitReader(file), start, end);
            return new DecodedBytes(file, lines::position, lines, Codec.BZIP2);
        } catch (IOException | RuntimeException e) {
            throw DecodedBytes.failure(path, start, Codec.BZIP2, e);
        }
    }

    private static Codec codec(FileBytes file) throws IOException {
        byte[] head = new byte[Codec.MAGIC_BYTES];
        int count = new StoredBytes(file, 0, head.length).readNBytes(head, 0, head.length);
        return Codec.of(head, count);
    }

    private static InputStream decoder(Codec codec, StoredBytes stored) throws IOException {
        return switch (codec) {
            case NONE, BZIP2 -> stored; // bzip2 is read by bits, see open
            case GZIP -> new GzipDecoder(stored);
            case ZSTD -> new ZstdInputStreamNoFinalizer(stored);
            case LZ4 -> new LZ4FrameInputStream(new BufferedInputStream(stored, INPUT_BUFFER));
            case XZ ->
                    new XZInputStream(new BufferedInputStream(stored, INPUT_BUFFER), XZ_MEMORY_KIB);
            case SNAPPY ->
                    new SnappyFramedInputStream(new BufferedInputStream(stored, INPUT_BUFFER));
            case HADOOP_SNAPPY -> new HadoopSnappyDecoder(stored);
        };
    }

    private static void close(FileBytes file) {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw DecodedBytes.failure(file.path(), 0, Codec.NONE, e);
            }
        }
    }
}
