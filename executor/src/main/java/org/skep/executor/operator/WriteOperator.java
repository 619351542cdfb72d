package org.skep.executor.operator;

import java.util.List;
import org.skep.executor.format.WritableFormat;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.file.WriteTarget;
import org.skep.model.plan.PlanNode;

/**
 * Writes a task's rows to files of its own and gives a row per file. Into a folder, the first task
 * writes a file even without rows, so that the columns are on record.
 */
final class WriteOperator implements Operator {
    private final Operator input;
    private final TaskContext task;
    private final WriteReport report = new WriteReport();
    private final FileSeries files;
    private final PartitionedFiles partitions;
    private final boolean needsFile;
    private boolean ended;

    WriteOperator(PlanNode.Write write, Operator input, OperatorContext context) {
        this.input = input;
        this.task = context.task();
        WriteTarget target = write.target();
        WritableFormat format = context.services().writable(target.format());
        this.needsFile = target.run() == null && task.task() == 0;
        boolean partitioned = !target.partitions().isEmpty();
        this.files =
                partitioned
                        ? null
                        : task.own(
                                new FileSeries(
                                        target,
                                        format,
                                        write.input().schema(),
                                        report,
                                        task,
                                        "",
                                        List.of()));
        this.partitions =
                partitioned
                        ? task.own(
                                new PartitionedFiles(
                                        target, format, write.input().schema(), report, context))
                        : null;
    }

    @Override
    public Batch next() {
        if (ended) {
            return null;
        }
        ended = true;
        for (Batch batch = input.next(); batch != null; batch = input.next()) {
            task.stopIfCancelled();
            if (partitions == null) {
                files.write(batch);
            } else {
                partitions.write(batch);
            }
        }
        if (partitions != null) {
            partitions.finish();
        } else {
            if (needsFile && !report.hasBegun()) {
                files.open();
            }
            files.finish();
        }
        return report.isEmpty() ? null : report.batch();
    }
}
