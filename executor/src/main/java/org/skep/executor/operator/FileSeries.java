package org.skep.executor.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.skep.executor.format.FileWriter;
import org.skep.executor.format.WritableFormat;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.error.WriteFailure;
import org.skep.model.file.WriteTarget;
import org.skep.model.type.Schema;

/**
 * The files that a task writes for one partition: one after the other, of the size that is wanted,
 * about.
 */
final class FileSeries implements AutoCloseable {
    /** Bytes in a file for each byte of rows, as long as no file tells. */
    private static final double USUAL_RATIO = 0.25;

    private final WriteTarget target;
    private final WritableFormat format;
    private final Schema schema;
    private final WriteReport report;
    private final TaskContext task;
    private final String folder;
    private final List<String> partition;
    private FileWriter writer;
    private String name;
    private long rows;
    private double ratio = USUAL_RATIO;

    /**
     * @param folder of the partition below the target's, with a slash at its end; or empty
     * @param partition texts of the partition's values
     */
    FileSeries(
            WriteTarget target,
            WritableFormat format,
            Schema schema,
            WriteReport report,
            TaskContext task,
            String folder,
            List<String> partition) {
        this.target = target;
        this.format = format;
        this.schema = schema;
        this.report = report;
        this.task = task;
        this.folder = folder;
        this.partition = partition;
    }

    boolean isOpen() {
        return writer != null;
    }

    void write(Batch batch) {
        if (writer == null) {
            open();
        }
        writer.write(batch);
        rows += batch.rows();
        if (expected() >= target.fileBytes()) {
            finish();
        }
    }

    /** How large the file would become if it were ended now. */
    private long expected() {
        long encoded = writer.taken() - writer.held();
        double now = encoded > 0 ? (double) writer.written() / encoded : ratio;
        return writer.written() + (long) (now * writer.held());
    }

    /** Begins a file; it is written even if no row follows. */
    void open() {
        String ending = format.fileEnding(target.options());
        int number = report.nextFile();
        String run = target.run() == null ? "" : "-" + target.run();
        name =
                "%spart-%05d%s%s%s%s"
                        .formatted(
                                folder,
                                task.task(),
                                number == 0 ? "" : "-%03d".formatted(number),
                                task.attempt(),
                                run,
                                ending);
        Path file = Path.of(target.folder()).resolve(name);
        if (!folder.isEmpty()) {
            try {
                Files.createDirectories(file.getParent());
            } catch (IOException e) {
                throw WriteFailure.of(file.getParent(), e);
            }
        }
        writer = format.create(file, schema, target.ids(), target.options(), task);
        if (target.sketched() > 0) {
            writer.sketch(report.sketches(schema, target.sketched()));
        }
    }

    /** Ends the file that is open, if any. */
    void finish() {
        if (writer == null) {
            return;
        }
        long taken = writer.taken();
        long size = writer.finish();
        if (taken > 0) {
            ratio = (double) size / taken;
        }
        close();
        report.add(name, rows, size, partition);
        rows = 0;
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
