package org.skep.engine;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.skep.model.error.WriteFailure;

/**
 * A folder beside the one that a statement writes, on the same disk. It takes that one's place when
 * all is written; closed before, it goes, with the folders above it that were made for it.
 */
final class Staging implements AutoCloseable {
    private static final String PREFIX = ".skep-staging-";

    private final Path target;
    private final Path folder;
    private final List<Path> made = new ArrayList<>();
    private boolean published;

    Staging(Path target) {
        this.target = target.toAbsolutePath();
        Path parent = this.target.getParent();
        for (Path above = parent;
                above != null && !Files.exists(above);
                above = above.getParent()) {
            made.add(above);
        }
        try {
            Files.createDirectories(parent);
            folder = Files.createDirectory(parent.resolve(PREFIX + UUID.randomUUID()));
        } catch (IOException e) {
            throw WriteFailure.of(parent, e);
        }
    }

    Path folder() {
        return folder;
    }

    /**
     * Puts files of the folder where the target is; what was there is deleted. What else is in the
     * folder was left by attempts at tasks that do not count, some of which may still be at it.
     *
     * @param files their names, relative to the folder
     */
    void publish(List<String> files) {
        Path counted = folder.resolveSibling(PREFIX + UUID.randomUUID());
        try {
            Files.createDirectory(counted);
            for (String file : files) {
                Path to = counted.resolve(file);
                Files.createDirectories(to.getParent());
                Files.move(folder.resolve(file), to, StandardCopyOption.ATOMIC_MOVE);
            }
            Folders.replace(target, counted);
        } catch (IOException e) {
            throw WriteFailure.of(target, e);
        } finally {
            Folders.delete(counted); // which is not there any more when all went well
        }
        published = true;
        Folders.deleteIdle(folder);
    }

    @Override
    public void close() {
        if (published) {
            return;
        }
        Folders.delete(folder);
        for (Path above : made) {
            try {
                Files.deleteIfExists(above);
            } catch (DirectoryNotEmptyException inUse) {
                return; // somebody else has put something there
            } catch (IOException e) {
                throw WriteFailure.of(above, e);
            }
        }
    }
}
