package org.skep.model.spi;

import java.util.Arrays;
import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;

/** Where stages run: threads of this process, or the workers of a cluster. */
public interface Backend extends AutoCloseable {
    /** Begins a query; nothing that its stages leave behind outlives the execution. */
    Execution begin(String queryId, Settings settings, Progress progress);

    @Override
    void close();

    /**
     * The stages of one query, run one after another. Only {@link #cancel} may come from outside.
     */
    interface Execution extends AutoCloseable {
        /** Runs a stage with an output partitioning to its end and keeps its output. */
        StageReport run(Stage stage);

        /** Gives up the output of a stage, which no later one reads. */
        void forget(int stage);

        /** Starts the stage without output partitioning; rows come in the order of its tasks. */
        Rows open(Stage stage);

        /** What the user should know of the stages run so far, such as bad rows passed over. */
        List<String> warnings();

        /** Makes the running stage fail with CANCELLED soon. */
        void cancel();

        @Override
        void close();
    }

    /** The result of a query, batch by batch. */
    interface Rows extends AutoCloseable {
        /** The next batch, never empty; null at the end. Fails as the query fails. */
        Batch next();

        /** Ends the stage, whether or not all was read. */
        @Override
        void close();
    }

    /**
     * What a map stage put out.
     *
     * @param rows by partition
     * @param bytes by partition
     */
    record StageReport(int stage, long[] rows, long[] bytes, List<TaskReport> tasks) {
        public long totalRows() {
            return Arrays.stream(rows).sum();
        }

        public long totalBytes() {
            return Arrays.stream(bytes).sum();
        }
    }

    /**
     * What one task did.
     *
     * @param nanos from its start to its end
     * @param warnings what the user should know although the task did not fail
     */
    record TaskReport(
            int stage,
            int task,
            long rowsRead,
            long rowsWritten,
            long spilledBytes,
            long nanos,
            List<String> warnings) {}

    /** Hears how a query gets on; called from task threads. */
    interface Progress {
        Progress NONE =
                new Progress() {
                    @Override
                    public void stageStarted(int stage, int tasks) {}

                    @Override
                    public void taskEnded(TaskReport report) {}

                    @Override
                    public void rowsRead(long rows) {}
                };

        void stageStarted(int stage, int tasks);

        void taskEnded(TaskReport report);

        void rowsRead(long rows);
    }
}
