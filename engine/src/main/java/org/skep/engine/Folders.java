package org.skep.engine;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.skep.model.error.QueryException;
import org.skep.model.error.WriteFailure;
import org.skep.model.file.LiveFolder;

/** Folders that statements write: made aside, put in place in one step. */
final class Folders {
    private static final String OLD = ".skep-old-";

    private Folders() {}

    /** A folder without files, for a table without rows. */
    static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw WriteFailure.of(folder, e);
        }
    }

    /** Puts a finished folder where {@code target} is; what was there is deleted afterwards. */
    static void replace(Path target, Path finished) {
        Path old = target.resolveSibling(OLD + UUID.randomUUID());
        boolean moved = false;
        try {
            if (Files.exists(target)) {
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
                moved = true;
            }
            Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (moved && !Files.exists(target)) {
                putBack(old, target, e);
            }
            throw WriteFailure.of(target, e);
        }
        if (moved) {
            delete(old);
        }
    }

    private static void putBack(Path old, Path target, IOException cause) {
        try {
            Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Deletes the files below a folder whose names tell that a statement that failed wrote them.
     */
    static void deleteRun(Path folder, String run) {
        List<Path> written = new ArrayList<>();
        try {
            LiveFolder.walk(
                    folder,
                    (path, attributes) -> {
                        if (path.getFileName().toString().contains(run)) {
                            written.add(path);
                        }
                    });
            for (Path path : written) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw WriteFailure.of(folder, e);
        }
    }

    /** The same of a hidden folder of no use, unless somebody is still writing there. */
    static void deleteIdle(Path folder) {
        try {
            delete(folder);
        } catch (QueryException e) {
            if (!(e.getCause() instanceof DirectoryNotEmptyException)) {
                throw e;
            }
        }
    }

    /** Deletes a folder with all that is in it; one that is not there is fine. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw WriteFailure.of(folder, e);
        }
    }
}
