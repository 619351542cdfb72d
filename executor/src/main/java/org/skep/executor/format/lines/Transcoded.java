package org.skep.executor.format.lines;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.skep.executor.format.codec.ByteSource;

/** Bytes of any encoding as UTF-8; what is no character becomes U+FFFD. */
final class Transcoded implements ByteSource {
    private final ByteSource source;
    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    private final byte[] raw = new byte[64 << 10];
    private final ByteBuffer in = ByteBuffer.wrap(raw).limit(0);
    private final CharBuffer chars = CharBuffer.allocate(64 << 10).limit(0);
    private final ByteBuffer utf8 = ByteBuffer.allocate(256 << 10).limit(0);
    private boolean ended;
    private boolean finished;

    Transcoded(ByteSource source, Charset charset) {
        this.source = source;
        this.decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
        encoder.onMalformedInput(CodingErrorAction.REPLACE).replaceWith(new byte[] {'?'});
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        int count = 0;
        while (count < length) {
            if (!utf8.hasRemaining() && !more()) {
                break;
            }
            int piece = Math.min(length - count, utf8.remaining());
            utf8.get(into, offset + count, piece);
            count += piece;
        }
        return count;
    }

    private boolean more() {
        while (!utf8.hasRemaining()) {
            if (finished) {
                return false;
            }
            in.compact();
            int asked = in.remaining();
            int got = ended ? 0 : source.read(raw, in.position(), asked);
            ended |= got < asked;
            in.position(in.position() + got).flip();
            chars.compact();
            CoderResult result = decoder.decode(in, chars, ended);
            if (ended && result.isUnderflow()) {
                finished = decoder.flush(chars).isUnderflow();
            }
            chars.flip();
            utf8.clear();
            encoder.encode(chars, utf8, finished);
            utf8.flip();
        }
        return true;
    }

    @Override
    public void close() {
        source.close();
    }
}
