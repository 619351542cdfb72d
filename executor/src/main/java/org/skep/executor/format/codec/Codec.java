package org.skep.executor.format.codec;

import java.util.List;
import java.util.Locale;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;

/** How the bytes of a file are compressed: told by how they begin, never by the file's name. */
public enum Codec {
    NONE("", "none", "uncompressed"),
    GZIP(".gz", "gzip", "gz"),
    BZIP2(".bz2", "bzip2", "bz2"),
    ZSTD(".zst", "zstd", "zst"),
    LZ4(".lz4", "lz4"),
    XZ(".xz", "xz"),
    /** The framing format of the Snappy project. */
    SNAPPY(".sz", "snappy", "sz"),
    /** What Hadoop writes under {@code .snappy}: length-prefixed blocks of raw Snappy. */
    HADOOP_SNAPPY(".snappy", "hadoop_snappy");

    /** How many of a file's first bytes {@link #of(byte[], int)} needs. */
    public static final int MAGIC_BYTES = 16;

    private static final int LARGEST_SNAPPY_BLOCK = 64 << 20;

    private final String ending;
    private final List<String> names;

    Codec(String ending, String... names) {
        this.ending = ending;
        this.names = List.of(names);
    }

    /** The ending of file names, with the point. */
    public String ending() {
        return ending;
    }

    /** The codec of a file that begins with the {@code length} first bytes of {@code head}. */
    public static Codec of(byte[] head, int length) {
        if (length >= 3 && at(head, 0) == 0x1F && at(head, 1) == 0x8B && at(head, 2) == 8) {
            return GZIP;
        }
        if (length >= 10 && isBzip2(head)) {
            return BZIP2;
        }
        if (length < 4) {
            return NONE;
        }
        int magic = bigEndian(head, 0);
        boolean skippable = (magic & 0xF0FFFFFF) == 0x502A4D18;
        if (magic == 0x28B52FFD || skippable) {
            return ZSTD;
        }
        if (magic == 0x04224D18) {
            return LZ4;
        }
        if (magic == 0xFD377A58) {
            return XZ;
        }
        if (magic == 0xFF060000 && length >= 10) {
            return SNAPPY;
        }
        return isHadoopSnappy(head, length) ? HADOOP_SNAPPY : NONE;
    }

    /** The codec that a user names in option {@code compression}. */
    public static Codec named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        List<String> all = new java.util.ArrayList<>();
        for (Codec codec : values()) {
            if (codec.names.contains(lower)) {
                return codec;
            }
            all.add(codec.names.get(0));
        }
        String near = Suggestion.hint(name, all);
        throw new QueryException(
                ErrorCode.INVALID_ARGUMENT,
                "no compression '%s'".formatted(name),
                near != null ? near : "compressions are " + String.join(", ", all));
    }

    /** {@code name} without the ending that says how it is compressed, if it has one. */
    public static String withoutEnding(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Codec codec : values()) {
            if (codec != NONE && lower.endsWith(codec.ending)) {
                return name.substring(0, name.length() - codec.ending.length());
            }
        }
        return name;
    }

    private static boolean isBzip2(byte[] head) {
        long magic = (long) bigEndian(head, 4) << 16 | at(head, 8) << 8 | at(head, 9);
        magic &= 0xFFFF_FFFF_FFFFL;
        return head[0] == 'B'
                && head[1] == 'Z'
                && head[2] == 'h'
                && head[3] >= '1'
                && head[3] <= '9'
                && (magic == Bzip2Decoder.BLOCK_MAGIC || magic == Bzip2Decoder.END_MAGIC);
    }

    /**
     * There is no magic number: two plausible lengths and the block's own length must agree. The
     * first byte of a plausible length is 0 to 4, so no text is taken for it.
     */
    private static boolean isHadoopSnappy(byte[] head, int length) {
        if (length < 10) {
            return false;
        }
        int whole = bigEndian(head, 0);
        int packed = bigEndian(head, 4);
        if (whole <= 0 || whole > LARGEST_SNAPPY_BLOCK || packed <= 1) {
            return false;
        }
        long stated = 0;
        for (int i = 0; i < 5 && 8 + i < length; i++) {
            stated |= (long) (head[8 + i] & 0x7F) << 7 * i;
            if (head[8 + i] >= 0) {
                return stated > 0 && stated <= whole && packed <= 32L + stated + stated / 6;
            }
        }
        return false;
    }

    static int bigEndian(byte[] bytes, int from) {
        return at(bytes, from) << 24
                | at(bytes, from + 1) << 16
                | at(bytes, from + 2) << 8
                | at(bytes, from + 3);
    }

    private static int at(byte[] bytes, int index) {
        return bytes[index] & 0xFF;
    }
}
