package org.skep.cluster.standalone;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The program {@code skep cluster}: a Spark standalone cluster on this machine, for trying it out.
 * Its exit code is 0 when all is well, 1 when it failed, 2 for arguments that make no sense, 3 for
 * the status of a cluster that does not run.
 */
public final class ClusterMain {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int NOT_RUNNING = 3;

    private static final String HELP =
            """
            skep cluster start [--workers N] [--cores N] [--memory SIZE] [--port N] [--web-port N]
            skep cluster status
            skep cluster stop

            A Spark standalone cluster on this machine, for trying it out: a master and N workers (2),
            each with so many cores and so much memory for executors (an even share of the machine's),
            on loopback addresses, with a secret of its own, encrypted connections and files.
            Then: skep --cluster spark://127.0.0.1:7077
            """;

    private final PrintStream out;
    private final StandaloneCluster cluster;
    private final ClusterFolder folder;

    private ClusterMain(PrintStream out, Path jars, ClassArchive archive) {
        this.out = out;
        this.folder = ClusterFolder.ofUser();
        this.cluster = new StandaloneCluster(folder, jars, archive);
    }

    public static void main(String[] arguments) {
        Path jars = Path.of(System.getProperty("skep.cluster.jars", "."));
        ClassArchive archive = ClassArchive.named(System.getProperty("skep.cluster.archive", ""));
        System.exit(new ClusterMain(System.out, jars, archive).run(List.of(arguments)));
    }

    private int run(List<String> arguments) {
        String what = arguments.isEmpty() ? "" : arguments.get(0);
        List<String> rest =
                arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        try {
            return switch (what) {
                case "start" -> start(rest);
                case "status" -> noMore(rest) ? status() : usage("status takes no arguments");
                case "stop" -> noMore(rest) ? stop() : usage("stop takes no arguments");
                case "", "help", "-h", "--help" -> {
                    out.print(HELP);
                    yield what.isEmpty() ? USAGE : 0;
                }
                default -> usage("no command '%s'".formatted(what));
            };
        } catch (ClusterException e) {
            System.err.println("skep: " + e.getMessage());
            return FAILED;
        } catch (IOException e) {
            System.err.println("skep: " + e);
            return FAILED;
        }
    }

    private static boolean noMore(List<String> arguments) {
        return arguments.isEmpty();
    }

    private static int usage(String message) {
        System.err.println("skep: " + message);
        System.err.print(HELP);
        return USAGE;
    }

    private int start(List<String> arguments) throws IOException, ClusterException {
        OperatingSystemMXBean machine =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ClusterOptions options;
        try {
            options =
                    ClusterOptions.of(
                            arguments,
                            Runtime.getRuntime().availableProcessors(),
                            machine.getTotalMemorySize());
        } catch (ClusterException e) {
            return usage(e.getMessage());
        }
        String url = cluster.start(options);
        out.printf(
                "%s%n%d workers with %d cores and %d MB each; web page http://127.0.0.1:%d; logs in %s%n",
                url,
                options.workers(),
                options.cores(),
                options.megabytes(),
                options.webPort(),
                folder.log("master").getParent());
        out.printf("Run skep --cluster %s; end it with skep cluster stop.%n", url);
        return 0;
    }

    private int status() throws IOException {
        List<Started> all = cluster.started();
        if (all.stream().noneMatch(one -> one.handle().isPresent())) {
            out.println("no cluster is running");
            return NOT_RUNNING;
        }
        for (Started one : all) {
            out.printf(
                    "%-10s %7d  %s%n",
                    one.name(), one.pid(), one.handle().isPresent() ? "running" : "ended");
        }
        Optional<Integer> webPort = folder.webPort();
        Optional<MasterPage.Seen> seen = webPort.flatMap(StandaloneCluster::seen);
        if (seen.isEmpty()) {
            out.println("the master does not answer");
            return FAILED;
        }
        out.println(seen.get().url());
        for (MasterPage.Worker worker : seen.get().workers()) {
            out.printf(
                    "%-20s %-8s %d of %d cores used, %d MB%n",
                    worker.address(),
                    worker.state(),
                    worker.coresUsed(),
                    worker.cores(),
                    worker.megabytes());
        }
        seen.get().applications().forEach(name -> out.println("application " + name));
        return 0;
    }

    private int stop() throws IOException {
        int ended = cluster.stop();
        out.println(ended == 0 ? "no cluster was running" : "%d processes ended".formatted(ended));
        return 0;
    }
}
