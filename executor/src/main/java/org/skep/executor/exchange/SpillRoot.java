package org.skep.executor.exchange;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
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
import java.util.HashMap;
import java.util.Map;

/**
 * What this process has below a temporary folder: one folder with a lock that it holds as long as a
 * query spills there, so that other processes know it from those of the dead and leave it alone.
 *
 * <p>POSIX drops a process's lock when the process closes the file through any descriptor. So the
 * lock file is never opened a second time here, and it is locked before the folder gets the name by
 * which others look for it.
 */
final class SpillRoot {
    private static final String PREFIX = "skep-";
    private static final String UNNAMED = "tmp-skep-";
    private static final String LOCK = "lock";

    /** How long a folder without a lock is left alone: it may be just about to be deleted. */
    private static final Duration GRACE = Duration.ofHours(1);

    private static final Map<Path, SpillRoot> OURS = new HashMap<>(); // guarded by itself

    private final Path parent;
    private final Path folder;
    private final FileChannel lock;
    private int users; // guarded by OURS

    private SpillRoot(Path parent, Path folder, FileChannel lock) {
        this.parent = parent;
        this.folder = folder;
        this.lock = lock;
    }

    /** The folder of this process below {@code parent}; to be released once. */
    static SpillRoot of(Path parent) throws IOException {
        synchronized (OURS) {
            Path key = parent.toAbsolutePath().normalize();
            SpillRoot root = OURS.get(key);
            if (root == null) {
                Files.createDirectories(key);
                removeStale(key);
                root = make(key);
                OURS.put(key, root);
            }
            root.users++;
            return root;
        }
    }

    private static SpillRoot make(Path parent) throws IOException {
        Path unnamed = Files.createTempDirectory(parent, UNNAMED);
        FileChannel lock =
                FileChannel.open(
                        unnamed.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.lock();
        String name = unnamed.getFileName().toString().substring(UNNAMED.length());
        Path named = parent.resolve(PREFIX + ProcessHandle.current().pid() + "-" + name);
        Files.move(unnamed, named, StandardCopyOption.ATOMIC_MOVE);
        return new SpillRoot(parent, named, lock);
    }

    Path folder() {
        return folder;
    }

    /** The last query to leave deletes the folder. */
    void release() throws IOException {
        synchronized (OURS) {
            if (--users == 0) {
                OURS.remove(parent);
                try (FileChannel held = lock) {
                    delete(folder);
                }
            }
        }
    }

    /** Deletes the folders of processes that ended without doing so. */
    static void removeStale(Path parent) throws IOException {
        try (DirectoryStream<Path> folders =
                Files.newDirectoryStream(parent, "{" + PREFIX + "," + UNNAMED + "}*")) {
            for (Path candidate : folders) {
                if (Files.isDirectory(candidate) && isStale(candidate)) {
                    delete(candidate);
                }
            }
        }
    }

    private static boolean isStale(Path candidate) throws IOException {
        if (candidate.getFileName().toString().startsWith(UNNAMED)) {
            return isOld(candidate); // or its lock could be taken before its owner has it
        }
        Path lockFile = candidate.resolve(LOCK);
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (NoSuchFileException notYetOrNoMore) {
            return isOld(candidate);
        } catch (IOException notOurs) {
            return false; // another user's, perhaps: theirs to clean up
        }
    }

    private static boolean isOld(Path candidate) throws IOException {
        try {
            Instant changed = Files.getLastModifiedTime(candidate).toInstant();
            return changed.isBefore(Instant.now().minus(GRACE)) && holdsOnlyOurs(candidate);
        } catch (NoSuchFileException goneMeanwhile) {
            return false;
        }
    }

    private static boolean holdsOnlyOurs(Path candidate) throws IOException {
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(candidate)) {
            for (Path file : inside) {
                if (!file.getFileName().toString().matches("spill-\\d+\\.arrow|" + LOCK)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
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
}
