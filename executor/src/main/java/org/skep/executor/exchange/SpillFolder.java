package org.skep.executor.exchange;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Type;

/**
 * The folder of one query's spill files. It is made when the first file is, and locked as long as
 * this process lives, so that whoever comes later can tell what a dead process has left behind.
 */
public final class SpillFolder implements AutoCloseable {
    private static final String PREFIX = "skep-";
    private static final String UNLOCKED = "new-";
    private static final String LOCK = "lock";

    /**
     * The folders of this process. Their locks must not be tried: closing a file gives up all locks
     * that a process has on it, whichever channel they came from.
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    /** How long a folder without a lock is left alone: its owner may be about to lock it. */
    private static final Duration GRACE = Duration.ofHours(1);

    private final Path parent;
    private final String queryId;
    private Path folder;
    private FileChannel lock;
    private int files;
    private boolean closed;

    public SpillFolder(String tempDirectory, String queryId) {
        this.parent = Path.of(tempDirectory);
        this.queryId = queryId.replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    /** A new file for batches of these types. */
    public synchronized SpillFile create(List<Type> types) {
        if (closed) {
            throw new IllegalStateException("the query " + queryId + " has ended");
        }
        try {
            if (folder == null) {
                open();
            }
            return new SpillFile(folder.resolve("spill-%05d.arrow".formatted(files++)), types);
        } catch (IOException e) {
            throw unwritable(folder == null ? parent : folder, e);
        }
    }

    private void open() throws IOException {
        Files.createDirectories(parent);
        removeStale(parent);
        // It gets its name when it is locked; until then nobody takes it for one left behind.
        Path made = Files.createTempDirectory(parent, UNLOCKED + PREFIX + queryId + "-");
        Path named = parent.resolve(made.getFileName().toString().substring(UNLOCKED.length()));
        OWN.add(key(named));
        lock =
                FileChannel.open(
                        made.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.lock();
        folder = Files.move(made, named, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path key(Path folder) {
        return folder.toAbsolutePath().normalize();
    }

    /** Deletes the folders of processes that ended without doing so. */
    static void removeStale(Path parent) throws IOException {
        String named = "{" + UNLOCKED + ",}" + PREFIX + "*";
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, named)) {
            for (Path candidate : folders) {
                if (Files.isDirectory(candidate) && isStale(candidate)) {
                    delete(candidate);
                }
            }
        }
    }

    private static boolean isStale(Path candidate) throws IOException {
        boolean young =
                candidate.getFileName().toString().startsWith(UNLOCKED) && !isOld(candidate);
        if (young || OWN.contains(key(candidate))) {
            return false;
        }
        Path lockFile = candidate.resolve(LOCK);
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        } catch (NoSuchFileException notYetOrNoMore) {
            return isOld(candidate);
        } catch (IOException notOurs) {
            return false; // another user's, perhaps: theirs to clean up
        }
    }

    private static boolean isOld(Path candidate) throws IOException {
        try {
            Instant changed = Files.getLastModifiedTime(candidate).toInstant();
            return changed.isBefore(Instant.now().minus(GRACE)) && holdsOnlySpills(candidate);
        } catch (NoSuchFileException goneMeanwhile) {
            return false;
        }
    }

    private static boolean holdsOnlySpills(Path candidate) throws IOException {
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(candidate)) {
            for (Path file : inside) {
                if (!file.getFileName().toString().matches("lock|spill-\\d+\\.arrow")) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void delete(Path folder) throws IOException {
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.deleteIfExists(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path dir, IOException failure)
                                throws IOException {
                            Files.deleteIfExists(dir);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (NoSuchFileException goneMeanwhile) {
            // two processes cleaned up at the same time
            return;
        }
    }

    static QueryException unwritable(Path path, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        boolean full = reason.contains("No space left") || reason.contains("Disk quota");
        QueryException said =
                new QueryException(
                        full ? ErrorCode.DISK_FULL : ErrorCode.FILE_NOT_WRITABLE,
                        full
                                ? "the disk of the spill folder %s is full".formatted(path)
                                : "cannot use the spill folder %s: %s".formatted(path, reason),
                        "set temp_directory to a folder with room, or set memory higher");
        said.initCause(cause);
        return said;
    }

    /** Deletes the folder and what is in it. */
    @Override
    public synchronized void close() {
        closed = true;
        if (folder != null) {
            Path gone = folder;
            folder = null;
            try (FileChannel held = lock) {
                delete(gone);
            } catch (IOException e) {
                throw unwritable(gone, e);
            } finally {
                OWN.remove(key(gone));
            }
        }
    }
}
