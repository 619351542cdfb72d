package org.skep.executor.operator;

import java.nio.file.Path;
import java.util.List;
import org.skep.executor.format.FileWriter;
import org.skep.executor.format.WritableFormat;
import org.skep.executor.kernel.Copying;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.file.WriteTarget;
import org.skep.model.plan.PlanNode;

/**
 * Writes a task's rows to files of its own and gives a row per file. The first task writes a file
 * even without rows, so that the columns are on record.
 */
final class WriteOperator implements Operator, AutoCloseable {
    /** Decoded bytes after which a file is ended and the next one begun. */
    private static final long FILE_BYTES = 1L << 30;

    private final PlanNode.Write write;
    private final Operator input;
    private final TaskContext task;
    private final WritableFormat format;
    private final ColumnBuilder[] report = ColumnBuilder.of(WriteTarget.REPORT.fields(), 4);
    private FileWriter writer;
    private String name;
    private long rows;
    private long bytes;
    private int files;
    private boolean ended;

    WriteOperator(PlanNode.Write write, Operator input, OperatorContext context) {
        this.write = write;
        this.input = input;
        this.task = context.task();
        this.format = context.services().writable(write.target().format());
        task.own(this);
    }

    @Override
    public Batch next() {
        if (ended) {
            return null;
        }
        ended = true;
        for (Batch batch = input.next(); batch != null; batch = input.next()) {
            task.stopIfCancelled();
            if (writer == null) {
                open();
            }
            writer.write(batch);
            rows += batch.rows();
            bytes += Copying.ownBytes(batch);
            if (bytes >= FILE_BYTES) {
                finish();
            }
        }
        if (files == 0 && task.task() == 0) {
            open();
        }
        if (writer != null) {
            finish();
        }
        List<Column> columns = List.of(report[0].build(), report[1].build(), report[2].build());
        return files == 0 ? null : new Batch(files, columns.toArray(Column[]::new));
    }

    private void open() {
        String ending = format.fileEnding(write.target().options());
        String number = files == 0 ? "" : "-%03d".formatted(files);
        name = "part-%05d%s%s".formatted(task.task(), number, ending);
        Path file = Path.of(write.target().staging()).resolve(name);
        writer = format.create(file, write.input().schema(), write.target().options(), task);
        files++;
    }

    private void finish() {
        long size = writer.finish();
        close();
        report[0].appendString(name);
        report[1].appendLong(rows);
        report[2].appendLong(size);
        rows = 0;
        bytes = 0;
    }

    @Override
    public void close() {
        if (writer != null) {
            FileWriter ended = writer;
            writer = null;
            ended.close();
        }
    }
}
