package org.skep.executor.function.scalar;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.skep.executor.value.Hash;
import org.skep.model.data.Column;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/** Checksums and digests, in lower-case hexadecimal. */
public final class HashFunctions {
    private HashFunctions() {}

    @SqlFunction(
            value = "md5",
            doc = "MD5 digest",
            example = "md5('abc') = '900150983cd24fb0d6963f7d28e17f72'")
    public static String md5(byte[] bytes) {
        return digest("MD5", bytes);
    }

    @SqlFunction(
            value = {"sha1", "sha"},
            doc = "SHA-1 digest",
            example = "sha1('abc') = 'a9993e364706816aba3e25717850c26c9cd0d89d'")
    public static String sha1(byte[] bytes) {
        return digest("SHA-1", bytes);
    }

    @SqlFunction(
            value = "sha256",
            doc = "SHA-256 digest",
            example =
                    "sha256('abc') ="
                            + " 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'")
    public static String sha256(byte[] bytes) {
        return digest("SHA-256", bytes);
    }

    @SqlFunction(
            value = "sha512",
            doc = "SHA-512 digest",
            example = "left(sha512('abc'), 8) = 'ddaf35a1'")
    public static String sha512(byte[] bytes) {
        return digest("SHA-512", bytes);
    }

    @SqlFunction(
            value = "sha2",
            doc = "SHA-2 digest of 224, 256 (or 0), 384 or 512 bits",
            example = "left(sha2('abc', 224), 8) = '23097d22'")
    public static String sha2(byte[] bytes, int bits) {
        return switch (bits) {
            case 0, 256 -> digest("SHA-256", bytes);
            case 224, 384, 512 -> digest("SHA-" + bits, bytes);
            default ->
                    throw new IllegalArgumentException(
                            "bits are 224, 256, 384 or 512, not " + bits);
        };
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has these
        }
    }

    @SqlFunction(
            value = "crc32",
            doc = "CRC-32 checksum",
            example = "crc32('abc') = BIGINT '891568578'")
    public static long crc32(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    @SqlFunction(
            value = {"hash", "xxhash64"},
            signature = "(any...) bigint",
            doc = "a hash of all arguments together, the same on every machine",
            example = "hash(1, 'a') = hash(1, 'a')")
    public static Column hash(Type type, int rows, Column[] arguments) {
        long[] out = new long[rows];
        for (Column argument : arguments) {
            for (int i = 0; i < rows; i++) {
                out[i] = Hash.combine(out[i], Hash.of(argument, i));
            }
        }
        return new LongColumn(type, out, rows, null);
    }
}
