package org.skep.model.spi;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.skep.model.data.Batch;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;

/** Where stages run: threads of this process, or the workers of a cluster. */
public interface Backend extends AutoCloseable {
    /** Begins a query; nothing that its stages leave behind outlives the execution. */
    Execution begin(String queryId, Settings settings, Progress progress);

    /**
     * What sessions that run here should begin with: as many tasks at a time as there is room for.
     */
    default Settings fitting(Settings settings) {
        return settings;
    }

    @Override
    void close();

    /**
     * The stages of one query, run one after another. Only {@link #cancel} may come from outside.
     */
    interface Execution extends AutoCloseable {
        /**
         * From now on tasks also report what each operator did, which costs them a little time. To
         * be called before the first stage.
         */
        void measureOperators();

        /**
         * Bytes of rows that a task works on in less time than it costs itself, so that fewer tasks
         * are better.
         */
        default long leastTaskBytes() {
            return 256 << 10;
        }

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

        /** What the stage did; to be asked once it has ended, by itself or by {@link #close}. */
        StageReport report();

        /** Ends the stage, whether or not all was read. */
        @Override
        void close();
    }

    /**
     * What a stage put out.
     *
     * @param rows by partition; those of the result in one
     * @param bytes by partition; none of the result, which is not kept
     * @param hotKeys of a hash partitioning, the frequent keys, most frequent first
     */
    record StageReport(
            int stage, long[] rows, long[] bytes, List<HotKey> hotKeys, List<TaskReport> tasks) {
        /**
         * What the operators of the stage's plan did, its nodes in pre-order, in all tasks
         * together; empty unless they were measured.
         */
        public List<OperatorReport> operators() {
            List<OperatorReport> all = new ArrayList<>();
            for (TaskReport task : tasks) {
                for (int i = 0; i < task.operators.size(); i++) {
                    if (i == all.size()) {
                        all.add(task.operators.get(i));
                    } else {
                        all.set(i, all.get(i).plus(task.operators.get(i)));
                    }
                }
            }
            return all;
        }

        public long totalRows() {
            return Arrays.stream(rows).sum();
        }

        public long totalBytes() {
            return Arrays.stream(bytes).sum();
        }
    }

    /**
     * A key that many rows have.
     *
     * @param values of the key's columns, as {@code Column.value} gives them
     * @param partition that it is in
     * @param rows how many have it, about; at least one certainly has
     */
    record HotKey(List<Object> values, int partition, long rows) implements Serializable {
        public HotKey {
            values = Collections.unmodifiableList(new ArrayList<>(values)); // may hold nulls
        }
    }

    /**
     * What one task did.
     *
     * @param rowsRead from files
     * @param rowsIn from files and from its partition of earlier stages, not those of broadcasts
     * @param nanos from its start to its end
     * @param operators its stage's nodes in pre-order; empty unless they were measured
     * @param warnings what the user should know although the task did not fail
     */
    record TaskReport(
            int stage,
            int task,
            long rowsRead,
            long rowsIn,
            long rowsWritten,
            long spilledBytes,
            long nanos,
            List<OperatorReport> operators,
            List<String> warnings)
            implements Serializable {}

    /**
     * What one operator did.
     *
     * @param rows that it gave
     * @param nanos its own time, without that of its inputs
     * @param code the source of loops that were generated for it, each once; used as soon as there
     *     are rows enough
     */
    record OperatorReport(long rows, long nanos, List<String> code) implements Serializable {
        public OperatorReport {
            code = List.copyOf(code);
        }

        OperatorReport plus(OperatorReport other) {
            Set<String> all = new LinkedHashSet<>(code);
            all.addAll(other.code);
            return new OperatorReport(rows + other.rows, nanos + other.nanos, new ArrayList<>(all));
        }
    }

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
