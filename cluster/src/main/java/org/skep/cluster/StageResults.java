package org.skep.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skep.executor.exchange.HotKeys;
import org.skep.model.error.QueryException;
import org.skep.model.spi.Backend;
import scala.Tuple2;

/**
 * What the driver knows of a stage: whichever attempt at a task is heard first counts, so that a
 * task that runs twice counts once. It grows with tasks and with partitions, not with their
 * product.
 */
final class StageResults {
    private final BitSet ended = new BitSet(); // all guarded by this
    private final long[] rows;
    private final long[] bytes;
    private final HotKeys hotKeys = new HotKeys();
    private final List<Backend.TaskReport> reports = new ArrayList<>();
    private final Map<Integer, CheckpointFile> files = new TreeMap<>(); // by task
    private final long holds;
    private volatile int shuffle = -1;
    private Map<Integer, List<Tuple2<Integer, byte[]>>> held = new TreeMap<>(); // null: too much
    private long heldBytes;
    private TaskResult wrong;

    /**
     * @param partitions of its output, 0 of the result stage
     * @param holds bytes of its output that are kept here at most
     */
    StageResults(int partitions, long holds) {
        this.rows = new long[partitions];
        this.bytes = new long[partitions];
        this.holds = holds;
    }

    /** The stage writes this shuffle. */
    void writes(int written) {
        shuffle = written;
    }

    /** That its tasks write; -1 for none. */
    int shuffle() {
        return shuffle;
    }

    /** Whether it is the first of its task. */
    synchronized boolean add(TaskResult result) {
        if (ended.get(result.task())) {
            return false;
        }
        ended.set(result.task());
        if (result.error() != null) {
            if (wrong == null || result.task() < wrong.task()) {
                wrong = result;
            }
            return true;
        }
        reports.add(result.report());
        if (result.sizes() != null) {
            result.sizes().addTo(rows, bytes);
            hotKeys.add(result.hotKeys());
            hold(result);
            if (result.file() != null) {
                files.put(result.task(), result.file());
            }
        }
        return true;
    }

    private void hold(TaskResult result) {
        if (held == null) {
            return;
        }
        if (result.blocks() == null) {
            held = null;
            return;
        }
        for (Tuple2<Integer, byte[]> block : result.blocks()) {
            heldBytes += block._2().length;
        }
        if (heldBytes > holds) {
            held = null;
        } else if (!result.blocks().isEmpty()) {
            held.put(result.task(), result.blocks());
        }
    }

    /** Of some tasks those of which nothing was heard. */
    synchronized int[] unheard(int[] tasks) {
        return Arrays.stream(tasks).filter(task -> !ended.get(task)).toArray();
    }

    /** What is wrong with the query, or null. */
    synchronized QueryException error() {
        return wrong == null ? null : wrong.error();
    }

    /**
     * All blocks of a stage that has ended, by task in their order; null when they are too many.
     * They are not kept here any longer.
     */
    synchronized HeldOutput takeHeld() {
        HeldOutput all = held == null ? null : new HeldOutput(List.copyOf(held.values()));
        held = null;
        return all;
    }

    /** Of a checkpoint, in the order of tasks: those of the attempts that count. */
    synchronized List<CheckpointFile> files() {
        return new ArrayList<>(files.values()); // of a kind that Java serialises
    }

    synchronized Backend.StageReport mapReport(int stage) {
        return new Backend.StageReport(
                stage, rows.clone(), bytes.clone(), hotKeys.sorted(), sorted());
    }

    synchronized Backend.StageReport resultReport(int stage) {
        long all = reports.stream().mapToLong(Backend.TaskReport::rowsWritten).sum();
        return new Backend.StageReport(stage, new long[] {all}, new long[0], List.of(), sorted());
    }

    private List<Backend.TaskReport> sorted() {
        return reports.stream().sorted(Comparator.comparingInt(Backend.TaskReport::task)).toList();
    }
}
