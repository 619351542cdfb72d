package org.skep.cluster.standalone;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts and ends the processes. Each worker has a loopback address of its own where the system has
 * them (all of 127.0.0.0/8 on Linux): Spark runs a copy of a slow task on another host only.
 */
final class StandaloneCluster {
    private static final String MASTER = "127.0.0.1";
    private static final Duration START = Duration.ofSeconds(90);

    /** Warnings and worse: executors would tell eight lines and more of each task. */
    private static final List<String> LOGGING =
            List.of(
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    "-Dorg.slf4j.simpleLogger.showDateTime=true",
                    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS");

    /** What masters and workers have to say of the cluster. */
    private static final String DEPLOYMENT =
            "-Dorg.slf4j.simpleLogger.log.org.apache.spark.deploy=info";

    /** They do little: what the JVM's second compiler would save later it costs at the start. */
    private static final List<String> FLAGS =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

    private static final long PAUSE_MILLIS = 200;
    private static final long END_SECONDS = 15;
    private static final int TOLD_LINES = 15;

    private final ClusterFolder folder;
    private final Path jars;
    private final ClassArchive archive;

    /**
     * @param jars the folder of all jars that master, workers and executors need
     * @param archive of classes in them, which they start with
     */
    StandaloneCluster(ClusterFolder folder, Path jars, ClassArchive archive) {
        this.folder = folder;
        this.jars = jars;
        this.archive = archive;
    }

    /** Starts master and workers and waits until they have found each other; the master's URL. */
    String start(ClusterOptions options) throws ClusterException, IOException {
        if (running().size() > 0) {
            throw new ClusterException(
                    "a cluster is running already: skep cluster status shows it, skep cluster stop ends it");
        }
        free(options.port(), "--port");
        free(options.webPort(), "--web-port");
        String url = "spark://%s:%d".formatted(MASTER, options.port());
        List<String> flags = new ArrayList<>(archive.flags());
        flags.addAll(LOGGING);
        folder.prepare(jars, flags, url, options.webPort(), options.megabytes());
        List<Started> started = new ArrayList<>();
        try {
            startAll(options, url, started);
            await(options, started);
        } catch (ClusterException | IOException | RuntimeException e) {
            end(started);
            Files.deleteIfExists(folder.processes());
            throw e;
        }
        return url;
    }

    private static void free(int port, String option) throws ClusterException, IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(MASTER, port));
        } catch (java.net.BindException e) {
            throw new ClusterException(
                    "port %d of %s is taken; choose another with %s"
                            .formatted(port, MASTER, option),
                    e);
        }
    }

    private void startAll(ClusterOptions options, String url, List<Started> started)
            throws IOException {
        started.add(
                process(
                        "master",
                        MASTER,
                        List.of(
                                "org.apache.spark.deploy.master.Master",
                                "--host",
                                MASTER,
                                "--port",
                                Integer.toString(options.port()),
                                "--webui-port",
                                Integer.toString(options.webPort()))));
        Started.write(folder.processes(), started);
        for (int i = 1; i <= options.workers(); i++) {
            String name = "worker-" + i;
            String host = host(i);
            started.add(
                    process(
                            name,
                            host,
                            List.of(
                                    "org.apache.spark.deploy.worker.Worker",
                                    "--host",
                                    host,
                                    "--webui-port",
                                    "0",
                                    "--cores",
                                    Integer.toString(options.cores()),
                                    "--memory",
                                    options.megabytes() + "m",
                                    "--work-dir",
                                    folder.work(name).toString(),
                                    url)));
            Started.write(folder.processes(), started);
        }
    }

    /** The address of a worker; the master's where the system has no other. */
    private static String host(int worker) throws IOException {
        String own = "127.0.0." + worker;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(own))) {
            return socket.isBound() ? own : MASTER;
        } catch (java.net.BindException e) { // not an address of this machine: macOS has one only
            return MASTER;
        }
    }

    private Started process(String name, String host, List<String> program) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(archive.flags());
        command.addAll(LOGGING);
        command.add(DEPLOYMENT);
        String logging = jars.resolveSibling("cluster-logging") + "/*";
        String own = System.getProperty("java.class.path"); // in the order of the archive
        command.addAll(List.of("-cp", own + File.pathSeparator + logging));
        command.add(program.get(0));
        command.addAll(List.of("--properties-file", folder.properties().toString()));
        command.addAll(program.subList(1, program.size()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SPARK_HOME", folder.home().toString());
        builder.environment().put("SPARK_DIST_CLASSPATH", logging); // of executors
        builder.environment().put("SPARK_LOCAL_IP", host);
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.directory(folder.path().toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(folder.log(name).toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        return Started.of(name, builder.start());
    }

    private void await(ClusterOptions options, List<Started> started)
            throws ClusterException, IOException {
        Instant end = Instant.now().plus(START);
        while (Instant.now().isBefore(end)) {
            for (Started one : started) {
                if (one.handle().isEmpty()) {
                    throw new ClusterException(
                            "%s has ended; %s:%n%s"
                                    .formatted(one.name(), folder.log(one.name()), tail(one)));
                }
            }
            Optional<MasterPage.Seen> seen = seen(options.webPort());
            if (seen.isPresent() && seen.get().alive() == options.workers()) {
                return;
            }
            pause();
        }
        throw new ClusterException(
                "the workers have not found the master within %d s; logs are in %s"
                        .formatted(START.toSeconds(), folder.log("master").getParent()));
    }

    private static void pause() throws ClusterException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted", e);
        }
    }

    private String tail(Started one) throws IOException {
        List<String> lines = Files.readAllLines(folder.log(one.name()));
        return String.join(
                System.lineSeparator(),
                lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
    }

    /** What the master tells; nothing as long as it does not answer. */
    static Optional<MasterPage.Seen> seen(int webPort) {
        try {
            return Optional.of(MasterPage.ask(MASTER, webPort));
        } catch (IOException e) { // it is not up yet, or not any more
            return Optional.empty();
        }
    }

    /** All processes that were started last, whether or not they run. */
    List<Started> started() throws IOException {
        return Started.read(folder.processes());
    }

    private List<Started> running() throws IOException {
        return started().stream().filter(one -> one.handle().isPresent()).toList();
    }

    /** Ends what was started; how many processes that were. */
    int stop() throws IOException {
        List<Started> running = running();
        end(running);
        Files.deleteIfExists(folder.processes());
        Files.deleteIfExists(folder.properties());
        return running.size();
    }

    /** Ends processes, workers first: they end their executors. */
    private static void end(List<Started> all) {
        List<ProcessHandle> handles = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            all.get(i).handle().ifPresent(handles::add);
        }
        handles.forEach(ProcessHandle::destroy);
        for (ProcessHandle handle : handles) {
            try {
                handle.onExit().get(END_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                handle.destroyForcibly(); // it had its chance
            } catch (InterruptedException e) {
                handle.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
