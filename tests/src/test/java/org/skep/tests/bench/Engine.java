package org.skep.tests.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.skep.cluster.standalone.OwnCluster;
import org.skep.tests.tpch.TpchData;

/**
 * An engine and how it is to run, written {@code skep:threads=1:memory=100MB:heap=512m}.
 *
 * @param label as it was written
 * @param name {@code skep}, {@code duckdb} or {@code spark}
 * @param settings {@code threads}, {@code memory} (what a query may hold; none for the engine's
 *     default), {@code heap} (of the process) and {@code cache} (bytes of files kept for later
 *     queries; none for the engine's default); of Skep also {@code join} (its {@code
 *     join_strategy}) and {@code skew}; of Skep and Spark {@code cluster}: {@code own} for the one
 *     that {@code skep cluster start} has started, with {@code threads} executors of one core and
 *     {@code executor} memory each
 */
public record Engine(String label, String name, Map<String, String> settings) {
    private static final List<String> NAMES =
            List.of("threads", "memory", "heap", "cache", "join", "skew", "cluster", "executor");

    /** Where the build of Spark's part puts its classes and its class path. */
    private static final Path SPARK = Path.of("benchmarks", "spark", "target");

    /** What Spark wants to look into; Arrow needs java.nio. */
    private static final List<String> OPENED =
            List.of(
                    "java.lang",
                    "java.lang.invoke",
                    "java.io",
                    "java.net",
                    "java.nio",
                    "java.util",
                    "java.util.concurrent",
                    "sun.nio.ch",
                    "sun.nio.cs",
                    "sun.security.action",
                    "sun.util.calendar");

    /**
     * @param defaults the settings that {@code text} does not name
     */
    public static Engine of(String text, Map<String, String> defaults) {
        String[] parts = text.split(":");
        Map<String, String> settings = new HashMap<>(defaults);
        for (String setting : Arrays.asList(parts).subList(1, parts.length)) {
            String[] pair = setting.split("=", 2);
            if (pair.length < 2 || !NAMES.contains(pair[0])) {
                throw new IllegalArgumentException("'%s' in '%s'".formatted(setting, text));
            }
            settings.put(pair[0], pair[1]);
        }
        return new Engine(text, parts[0], settings);
    }

    int threads() {
        return Integer.parseInt(settings.get("threads"));
    }

    private String mainClass() {
        return switch (name) {
            case "skep", "duckdb" -> JdbcEngine.class.getName();
            case "spark" -> "org.skep.tests.bench.spark.SparkEngine";
            default -> throw new IllegalArgumentException("no engine '%s'".formatted(name));
        };
    }

    /** This process's class path; Spark has one of its own. */
    private String classPath() throws IOException {
        if (!name.equals("spark")) {
            return System.getProperty("java.class.path");
        }
        if (!Files.exists(SPARK.resolve("classpath"))) {
            throw new IOException("Spark is not built: give Maven -Pbenchmark");
        }
        return SPARK.resolve("classes")
                + File.pathSeparator
                + Files.readString(SPARK.resolve("classpath"));
    }

    /** The command that starts the engine's process. */
    List<String> command(Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xms" + settings.get("heap"));
        command.add("-Xmx" + settings.get("heap"));
        command.add("-XX:+UseParallelGC");
        if (givesHugePages()) {
            command.add("-XX:+UseTransparentHugePages");
        }
        for (String opened : OPENED) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        String cache = settings.getOrDefault("cache", "");
        if (name.equals("skep") && !cache.isEmpty()) {
            command.add("-Dskep.page_cache.bytes=" + cache);
        }
        command.addAll(List.of("-cp", classPath(), mainClass(), name));
        command.add(folder.toString());
        command.add(settings.get("threads"));
        command.add(settings.getOrDefault("memory", ""));
        command.add(cache);
        command.add(isClustered() ? OwnCluster.url() : "");
        return command;
    }

    private boolean isClustered() {
        String cluster = settings.getOrDefault("cluster", "");
        if (!cluster.isEmpty() && !cluster.equals("own")) {
            throw new IllegalArgumentException("cluster=%s, not own".formatted(cluster));
        }
        return !cluster.isEmpty();
    }

    /** What Spark is to be told about the cluster, in a file below a folder; null without one. */
    Path sparkProperties(Path folder) throws IOException {
        if (!isClustered()) {
            return null;
        }
        Map<String, String> properties = new TreeMap<>();
        if (name.equals("spark")) {
            properties.putAll(OwnCluster.configuration(OwnCluster.url()));
            properties.put("spark.executor.extraClassPath", absolute(classPath()));
            properties.put(
                    "spark.executor.extraJavaOptions",
                    "-XX:+UseParallelGC -XX:InitialRAMPercentage=20 -XX:+UseTransparentHugePages");
        }
        properties.put("spark.cores.max", settings.get("threads"));
        properties.put("spark.executor.cores", "1");
        properties.put("spark.executor.memory", settings.getOrDefault("executor", "2g"));
        List<String> lines = new ArrayList<>();
        properties.forEach((key, value) -> lines.add(key + " " + value));
        Path file = Files.createDirectories(folder).resolve("spark.properties");
        Files.deleteIfExists(file); // has a secret
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, lines);
    }

    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** As the launcher asks it: on Linux, unless it is configured to give none. */
    private static boolean givesHugePages() throws IOException {
        Path told = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        return Files.isReadable(told) && !Files.readString(told).contains("[never]");
    }

    /** The statements that set what is not said on the command line. */
    List<String> preparation() {
        List<String> statements = new ArrayList<>();
        if (settings.containsKey("join")) {
            statements.add("SET join_strategy = " + settings.get("join"));
        }
        if (settings.containsKey("skew")) {
            statements.add("SET skew = " + settings.get("skew"));
        }
        return statements;
    }

    /** The statements that make TPC-H's Parquet files tables. */
    public List<String> tpchTables(Path folder) {
        String view =
                name.equals("spark")
                        ? "CREATE TEMPORARY VIEW %s USING parquet OPTIONS (path '%s')"
                        : "CREATE TEMP VIEW %s AS SELECT * FROM '%s'";
        return TpchData.tables().stream()
                .map(table -> view.formatted(table, folder.resolve(table + ".parquet")))
                .toList();
    }
}
