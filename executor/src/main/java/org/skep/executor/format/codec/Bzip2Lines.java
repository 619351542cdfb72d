package org.skep.executor.format.codec;

import java.io.IOException;
import java.io.InputStream;

/**
 * Whole lines of a stretch of a bzip2 file. The blocks that begin in the stretch stand for it: its
 * lines are those after the first line end in them (all of them when the stretch begins with the
 * file), up to the first line end in the blocks that follow. So the stretches of a file hold every
 * line once, wherever its blocks begin.
 */
final class Bzip2Lines extends InputStream {
    private final Bzip2Decoder decoder;
    private final long end;
    private boolean started;
    private boolean skipping;
    private boolean completing;
    private boolean done;
    private final long start;

    Bzip2Lines(BitReader input, long start, long end) {
        this.decoder = new Bzip2Decoder(input);
        this.start = start;
        this.end = end;
    }

    long position() {
        return decoder.position();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!started) {
            started = true;
            skipping = start > 0;
            done = skipping && !decoder.seekBlock(start, end);
        }
        while (!done) {
            if (decoder.blockEnded()) {
                if (!decoder.nextBlock()) {
                    break;
                }
                if (decoder.blockStart() >= end && !completing) {
                    if (skipping) {
                        break; // no line begins in this stretch
                    }
                    completing = true;
                }
            }
            int count = decoder.readBlock(into, offset, length);
            int from = 0;
            if (skipping) {
                from = lineEnd(into, offset, count);
                skipping = from < 0;
                from = skipping ? count : from;
            }
            if (completing) {
                int to = lineEnd(into, offset, count);
                if (to >= 0) {
                    done = true;
                    count = to;
                }
            }
            if (count > from) {
                System.arraycopy(into, offset + from, into, offset, count - from);
                return count - from;
            }
        }
        done = true;
        return -1;
    }

    /** How many bytes there are up to and with the first line end; -1 without one. */
    private static int lineEnd(byte[] bytes, int offset, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[offset + i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }
}
