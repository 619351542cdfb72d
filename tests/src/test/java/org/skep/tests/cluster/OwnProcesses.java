package org.skep.tests.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.cluster.standalone.ClusterMain;
import org.skep.tests.process.Jvm;

/**
 * A Spark standalone cluster of own processes, started as users do: a master and two workers on
 * 127.0.0.1 and 127.0.0.2, each with one executor of one core. Of this process it is the cluster of
 * this machine until it is closed.
 */
final class OwnProcesses implements AutoCloseable {
    private static final String HOME = "skep.cluster.home";

    private static final int MEGABYTES = 768;

    private final Path folder;
    private final int megabytes;
    private final List<String> launcher; // of the program "skep cluster"
    private final int port;
    private final int webPort;

    /** What a run of {@code skep cluster} said. */
    record Said(int exit, String out) {}

    private OwnProcesses(Path folder, int megabytes, List<String> launcher, int port, int webPort) {
        this.folder = folder;
        this.megabytes = megabytes;
        this.launcher = launcher;
        this.port = port;
        this.webPort = webPort;
    }

    /**
     * Starts it; its state goes into a folder. Executors do with the JVM's quick compiler: most
     * tests are over before the other one has served them.
     */
    static OwnProcesses start(Path folder) throws IOException, InterruptedException {
        return start(folder, MEGABYTES, "");
    }

    /**
     * The same.
     *
     * @param megabytes of memory of each executor
     * @param skep the launcher, which starts it with what it has built, both compilers and archived
     *     classes; empty to start it with the classes of this process
     */
    static OwnProcesses start(Path folder, int megabytes, String skep)
            throws IOException, InterruptedException {
        List<String> launcher = skep.isEmpty() ? List.of() : List.of(skep, "cluster");
        OwnProcesses cluster =
                new OwnProcesses(folder, megabytes, launcher, freePort(), freePort());
        Said said = cluster.start();
        if (said.exit != 0) {
            throw new IllegalStateException(said.out);
        }
        System.setProperty(HOME, folder.toString());
        return cluster;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return "spark://127.0.0.1:" + port;
    }

    Said start() throws IOException, InterruptedException {
        Said said =
                run(
                        "start",
                        "--workers=2",
                        "--cores=1",
                        "--memory",
                        megabytes + "m",
                        "--port=" + port,
                        "--web-port=" + webPort);
        if (said.exit == 0) {
            set(
                    launcher.isEmpty()
                            ? "spark.executor.defaultJavaOptions -XX:TieredStopAtLevel=1"
                            : "spark.executor.extraClassPath " + builtClassPath());
        }
        return said;
    }

    /** Adds a setting, for whoever connects from now on. */
    void set(String line) throws IOException {
        Files.writeString(
                folder.resolve("spark.properties"), line + "\n", StandardOpenOption.APPEND);
    }

    private String builtClassPath() throws IOException, InterruptedException {
        Said said = run(List.of(launcher.get(0), "classpath", "--cluster"));
        return said.out.strip();
    }

    /** Runs {@code skep cluster} with arguments. */
    Said run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(launcher);
        if (command.isEmpty()) {
            ClusterHome.fill();
            command.addAll(Jvm.command(Jvm.classPath(), ClusterMain.class.getName()));
            command.add(1, "-Dskep.cluster.jars=" + Path.of(System.getenv("SPARK_HOME"), "jars"));
        }
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Said run(List<String> command) throws IOException, InterruptedException {
        File output = Files.createTempFile("cluster", ".txt").toFile();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SKEP_CLUSTER_HOME", folder.toString());
        Process process = builder.redirectErrorStream(true).redirectOutput(output).start();
        int exit = process.waitFor();
        String said = Files.readString(output.toPath(), StandardCharsets.UTF_8);
        Files.delete(output.toPath());
        return new Said(exit, said);
    }

    /** The executor of an application on a host, a child of the worker there, if there is one. */
    Optional<ProcessHandle> executor(String host, String application) throws IOException {
        String worker = "worker-" + host.substring(host.lastIndexOf('.') + 1);
        return processes(worker).stream()
                .flatMap(ProcessHandle::children)
                .filter(child -> commandLine(child).contains(application))
                .findFirst();
    }

    /** Sends a signal such as STOP or CONT. */
    static void signal(String name, ProcessHandle process)
            throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** Ends the workers, and executors with them. */
    void endWorkers() throws IOException {
        processes("worker-").forEach(ProcessHandle::destroy);
    }

    /** Ends the master at once, as a machine does that goes away. */
    void killMaster() throws IOException {
        processes("master").forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends all that still runs; this process is about to end, too. */
    void endAll() {
        try {
            processes("").forEach(ProcessHandle::destroy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that were started under a name that begins so, and have not ended. */
    private List<ProcessHandle> processes(String name) throws IOException {
        Path started = folder.resolve("processes");
        if (!Files.exists(started)) {
            return List.of();
        }
        return Files.readAllLines(started).stream()
                .map(line -> line.split(" ", -1))
                .filter(parts -> parts[0].startsWith(name))
                .flatMap(parts -> ProcessHandle.of(Long.parseLong(parts[1])).stream())
                .filter(process -> commandLine(process).contains(folder.toString()))
                .toList();
    }

    /** The arguments of a process, all of them; empty when it has ended. */
    static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        System.clearProperty(HOME);
        run("stop");
    }
}
