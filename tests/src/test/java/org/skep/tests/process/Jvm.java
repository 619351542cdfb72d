package org.skep.tests.process;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Other JVMs with the classes of the tests. */
public final class Jvm {
    private Jvm() {}

    /** Starts a main class; what it prints, errors too, goes to {@code output}. */
    static Process start(Path output, Class<?> main, String... arguments) throws IOException {
        return start(output, command(classPath(), main.getName()), arguments);
    }

    static Process start(Path output, List<String> command, String... arguments)
            throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** The beginning of a command. */
    public static List<String> command(List<String> classPath, String main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--")) {
                command.add(flag);
            }
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
        return command;
    }

    /** The libraries and classes of this JVM. */
    public static List<String> classPath() {
        String own = System.getProperty("java.class.path");
        String all = System.getProperty("surefire.test.class.path", own); // its jar only refers
        return List.of(all.split(File.pathSeparator));
    }

    /**
     * The same with folders of classes packed into files below {@code folder}: an archive of
     * classes as they lie in memory (AppCDS) cannot be made of folders.
     */
    static List<String> packedClassPath(Path folder) throws IOException {
        List<String> packed = new ArrayList<>();
        for (String entry : classPath()) {
            Path path = Path.of(entry);
            if (!Files.isDirectory(path)) {
                packed.add(entry);
                continue;
            }
            Path file = folder.resolve("classes-%d.jar".formatted(packed.size()));
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
                    Stream<Path> all = Files.walk(path)) {
                for (Path one : all.filter(Files::isRegularFile).toList()) {
                    jar.putNextEntry(new JarEntry(path.relativize(one).toString()));
                    Files.copy(one, jar);
                }
            }
            packed.add(file.toString());
        }
        return packed;
    }
}
