import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes the signatures out of the jars of a folder, run by the launcher after a build. The JVM
 * checks a signature when it loads the first class of a jar, which takes longer than a small query,
 * and keeps no class of a signed jar in its archive.
 */
final class Unsign {
    private Unsign() {}

    public static void main(String[] arguments) throws IOException {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
            for (Path jar : jars) {
                unsign(jar);
            }
        }
    }

    private static void unsign(Path jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Path meta = files.getPath("META-INF");
            if (!Files.isDirectory(meta)) {
                return;
            }
            try (DirectoryStream<Path> signatures =
                    Files.newDirectoryStream(meta, "*.{SF,RSA,DSA,EC}")) {
                for (Path signature : signatures) {
                    Files.delete(signature);
                }
            }
        }
    }
}
