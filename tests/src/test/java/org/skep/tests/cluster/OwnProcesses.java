package org.skep.tests.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final int port;
    private final int webPort;

    /** What a run of {@code skep cluster} said. */
    record Said(int exit, String out) {}

    private OwnProcesses(Path folder, int megabytes, int port, int webPort) {
        this.folder = folder;
        this.megabytes = megabytes;
        this.port = port;
        this.webPort = webPort;
    }

    /** Starts it; its state goes into a folder. */
    static OwnProcesses start(Path folder) throws IOException, InterruptedException {
        return start(folder, MEGABYTES);
    }

    /**
     * The same.
     *
     * @param megabytes of memory of each executor
     */
    static OwnProcesses start(Path folder, int megabytes) throws IOException, InterruptedException {
        OwnProcesses cluster = new OwnProcesses(folder, megabytes, freePort(), freePort());
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
        return run(
                "start",
                "--workers=2",
                "--cores=1",
                "--memory",
                megabytes + "m",
                "--port=" + port,
                "--web-port=" + webPort);
    }

    /** Runs {@code skep cluster} with arguments. */
    Said run(String... arguments) throws IOException, InterruptedException {
        ClusterHome.fill();
        List<String> command =
                new ArrayList<>(Jvm.command(Jvm.classPath(), ClusterMain.class.getName()));
        command.add(1, "-D" + HOME + "=" + folder);
        command.add(1, "-Dskep.cluster.jars=" + Path.of(System.getenv("SPARK_HOME"), "jars"));
        command.addAll(List.of(arguments));
        File output = Files.createTempFile("cluster", ".txt").toFile();
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output)
                        .start();
        int exit = process.waitFor();
        return new Said(exit, Files.readString(output.toPath(), StandardCharsets.UTF_8));
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
