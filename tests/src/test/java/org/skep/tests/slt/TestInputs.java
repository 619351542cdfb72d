package org.skep.tests.slt;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** The files that SQL tests read: those of {@code slt-data}, and some of them compressed. */
final class TestInputs {
    private static final Path SOURCE = Path.of("src/test/resources/slt-data");

    private TestInputs() {}

    /** A stream that compresses what is written to another. */
    private interface Compression {
        OutputStream over(OutputStream out) throws IOException;
    }

    /** Fills a folder, and gives it back. */
    static Path write(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(SOURCE)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(SOURCE.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy);
            }
        }
        Path people = folder.resolve("people.csv");
        compress(people, folder.resolve("packed/people.csv.gz"), GZIPOutputStream::new);
        compress(people, folder.resolve("packed/people.csv.bz2"), BZip2CompressorOutputStream::new);
        compress(people, folder.resolve("packed/people.csv.zst"), ZstdOutputStream::new);
        compress(
                people,
                folder.resolve("packed/people.csv.xz"),
                out -> new XZOutputStream(out, new LZMA2Options()));
        return folder;
    }

    private static void compress(Path from, Path to, Compression compression) throws IOException {
        Files.createDirectories(to.getParent());
        try (OutputStream out = compression.over(Files.newOutputStream(to))) {
            Files.copy(from, out);
        }
    }
}
