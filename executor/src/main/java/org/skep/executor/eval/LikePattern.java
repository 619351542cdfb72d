package org.skep.executor.eval;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Utf8;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr.Like;
import org.skep.model.type.Type;

/**
 * A LIKE pattern over UTF-8 bytes: pieces between {@code %} signs, found from left to right, the
 * first and the last one anchored. A piece is bytes, with {@code _} for one character.
 */
final class LikePattern {
    /** Stands for {@code _}: a byte that UTF-8 does not have. */
    private static final byte ANY = (byte) 0xFF;

    private final byte[][] pieces;
    private final boolean[] plain;
    private final boolean caseSensitive;

    private LikePattern(List<byte[]> pieces, boolean caseSensitive) {
        this.pieces = pieces.toArray(byte[][]::new);
        this.caseSensitive = caseSensitive;
        plain = new boolean[this.pieces.length];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = true;
            for (byte b : this.pieces[i]) {
                plain[i] &= b != ANY;
            }
        }
    }

    static Evaluator evaluator(Like like, ExpressionCompiler compiler) {
        Evaluator input = compiler.compile(like.input());
        LikePattern pattern = of(like.pattern(), like.escape(), like.caseSensitive());
        return batch -> {
            BytesColumn text = (BytesColumn) Constant.flat(input, batch);
            byte[] out = new byte[batch.rows()];
            for (int i = 0; i < out.length; i++) {
                if (!text.isNull(i)) {
                    out[i] =
                            pattern.matches(text.data(), text.starts()[i], text.lengths()[i])
                                    ? (byte) 1
                                    : 0;
                }
            }
            return new BooleanColumn(Type.BOOLEAN, out, out.length, text.validity());
        };
    }

    /**
     * @throws QueryException when the pattern ends with its escape character
     */
    static LikePattern of(String pattern, Character escape, boolean caseSensitive) {
        String text = caseSensitive ? pattern : pattern.toLowerCase(Locale.ROOT);
        List<byte[]> pieces = new ArrayList<>();
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (escape != null && c == escape) {
                if (i == text.length()) {
                    throw new QueryException(
                            ErrorCode.INVALID_ARGUMENT,
                            "LIKE pattern '%s' ends with its escape character".formatted(pattern),
                            "double the escape character to mean itself");
                }
                c = text.codePointAt(i);
                i += Character.charCount(c);
            } else if (c == '%') {
                pieces.add(piece.toByteArray());
                piece.reset();
                continue;
            } else if (c == '_') {
                piece.write(ANY);
                continue;
            }
            piece.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        }
        pieces.add(piece.toByteArray());
        return new LikePattern(pieces, caseSensitive);
    }

    boolean matches(byte[] data, int start, int length) {
        if (!caseSensitive) {
            Utf8 lower = lower(data, start, length);
            return match(lower.data(), lower.start(), lower.start() + lower.length());
        }
        return match(data, start, start + length);
    }

    private static Utf8 lower(byte[] data, int start, int length) {
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            byte b = data[start + i];
            if (b < 0) {
                String text = new String(data, start, length, StandardCharsets.UTF_8);
                return Utf8.of(text.toLowerCase(Locale.ROOT));
            }
            out[i] = (byte) (b >= 'A' && b <= 'Z' ? b + 32 : b);
        }
        return Utf8.of(out);
    }

    private boolean match(byte[] data, int from, int to) {
        int last = pieces.length - 1;
        int at = matchAt(0, data, from, to);
        if (at < 0 || last == 0) {
            return at == to;
        }
        for (int k = 1; k < last; k++) {
            at = find(k, data, at, to);
            if (at < 0) {
                return false;
            }
        }
        return endsWith(last, data, at, to);
    }

    /** Where piece {@code k} ends when it stands at {@code from}; else -1. */
    private int matchAt(int k, byte[] data, int from, int to) {
        byte[] piece = pieces[k];
        if (plain[k]) {
            int end = from + piece.length;
            return end <= to && Arrays.equals(data, from, end, piece, 0, piece.length) ? end : -1;
        }
        int at = from;
        for (byte b : piece) {
            if (at >= to || b != ANY && data[at] != b) {
                return -1;
            }
            at++;
            while (b == ANY && at < to && (data[at] & 0xC0) == 0x80) {
                at++;
            }
        }
        return at;
    }

    /** Where the first occurrence of piece {@code k} ends; else -1. */
    private int find(int k, byte[] data, int from, int to) {
        byte[] piece = pieces[k];
        if (piece.length == 0) {
            return from;
        }
        byte first = piece[0];
        for (int at = from; at < to; at++) {
            boolean candidate = first == ANY ? (data[at] & 0xC0) != 0x80 : data[at] == first;
            if (candidate) {
                int end = matchAt(k, data, at, to);
                if (end >= 0) {
                    return end;
                }
            }
        }
        return -1;
    }

    private boolean endsWith(int k, byte[] data, int from, int to) {
        byte[] piece = pieces[k];
        if (plain[k]) {
            int start = to - piece.length;
            return start >= from && Arrays.equals(data, start, to, piece, 0, piece.length);
        }
        // step back as many characters as the piece has
        int at = to;
        for (int i = piece.length - 1; i >= 0; i--) {
            at--;
            while (piece[i] == ANY && at >= from && (data[at] & 0xC0) == 0x80) {
                at--;
            }
            if (at < from) {
                return false;
            }
        }
        return matchAt(k, data, at, to) == to;
    }
}
