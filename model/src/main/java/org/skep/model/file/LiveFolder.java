package org.skep.model.file;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.BiConsumer;

/** A folder that others write to and delete from while it is looked through. */
public final class LiveFolder {
    private LiveFolder() {}

    /**
     * Shows all files and folders below a folder, and itself, to {@code found}; those that vanish
     * meanwhile are left out, and so is a folder that is not there.
     */
    public static void walk(Path folder, BiConsumer<Path, BasicFileAttributes> found)
            throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path path, BasicFileAttributes attributes) {
                        found.accept(path, attributes);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                        found.accept(path, attributes);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path path, IOException e)
                            throws IOException {
                        return gone(e);
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path path, IOException e)
                            throws IOException {
                        return e == null ? FileVisitResult.CONTINUE : gone(e);
                    }
                });
    }

    private static FileVisitResult gone(IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }
}
