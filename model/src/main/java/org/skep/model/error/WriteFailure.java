package org.skep.model.error;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What went wrong when something could not be written to a disk. */
public final class WriteFailure {
    private static final String UNWRITABLE =
            "look whether the folder is there and may be written by the user that Skep runs as";

    private WriteFailure() {}

    /**
     * The error that says so: DISK_FULL or FILE_NOT_WRITABLE, with the path.
     *
     * @param path that was to be written
     */
    public static QueryException of(Path path, IOException cause) {
        boolean full = isFull(cause);
        QueryException error =
                new QueryException(
                        full ? ErrorCode.DISK_FULL : ErrorCode.FILE_NOT_WRITABLE,
                        "cannot write '%s': %s".formatted(path, reason(path, cause)),
                        full ? room(path) : UNWRITABLE);
        error.initCause(cause);
        return error;
    }

    /** Whether there is no room on the disk, or none left for this user. */
    public static boolean isFull(IOException cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota");
    }

    /** The message of a file system exception repeats the path, and may be nothing else. */
    private static String reason(Path path, IOException cause) {
        if (cause instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof java.nio.file.FileSystemException of && of.getReason() != null) {
            return of.getReason();
        }
        String message = cause.getMessage();
        return message == null || message.equals(path.toString()) ? cause.toString() : message;
    }

    private static String room(Path path) {
        for (Path place = path.toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.exists(place)) {
                try {
                    FileStore disk = Files.getFileStore(place);
                    return "the disk of '%s' has %,d MB, of which %,d MB are free: make room, or write elsewhere"
                            .formatted(
                                    place, disk.getTotalSpace() >> 20, disk.getUsableSpace() >> 20);
                } catch (IOException unknown) {
                    break; // then it is not said how much is free
                }
            }
        }
        return "make room on that disk, or write elsewhere";
    }
}
