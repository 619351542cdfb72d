package org.skep.executor.format.codec;

import java.io.IOException;

/** One block of bzip2, read as far as the linked list of its transformed bytes. */
final class Bzip2Block {
    private static final int LARGEST = 900_000;
    private static final int GROUP = 50;
    private static final int MAX_CODE = 20;
    private static final int MAX_SELECTORS = 18_002;

    /** Each entry: place of the following byte (24 bits), and the byte (8 bits). */
    int[] links = new int[0];

    int first;
    int size;
    int crc;

    private final byte[] alphabet = new byte[256];
    private final byte[] front = new byte[256];
    private final byte[] selectors = new byte[MAX_SELECTORS];
    private final byte[] codeLengths = new byte[258];
    private final Code[] codes = new Code[6];

    /** Reads what follows a block's magic number. */
    void read(BitReader in) throws IOException {
        if (links.length == 0) {
            links = new int[LARGEST];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = new Code();
            }
        }
        crc = in.read(32);
        if (in.read(1) != 0) {
            throw new IOException("a randomised block, as bzip2 0.9.0 wrote them");
        }
        int origin = in.read(24);
        int used = readAlphabet(in);
        int groups = in.read(3);
        int selectorCount = in.read(15);
        if (groups < 2 || groups > 6 || selectorCount == 0) {
            throw new IOException("bad code tables");
        }
        readSelectors(in, groups, selectorCount);
        for (int i = 0; i < groups; i++) {
            readCode(in, used + 2, codes[i]);
        }
        int[] counts = new int[256];
        size = readSymbols(in, used, Math.min(selectorCount, MAX_SELECTORS), counts);
        if (origin >= size) {
            throw new IOException("bad origin");
        }
        link(counts, origin);
    }

    private int readAlphabet(BitReader in) throws IOException {
        int rows = in.read(16);
        int used = 0;
        for (int row = 0; row < 16; row++) {
            if ((rows >>> (15 - row) & 1) != 0) {
                int bits = in.read(16);
                for (int i = 0; i < 16; i++) {
                    if ((bits >>> (15 - i) & 1) != 0) {
                        alphabet[used++] = (byte) (row * 16 + i);
                    }
                }
            }
        }
        if (used == 0) {
            throw new IOException("an empty alphabet");
        }
        return used;
    }

    private void readSelectors(BitReader in, int groups, int count) throws IOException {
        byte[] order = {0, 1, 2, 3, 4, 5};
        for (int i = 0; i < count; i++) {
            int place = 0;
            while (in.read(1) != 0) {
                if (++place >= groups) {
                    throw new IOException("bad selector");
                }
            }
            byte chosen = order[place];
            System.arraycopy(order, 0, order, 1, place);
            order[0] = chosen;
            if (i < MAX_SELECTORS) {
                selectors[i] = chosen;
            }
        }
    }

    private void readCode(BitReader in, int symbols, Code code) throws IOException {
        int length = in.read(5);
        for (int i = 0; i < symbols; i++) {
            while (in.read(1) != 0) {
                length += in.read(1) == 0 ? 1 : -1;
            }
            if (length < 1 || length > MAX_CODE) {
                throw new IOException("bad code length");
            }
            codeLengths[i] = (byte) length;
        }
        code.build(codeLengths, symbols);
    }

    private int readSymbols(BitReader in, int used, int selectorCount, int[] counts)
            throws IOException {
        System.arraycopy(alphabet, 0, front, 0, used);
        int[] out = links;
        int end = used + 1;
        int count = 0;
        int selector = 0;
        int inGroup = 0;
        Code code = null;
        int run = 0;
        int weight = 1;
        while (true) {
            if (inGroup == 0) {
                if (selector == selectorCount) {
                    throw new IOException("too few selectors");
                }
                code = codes[selectors[selector++]];
                inGroup = GROUP;
            }
            inGroup--;
            int symbol = code.next(in);
            if (symbol <= 1) { // a run's length in bijective base 2
                run += weight << symbol;
                weight <<= 1;
                if (run > LARGEST) {
                    throw new IOException("a run longer than a block");
                }
                continue;
            }
            if (run > 0) {
                if (run > LARGEST - count) {
                    throw new IOException("more bytes than a block holds");
                }
                int value = front[0] & 0xFF;
                counts[value] += run;
                java.util.Arrays.fill(out, count, count + run, value);
                count += run;
                run = 0;
                weight = 1;
            }
            if (symbol == end) {
                return count;
            }
            if (count == LARGEST) {
                throw new IOException("more bytes than a block holds");
            }
            byte moved = front[symbol - 1];
            System.arraycopy(front, 0, front, 1, symbol - 1);
            front[0] = moved;
            counts[moved & 0xFF]++;
            out[count++] = moved & 0xFF;
        }
    }

    /** Undoes the transform: entry i gets the place of the byte that follows byte i. */
    private void link(int[] counts, int origin) {
        int sum = 0;
        for (int i = 0; i < 256; i++) {
            int count = counts[i];
            counts[i] = sum;
            sum += count;
        }
        int[] list = links;
        int n = size;
        for (int i = 0; i < n; i++) {
            int value = list[i] & 0xFF;
            list[counts[value]++] |= i << 8;
        }
        first = list[origin] >>> 8;
    }

    /** A canonical Huffman code, by table for short codes, by length for long ones. */
    private static final class Code {
        private static final int FAST = 10;

        private final short[] fast = new short[1 << FAST];
        private final int[] limit = new int[MAX_CODE + 2];
        private final int[] base = new int[MAX_CODE + 2];
        private final short[] symbols = new short[258];

        void build(byte[] lengths, int count) throws IOException {
            int[] perLength = new int[MAX_CODE + 2];
            for (int i = 0; i < count; i++) {
                perLength[lengths[i]]++;
            }
            int place = 0;
            for (int length = 1; length <= MAX_CODE; length++) {
                for (int i = 0; i < count; i++) {
                    if (lengths[i] == length) {
                        symbols[place++] = (short) i;
                    }
                }
            }
            java.util.Arrays.fill(fast, (short) 0);
            int code = 0;
            int index = 0;
            for (int length = 1; length <= MAX_CODE; length++) {
                base[length] = index - code;
                if (code + perLength[length] > 1 << length) {
                    throw new IOException("an over-full code");
                }
                for (int i = 0; i < perLength[length]; i++, code++, index++) {
                    if (length <= FAST) {
                        int from = code << (FAST - length);
                        int to = from + (1 << (FAST - length));
                        java.util.Arrays.fill(
                                fast, from, to, (short) (symbols[index] << 5 | length));
                    }
                }
                limit[length] = code;
                code <<= 1;
            }
        }

        int next(BitReader in) throws IOException {
            int bits = in.peek(MAX_CODE);
            int entry = fast[bits >>> (MAX_CODE - FAST)];
            if (entry != 0) {
                in.skip(entry & 31);
                return entry >>> 5;
            }
            for (int length = FAST + 1; length <= MAX_CODE; length++) {
                int code = bits >>> (MAX_CODE - length);
                if (code < limit[length] && code + base[length] >= 0) {
                    in.skip(length);
                    return symbols[code + base[length]];
                }
            }
            throw new IOException("not a code");
        }
    }
}
