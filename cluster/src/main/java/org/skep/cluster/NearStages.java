package org.skep.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skep.executor.local.LocalBackend;
import org.skep.executor.local.LocalExecution;
import org.skep.model.file.Split;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;

/**
 * Stages of one task that read little: they run on a thread of this process, for to send them to an
 * executor and to wait for it takes longer than to run them.
 */
final class NearStages implements AutoCloseable {
    private final LocalExecution execution;
    private final long most;
    private final Set<Integer> known = new HashSet<>(); // stages whose output it has
    private final List<String> warnings = new ArrayList<>();
    private Backend.Rows rows;

    /**
     * @param most bytes that such a stage reads, at most; 0 for no such stages
     */
    NearStages(
            LocalBackend threads,
            String queryId,
            Settings settings,
            Backend.Progress progress,
            long most) {
        this.execution = threads.begin(queryId, settings, progress);
        this.most = most;
    }

    void measureOperators() {
        execution.measureOperators();
    }

    /**
     * Whether a stage is to run here.
     *
     * @param done the stages that have run, by number
     */
    boolean take(Stage stage, int tasks, Map<Integer, DoneStage> done) {
        if (most == 0 || tasks != 1) {
            return false;
        }
        for (PlanNode.StageInput input : Stage.inputs(stage.root())) {
            if (DoneStage.of(done, input).held() == null) {
                return false;
            }
        }
        return scanned(stage.root()) <= most;
    }

    private static long scanned(PlanNode node) {
        if (node instanceof PlanNode.Scan scan) {
            return scan.splits().stream().mapToLong(Split::length).sum();
        }
        return node.inputs().stream().mapToLong(NearStages::scanned).sum();
    }

    /**
     * Runs a stage.
     *
     * @return null when it has put out more than can be held; that is forgotten
     */
    Backend.StageReport run(Stage stage, Map<Integer, DoneStage> done) {
        takeIn(stage, done);
        Backend.StageReport report = execution.run(stage);
        if (report.totalBytes() > most) { // not to be encoded in memory, much as it may be
            execution.forget(stage.id());
            return null;
        }
        try (BlockOutput output = new BlockOutput(0, stage.output().count(), most)) {
            execution.writeTo(output, stage);
            if (output.kept() == null) {
                execution.forget(stage.id());
                return null;
            }
            known.add(stage.id());
            done.put(stage.id(), DoneStage.held(stage, new HeldOutput(List.of(output.kept()))));
        }
        report.tasks().forEach(task -> warnings.addAll(task.warnings()));
        return report;
    }

    Backend.Rows open(Stage stage, Map<Integer, DoneStage> done) {
        takeIn(stage, done);
        rows = execution.open(stage);
        return rows;
    }

    private void takeIn(Stage stage, Map<Integer, DoneStage> done) {
        for (PlanNode.StageInput input : Stage.inputs(stage.root())) {
            if (known.add(input.stage())) {
                DoneStage from = DoneStage.of(done, input);
                execution.accept(
                        from.stage(),
                        from.held().tasks().size(),
                        (output, task) ->
                                from.held()
                                        .writeTo(
                                                output,
                                                task,
                                                from.stage().root().schema().types()));
            }
        }
    }

    void forget(int stage) {
        if (known.remove(stage)) {
            execution.forget(stage);
        }
    }

    List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        if (rows != null) {
            rows.report().tasks().forEach(task -> all.addAll(task.warnings()));
        }
        return all;
    }

    void cancel() {
        execution.cancel();
    }

    @Override
    public void close() {
        execution.close();
    }
}
