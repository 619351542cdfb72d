package org.skep.executor.format.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.apache.parquet.format.CompressionCodec;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.xerial.snappy.Snappy;

/** Compresses pages. Used by one thread. */
final class Compressor implements AutoCloseable {
    private static final int ZSTD_LEVEL = 3;

    private final CompressionCodec codec;
    private final ByteSink out = new ByteSink();
    private ZstdCompressCtx zstd;

    Compressor(CompressionCodec codec) {
        this.codec = codec;
    }

    /** The codec that option {@code compression} names; zstd when it is not given. */
    static CompressionCodec codec(Map<String, String> options) {
        String name = options.getOrDefault("compression", "zstd");
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "zstd" -> CompressionCodec.ZSTD;
            case "snappy" -> CompressionCodec.SNAPPY;
            case "gzip" -> CompressionCodec.GZIP;
            case "lz4", "lz4_raw" -> CompressionCodec.LZ4_RAW;
            case "none", "uncompressed" -> CompressionCodec.UNCOMPRESSED;
            default ->
                    throw new QueryException(
                            ErrorCode.INVALID_ARGUMENT,
                            "no Parquet compression '%s'".formatted(name),
                            "compression is one of "
                                    + String.join(
                                            ", ",
                                            List.of(
                                                    "zstd",
                                                    "snappy",
                                                    "gzip",
                                                    "lz4",
                                                    "uncompressed")));
        };
    }

    CompressionCodec codec() {
        return codec;
    }

    /** The page compressed; it holds until the next call. */
    ByteSink compress(ByteSink page) throws IOException {
        byte[] in = page.bytes();
        int size = page.size();
        out.clear();
        switch (codec) {
            case UNCOMPRESSED -> {
                return page;
            }
            case SNAPPY -> {
                out.reserve(Snappy.maxCompressedLength(size));
                out.skip(Snappy.compress(in, 0, size, out.bytes(), 0));
            }
            case ZSTD -> {
                if (zstd == null) {
                    zstd = new ZstdCompressCtx().setLevel(ZSTD_LEVEL);
                }
                int bound = Math.toIntExact(Zstd.compressBound(size));
                out.reserve(bound);
                out.skip(zstd.compressByteArray(out.bytes(), 0, bound, in, 0, size));
            }
            case LZ4_RAW -> {
                LZ4Compressor lz4 = LZ4Factory.fastestInstance().fastCompressor();
                out.reserve(lz4.maxCompressedLength(size));
                out.skip(lz4.compress(in, 0, size, out.bytes(), 0));
            }
            case GZIP -> {
                try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(in, 0, size);
                }
            }
            case LZO, BROTLI, LZ4 -> throw new IllegalArgumentException("not written: " + codec);
        }
        return out;
    }

    @Override
    public void close() {
        if (zstd != null) {
            zstd.close();
            zstd = null;
        }
    }
}
