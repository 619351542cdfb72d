package org.skep.executor.format.parquet;

import static org.skep.executor.format.parquet.BitPacking.LONGS;

import java.util.Arrays;

/**
 * Parquet's hybrid of runs and bit-packed groups: levels, dictionary ids and booleans.
 *
 * <p>The buffer has {@link BitPacking#PADDING} bytes behind {@code end}.
 */
final class HybridDecoder {
    private byte[] buffer;
    private int position;
    private int end;
    private int width;
    private int left;
    private boolean repeated;
    private int value;
    private int packedBase;
    private int packedIndex;

    void start(byte[] bytes, int from, int to, int bitWidth) {
        if (bitWidth < 0 || bitWidth > 32) {
            throw new CorruptPageException("a bit width of " + bitWidth);
        }
        buffer = bytes;
        position = from;
        end = to;
        width = bitWidth;
        left = 0;
        if (bitWidth == 0) {
            repeated = true; // nothing needs to be stored for values that are all 0
            value = 0;
            left = Integer.MAX_VALUE;
        }
    }

    /** Takes all bytes as one stretch of packed values. */
    void startPacked(byte[] bytes, int from, int to, int bitWidth, int values) {
        start(bytes, from, to, bitWidth);
        if (bitWidth > 0) {
            packed(from, values);
        }
    }

    /** Whether the next {@code count} values are one run of {@code expected}. */
    boolean isRun(int expected, int count) {
        if (left == 0 && position < end) {
            nextRun();
        }
        return repeated && value == expected && left >= count;
    }

    void read(int[] out, int at, int count) {
        int done = 0;
        while (done < count) {
            if (left == 0) {
                nextRun();
            }
            int take = Math.min(count - done, left);
            if (repeated) {
                Arrays.fill(out, at + done, at + done + take, value);
            } else {
                BitPacking.unpack(buffer, packedBase, packedIndex, width, out, at + done, take);
                packedIndex += take;
            }
            left -= take;
            done += take;
        }
    }

    void skip(int count) {
        int rest = count;
        while (rest > 0) {
            if (left == 0) {
                nextRun();
            }
            int take = Math.min(rest, left);
            if (!repeated) {
                packedIndex += take;
            }
            left -= take;
            rest -= take;
        }
    }

    /** Values of one bit: sets those bits of {@code bits} whose value is 1 and says how many. */
    int readBits(long[] bits, int at, int count) {
        int done = 0;
        int ones = 0;
        while (done < count) {
            if (left == 0) {
                nextRun();
            }
            int take = Math.min(count - done, left);
            if (!repeated) {
                ones += packedBits(bits, at + done, take);
                packedIndex += take;
            } else if (value == 1) {
                setRange(bits, at + done, take);
                ones += take;
            }
            left -= take;
            done += take;
        }
        return ones;
    }

    /** Passes over values of one bit and says how many of them are 1. */
    int countBits(int count) {
        int done = 0;
        int ones = 0;
        while (done < count) {
            if (left == 0) {
                nextRun();
            }
            int take = Math.min(count - done, left);
            if (repeated) {
                ones += value == 1 ? take : 0;
            } else {
                ones += packedBits(null, 0, take);
                packedIndex += take;
            }
            left -= take;
            done += take;
        }
        return ones;
    }

    private int packedBits(long[] bits, int at, int count) {
        int ones = 0;
        for (int done = 0; done < count; ) {
            int index = packedIndex + done;
            int take = Math.min(count - done, 56);
            long word = (long) LONGS.get(buffer, packedBase + (index >>> 3)) >>> (index & 7);
            word &= (1L << take) - 1;
            ones += Long.bitCount(word);
            if (bits != null) {
                int to = at + done;
                bits[to >> 6] |= word << to;
                if ((to & 63) + take > 64) {
                    bits[(to >> 6) + 1] |= word >>> (64 - (to & 63));
                }
            }
            done += take;
        }
        return ones;
    }

    static void setRange(long[] bits, int at, int count) {
        if (count == 0) {
            return;
        }
        int last = at + count - 1;
        long head = -1L << at;
        long tail = -1L >>> (63 - (last & 63));
        if (at >> 6 == last >> 6) {
            bits[at >> 6] |= head & tail;
            return;
        }
        bits[at >> 6] |= head;
        Arrays.fill(bits, (at >> 6) + 1, last >> 6, -1L);
        bits[last >> 6] |= tail;
    }

    private void nextRun() {
        while (left == 0) {
            long header = header();
            long count = header >>> 1;
            if ((header & 1) != 0) {
                packed(position, Math.min(count * 8, Integer.MAX_VALUE));
                position = (int) Math.min(end, position + count * width);
                continue;
            }
            repeated = true;
            left = (int) Math.min(count, Integer.MAX_VALUE);
            int bytes = (width + 7) >>> 3;
            if (bytes > end - position) {
                throw new CorruptPageException("a run without a value");
            }
            value = 0;
            for (int i = 0; i < bytes; i++) {
                value |= (buffer[position++] & 0xFF) << (8 * i);
            }
        }
    }

    /**
     * Some writers leave away the unused bytes of the last group, so trust the bytes, not the
     * count.
     */
    private void packed(int from, long values) {
        repeated = false;
        packedBase = from;
        packedIndex = 0;
        left = (int) Math.min(values, (end - from) * 8L / width);
    }

    private long header() {
        long header = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (position >= end) {
                throw new CorruptPageException("fewer values than the page says");
            }
            byte next = buffer[position++];
            header |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return header;
            }
        }
        throw new CorruptPageException("a run header of more than 5 bytes");
    }
}
