package org.skep.executor.function.scalar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import org.skep.model.data.Utf8;

/**
 * The values by which tables are partitioned, as Iceberg's specification defines its transforms
 * (Appendix B for the hash): the same value gives the same partition in every engine.
 */
public final class PartitionFunctions {
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long DAY_MICROS = 24 * HOUR_MICROS;

    private PartitionFunctions() {}

    @SqlFunction(
            value = "years",
            signature = "(date) int",
            doc = "whole years since 1970",
            example = "years(DATE '2024-03-01') = 54")
    public static int years(int day) {
        return LocalDate.ofEpochDay(day).getYear() - 1970;
    }

    @SqlFunction(
            value = "years",
            signature = "(timestamp) int",
            doc = "whole years since 1970",
            example = "years(TIMESTAMP '1969-12-31 23:00:00') = -1")
    public static int yearsOfTime(long micros) {
        return years(daysOfTime(micros));
    }

    @SqlFunction(
            value = "months",
            signature = "(date) int",
            doc = "whole months since January 1970",
            example = "months(DATE '2024-03-01') = 650")
    public static int months(int day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return (date.getYear() - 1970) * 12 + date.getMonthValue() - 1;
    }

    @SqlFunction(
            value = "months",
            signature = "(timestamp) int",
            doc = "whole months since January 1970",
            example = "months(TIMESTAMP '2024-03-01 10:00:00') = 650")
    public static int monthsOfTime(long micros) {
        return months(daysOfTime(micros));
    }

    @SqlFunction(
            value = "days",
            signature = "(date) int",
            doc = "whole days since 1970-01-01",
            example = "days(DATE '2024-03-01') = 19783")
    public static int days(int day) {
        return day;
    }

    @SqlFunction(
            value = "days",
            signature = "(timestamp) int",
            doc = "whole days since 1970-01-01",
            example = "days(TIMESTAMP '2024-03-01 10:00:00') = 19783")
    public static int daysOfTime(long micros) {
        return (int) Math.floorDiv(micros, DAY_MICROS);
    }

    @SqlFunction(
            value = "hours",
            signature = "(timestamp) int",
            doc = "whole hours since 1970-01-01 00:00",
            example = "hours(TIMESTAMP '1970-01-02 10:59:00') = 34")
    public static int hoursOfTime(long micros) {
        return (int) Math.floorDiv(micros, HOUR_MICROS);
    }

    @SqlFunction(
            value = "bucket",
            signature = "(int, bigint) int",
            doc = "which of so many buckets a number belongs to",
            example = "bucket(16, 34) = 3")
    public static int bucket(int buckets, long value) {
        return bucketOf(buckets, hash(value));
    }

    @SqlFunction(
            value = "bucket",
            signature = "(int, date) int",
            doc = "which of so many buckets a date belongs to",
            example = "bucket(16, DATE '2017-11-16') = 10")
    public static int bucketOfDay(int buckets, int day) {
        return bucketOf(buckets, hash(day));
    }

    @SqlFunction(
            value = "bucket",
            signature = "(int, timestamp) int",
            doc = "which of so many buckets a time belongs to",
            example = "bucket(16, TIMESTAMP '2017-11-16 22:31:08') = 7")
    public static int bucketOfTime(int buckets, long micros) {
        return bucketOf(buckets, hash(micros));
    }

    @SqlFunction(
            value = "bucket",
            doc = "which of so many buckets a DECIMAL belongs to",
            example = "bucket(16, 14.20) = 3")
    public static int bucket(int buckets, BigDecimal value) {
        byte[] bytes = value.unscaledValue().toByteArray();
        return bucketOf(buckets, murmur(bytes, 0, bytes.length));
    }

    @SqlFunction(
            value = "bucket",
            doc = "which of so many buckets a text belongs to",
            example = "bucket(16, 'iceberg') = 9")
    public static int bucket(int buckets, Utf8 text) {
        return bucketOf(buckets, murmur(text.data(), text.start(), text.length()));
    }

    @SqlFunction(
            value = "partition_truncate",
            doc = "the number rounded down to a multiple of the width",
            example = "partition_truncate(10, -1) = -10")
    public static long truncate(int width, long value) {
        return value - Math.floorMod(value, (long) width);
    }

    @SqlFunction(
            value = "partition_truncate",
            doc = "the number rounded down to a multiple of the width in its last digits",
            example = "partition_truncate(50, 10.65) = 10.50")
    public static BigDecimal truncate(int width, BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        BigInteger rest = unscaled.mod(BigInteger.valueOf(width));
        return new BigDecimal(unscaled.subtract(rest), value.scale());
    }

    @SqlFunction(
            value = "partition_truncate",
            doc = "the first characters of the text",
            example = "partition_truncate(3, 'iceberg') = 'ice'")
    public static Utf8 truncate(int characters, Utf8 text) {
        int end = 0;
        for (int left = characters; end < text.length() && left > 0; left--) {
            end++;
            while (end < text.length() && (text.byteAt(end) & 0xC0) == 0x80) {
                end++;
            }
        }
        return text.bytes(0, end);
    }

    private static int bucketOf(int buckets, int hash) {
        if (buckets <= 0) {
            throw new IllegalArgumentException("%d buckets".formatted(buckets));
        }
        return (hash & Integer.MAX_VALUE) % buckets;
    }

    private static int hash(long value) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (value >>> 8 * i);
        }
        return murmur(bytes, 0, 8);
    }

    /** MurmurHash3, 32 bits for x86, seed 0 (Appleby). */
    private static int murmur(byte[] data, int start, int length) {
        int hash = 0;
        int blocks = length & ~3;
        for (int i = start; i < start + blocks; i += 4) {
            int k = little(data, i, 4);
            hash ^= mixed(k);
            hash = Integer.rotateLeft(hash, 13) * 5 + 0xE6546B64;
        }
        hash ^= mixed(little(data, start + blocks, length - blocks));
        hash ^= length;
        hash ^= hash >>> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >>> 13;
        hash *= 0xC2B2AE35;
        return hash ^ hash >>> 16;
    }

    private static int mixed(int k) {
        return Integer.rotateLeft(k * 0xCC9E2D51, 15) * 0x1B873593;
    }

    private static int little(byte[] data, int from, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= (data[from + i] & 0xFF) << 8 * i;
        }
        return value;
    }
}
