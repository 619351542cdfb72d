package org.skep.executor.format.codec;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.function.LongSupplier;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** A decoder's stream as a source: the one place where its failures become ours. */
final class DecodedBytes implements ByteSource {
    private final FileBytes file;
    private final LongSupplier position;
    private final InputStream decoder;
    private final Codec codec;

    DecodedBytes(FileBytes file, LongSupplier position, InputStream decoder, Codec codec) {
        this.file = file;
        this.position = position;
        this.decoder = decoder;
        this.codec = codec;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        try {
            int count = 0;
            while (count < length) {
                int more = decoder.read(into, offset + count, length - count);
                if (more < 0) {
                    break;
                }
                count += more;
            }
            return count;
        } catch (IOException | RuntimeException | InternalError e) {
            throw failure(file.path(), position.getAsLong(), codec, e);
        }
    }

    /** The failure as a user should see it. Native decoders fail with errors of any class. */
    static QueryException failure(String path, long position, Codec codec, Throwable cause) {
        if (cause instanceof QueryException known) {
            return known;
        }
        boolean missing =
                cause instanceof NoSuchFileException || cause instanceof FileNotFoundException;
        if (missing) {
            return new QueryException(
                    ErrorCode.FILE_NOT_FOUND, "no file '%s'".formatted(path), cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new QueryException(
                    ErrorCode.FILE_NOT_READABLE, "no right to read '%s'".formatted(path), cause);
        }
        if (codec == Codec.NONE) {
            return new QueryException(
                    ErrorCode.FILE_NOT_READABLE,
                    "cannot read '%s' at byte %d: %s".formatted(path, position, said(cause)),
                    cause);
        }
        QueryException corrupt =
                new QueryException(
                        ErrorCode.CORRUPT_FILE,
                        "'%s' is not valid %s, near byte %d: %s"
                                .formatted(
                                        path,
                                        codec.name().toLowerCase(java.util.Locale.ROOT),
                                        position,
                                        said(cause)),
                        "the file is damaged or cut off; make or fetch it again");
        corrupt.initCause(cause);
        return corrupt;
    }

    private static String said(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? "unreadable data" : message;
    }

    @Override
    public void close() {
        try (file;
                decoder) {
            // both are closed, whichever fails
        } catch (IOException e) {
            throw failure(file.path(), position.getAsLong(), Codec.NONE, e);
        }
    }
}
