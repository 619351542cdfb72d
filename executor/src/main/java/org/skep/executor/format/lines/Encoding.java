package org.skep.executor.format.lines;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** How a text file's bytes stand for characters: option {@code encoding}, or told by its start. */
final class Encoding {
    /** How many of a file's first bytes are looked at. */
    static final int HEAD = 64;

    private Encoding() {}

    /** The encoding that the options name; null when they leave it open. */
    static Charset named(Map<String, String> options) {
        String name = options.getOrDefault("encoding", options.get("charset"));
        if (name == null || name.isBlank() || name.equalsIgnoreCase("auto")) {
            return null;
        }
        String upper = name.strip().toUpperCase(Locale.ROOT);
        try {
            return switch (upper) {
                case "UTF8", "UTF-8-SIG", "UTF8-SIG" -> StandardCharsets.UTF_8;
                case "LATIN-1", "LATIN1" -> StandardCharsets.ISO_8859_1;
                case "UTF16", "UTF-16" -> StandardCharsets.UTF_16;
                case "ANSI", "CP1252" -> Charset.forName("windows-1252");
                default -> Charset.forName(upper);
            };
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "no encoding '%s'".formatted(name),
                    "for example utf-8, utf-16le, utf-16be, iso-8859-1 or windows-1252");
        }
    }

    /** The encoding of a file that begins with {@code count} bytes of {@code head}. */
    static Charset of(byte[] head, int count) {
        if (count >= 2 && (head[0] & 0xFF) == 0xFF && (head[1] & 0xFF) == 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        if (count >= 2 && (head[0] & 0xFF) == 0xFE && (head[1] & 0xFF) == 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        int evenZeros = 0;
        int oddZeros = 0;
        for (int i = 0; i < count; i++) {
            if (head[i] == 0) {
                evenZeros += i % 2 == 0 ? 1 : 0;
                oddZeros += i % 2;
            }
        }
        int pairs = count / 2;
        if (pairs >= 4 && oddZeros > pairs * 3 / 4 && evenZeros == 0) {
            return StandardCharsets.UTF_16LE;
        }
        if (pairs >= 4 && evenZeros > pairs * 3 / 4 && oddZeros == 0) {
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }

    /** How many bytes of a byte order mark begin the file. */
    static int markLength(byte[] head, int count, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            boolean marked =
                    count >= 3
                            && (head[0] & 0xFF) == 0xEF
                            && (head[1] & 0xFF) == 0xBB
                            && (head[2] & 0xFF) == 0xBF;
            return marked ? 3 : 0;
        }
        boolean wide =
                charset.equals(StandardCharsets.UTF_16LE)
                        || charset.equals(StandardCharsets.UTF_16BE);
        return wide && count >= 2 && of(head, 2).name().startsWith("UTF-16") ? 2 : 0;
    }

    /**
     * Whether each of the bytes of ASCII stands for its ASCII character and nothing else: a file
     * can then be cut at line ends.
     */
    static boolean isAsciiBased(Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)
                || charset.equals(StandardCharsets.US_ASCII)
                || charset.equals(StandardCharsets.ISO_8859_1)) {
            return true;
        }
        String name = charset.name().toLowerCase(Locale.ROOT);
        return name.startsWith("windows-125") || name.startsWith("iso-8859-");
    }
}
