package org.skep.cluster;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.skep.model.data.Batch;
import org.skep.model.spi.Backend;
import org.skep.model.type.Type;
import scala.Tuple2;

/**
 * The result as it comes, in the order of tasks: as many tasks as the cluster has cores are run,
 * and while their rows are read the next ones. So this process holds the rows of two such waves at
 * most, encoded.
 */
final class SparkRows implements Backend.Rows {
    private final StageJobs jobs;
    private final StageJobs.Prepared stage;
    private final List<Type> types;
    private final int waveTasks;
    private final Queue<List<Tuple2<Integer, byte[]>>> tasks = new ArrayDeque<>();
    private CompletableFuture<List<Tuple2<Integer, byte[]>>[]> ahead;
    private int started;
    private List<Tuple2<Integer, byte[]>> current = List.of();
    private int at;
    private boolean closed;

    SparkRows(StageJobs jobs, StageJobs.Prepared stage, List<Type> types, int waveTasks) {
        this.jobs = jobs;
        this.stage = stage;
        this.types = types;
        this.waveTasks = waveTasks;
        startWave();
    }

    private void startWave() {
        int from = started;
        int to = Math.min(stage.tasks(), from + waveTasks);
        started = to;
        int[] wave = IntStream.range(from, to).toArray();
        ahead = wave.length == 0 ? null : jobs.startWave(stage, wave);
    }

    @Override
    public Batch next() {
        while (!closed) {
            if (at < current.size()) {
                byte[] bytes = current.get(at++)._2();
                return Block.of(0, bytes).batch(types);
            }
            at = 0;
            current = tasks.poll();
            if (current == null) {
                current = List.of();
                if (ahead == null) {
                    return null;
                }
                tasks.addAll(List.of(jobs.await(stage, ahead)));
                startWave();
            }
        }
        return null;
    }

    @Override
    public Backend.StageReport report() {
        return stage.results().resultReport(stage.id());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            tasks.clear();
            current = List.of();
            if (ahead != null) {
                jobs.end(ahead);
            }
        }
    }
}
