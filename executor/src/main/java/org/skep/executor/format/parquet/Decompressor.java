package org.skep.executor.format.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.apache.parquet.format.CompressionCodec;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.xerial.snappy.Snappy;

/**
 * Decompresses the pages of one reader of a file from array to array, and lends it the arrays. Used
 * by one thread.
 */
final class Decompressor implements AutoCloseable {
    private final Set<byte[]> lent = Collections.newSetFromMap(new IdentityHashMap<>());
    private ZstdDecompressCtx zstd;

    /** An array of at least {@code length} bytes, with anything in it, until this is closed. */
    byte[] lend(int length) {
        byte[] array = PageBuffers.shared().take(length);
        lent.add(array);
        return array;
    }

    /** Takes an array back early, if it was lent. */
    void takeBack(byte[] array) {
        if (lent.remove(array)) {
            PageBuffers.shared().give(array);
        }
    }

    /**
     * Fills {@code out} from {@code at} with exactly {@code expected} bytes; there is room for
     * them.
     */
    void decompress(
            CompressionCodec codec,
            byte[] in,
            int from,
            int length,
            byte[] out,
            int at,
            int expected)
            throws IOException {
        long made =
                switch (codec) {
                    case UNCOMPRESSED -> copy(in, from, length, out, at, expected);
                    case SNAPPY -> snappy(in, from, length, out, at, expected);
                    case GZIP -> gzip(in, from, length, out, at, expected);
                    case ZSTD -> zstd(in, from, length, out, at, expected);
                    case LZ4_RAW -> lz4(in, from, length, out, at, expected);
                    case LZ4 -> hadoopLz4(in, from, length, out, at, expected);
                    case LZO, BROTLI -> throw unsupported(codec);
                };
        if (made != expected) {
            throw new CorruptPageException(
                    "%d bytes after decompression instead of %d".formatted(made, expected));
        }
    }

    private static QueryException unsupported(CompressionCodec codec) {
        return new QueryException(
                ErrorCode.NOT_SUPPORTED,
                "Parquet compression " + codec + " cannot be read",
                "write the file with zstd, snappy, gzip or lz4");
    }

    private static int copy(byte[] in, int from, int length, byte[] out, int at, int expected) {
        if (length == expected) {
            System.arraycopy(in, from, out, at, length);
        }
        return length;
    }

    private static int snappy(byte[] in, int from, int length, byte[] out, int at, int expected)
            throws IOException {
        int announced = Snappy.uncompressedLength(in, from, length);
        try {
            return announced != expected ? announced : Snappy.uncompress(in, from, length, out, at);
        } catch (IOException e) {
            throw new CorruptPageException("bad snappy data: " + e.getMessage());
        }
    }

    private static int gzip(byte[] in, int from, int length, byte[] out, int at, int expected) {
        try (GZIPInputStream stream =
                new GZIPInputStream(
                        new ByteArrayInputStream(in, from, length), Math.max(512, length))) {
            int made = stream.readNBytes(out, at, expected);
            return made == expected && stream.read() >= 0 ? expected + 1 : made;
        } catch (IOException e) {
            throw new CorruptPageException("bad gzip data: " + e.getMessage());
        }
    }

    private int zstd(byte[] in, int from, int length, byte[] out, int at, int expected) {
        if (zstd == null) {
            zstd = new ZstdDecompressCtx();
        }
        try {
            long announced = Zstd.getFrameContentSize(in, from, length);
            return announced > expected
                    ? expected + 1
                    : zstd.decompressByteArray(out, at, expected, in, from, length);
        } catch (ZstdException e) {
            throw new CorruptPageException("bad zstd data: " + e.getMessage());
        }
    }

    private static int lz4(byte[] in, int from, int length, byte[] out, int at, int expected) {
        try {
            LZ4SafeDecompressor lz4 = LZ4Factory.fastestInstance().safeDecompressor();
            return lz4.decompress(in, from, length, out, at, expected);
        } catch (LZ4Exception e) {
            throw new CorruptPageException("bad lz4 data: " + e.getMessage());
        }
    }

    /**
     * Hadoop puts big-endian lengths before each block: of the raw bytes, then of every compressed
     * piece of them. Some writers put bare LZ4 under the same name.
     */
    private static int hadoopLz4(
            byte[] in, int from, int length, byte[] out, int at, int expected) {
        int end = from + length;
        int p = from;
        int made = 0;
        while (end - p >= 8) {
            int raw = bigEndian(in, p);
            p += 4;
            if (raw < 0 || raw > expected - made) {
                return lz4(in, from, length, out, at, expected);
            }
            int left = raw;
            while (left > 0) {
                int size = end - p < 4 ? -1 : bigEndian(in, p);
                p += 4;
                if (size <= 0 || size > end - p) {
                    return lz4(in, from, length, out, at, expected);
                }
                int piece = lz4(in, p, size, out, at + made, left);
                if (piece <= 0) {
                    throw new CorruptPageException("an empty lz4 block");
                }
                p += size;
                made += piece;
                left -= piece;
            }
        }
        return made;
    }

    private static int bigEndian(byte[] in, int at) {
        return (in[at] & 0xFF) << 24
                | (in[at + 1] & 0xFF) << 16
                | (in[at + 2] & 0xFF) << 8
                | in[at + 3] & 0xFF;
    }

    @Override
    public void close() {
        lent.forEach(PageBuffers.shared()::give);
        lent.clear();
        if (zstd != null) {
            zstd.close();
            zstd = null;
        }
    }
}
