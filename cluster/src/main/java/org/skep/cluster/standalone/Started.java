package org.skep.cluster.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process that was started, so that it can be found again: a number alone may have gone to
 * another process since.
 *
 * @param name such as {@code worker-1}
 * @param since when it was started, as the system tells; the epoch when it does not
 */
record Started(String name, long pid, Instant since) {
    static Started of(String name, Process process) {
        return new Started(
                name, process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    /** The process, if it still runs. */
    Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info().startInstant().orElse(Instant.EPOCH).equals(since));
    }

    static void write(Path file, List<Started> all) throws IOException {
        List<String> lines =
                all.stream()
                        .map(
                                one ->
                                        "%s %d %d"
                                                .formatted(
                                                        one.name,
                                                        one.pid,
                                                        one.since.toEpochMilli()))
                        .toList();
        Files.write(file, lines);
    }

    /** What a file says; nothing when there is none. */
    static List<Started> read(Path file) throws IOException {
        List<Started> all = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(" ", -1);
                all.add(
                        new Started(
                                parts[0],
                                Long.parseLong(parts[1]),
                                Instant.ofEpochMilli(Long.parseLong(parts[2]))));
            }
        }
        return all;
    }
}
