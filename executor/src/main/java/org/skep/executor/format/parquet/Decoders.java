package org.skep.executor.format.parquet;

import java.util.EnumMap;
import java.util.Map;
import org.apache.parquet.format.Encoding;

/** The decoders of one leaf, each made when a page first needs it. */
final class Decoders {
    private final Node leaf;
    private final Map<Encoding, ValueDecoder> made = new EnumMap<>(Encoding.class);

    Decoders(Node leaf) {
        this.leaf = leaf;
    }

    /** The decoder for an encoding other than those of dictionary ids. */
    ValueDecoder of(Encoding encoding) {
        return made.computeIfAbsent(encoding, this::make);
    }

    private ValueDecoder make(Encoding encoding) {
        Physical kind = leaf.physical();
        ValueDecoder decoder =
                switch (encoding) {
                    case PLAIN -> new PlainDecoder(kind, leaf.width());
                    case RLE -> kind == Physical.BOOLEAN ? new RunBooleanDecoder() : null;
                    case DELTA_BINARY_PACKED ->
                            kind == Physical.INT32 || kind == Physical.INT64
                                    ? new DeltaIntegerDecoder()
                                    : null;
                    case DELTA_LENGTH_BYTE_ARRAY ->
                            kind == Physical.BYTE_ARRAY ? new DeltaLengthDecoder() : null;
                    case DELTA_BYTE_ARRAY ->
                            kind == Physical.BYTE_ARRAY
                                    ? new DeltaBytesDecoder(0)
                                    : kind == Physical.FIXED || kind == Physical.INT96
                                            ? new DeltaBytesDecoder(leaf.width())
                                            : null;
                    case BYTE_STREAM_SPLIT ->
                            kind == Physical.BYTE_ARRAY || kind == Physical.BOOLEAN
                                    ? null
                                    : new SplitStreamDecoder(leaf.width());
                    case PLAIN_DICTIONARY, RLE_DICTIONARY, BIT_PACKED -> null;
                };
        if (decoder == null) {
            throw new CorruptPageException("%s values in %s".formatted(kind, encoding));
        }
        return decoder;
    }
}
