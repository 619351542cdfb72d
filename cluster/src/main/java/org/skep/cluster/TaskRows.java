package org.skep.cluster;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.skep.executor.exchange.ShuffleWriter;
import org.skep.executor.local.StandardServices;
import org.skep.executor.operator.OperatorContext;
import org.skep.executor.operator.OperatorServices;
import org.skep.executor.operator.TaskFilters;
import org.skep.executor.run.TaskFailure;
import org.skep.executor.run.TaskRun;
import org.skep.executor.task.TaskContext;
import org.skep.executor.task.TaskProfile;
import org.skep.model.data.Batch;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Partitioning;
import org.skep.model.spi.Backend;
import scala.Tuple2;

/**
 * One attempt at a task in an executor: its rows as blocks, made as Spark asks for them. An error
 * of the query ends the rows and is told to the driver; everything else that is thrown is Spark's.
 */
final class TaskRows implements Iterator<Tuple2<Integer, byte[]>> {
    private static final OperatorServices SERVICES = new StandardServices();

    private final StageProgram.Sent sent;
    private final TaskResults results;
    private final org.apache.spark.TaskContext spark;
    private final int number;
    private TaskContext task;
    private BlockOutput output;
    private ShuffleWriter writer; // null in the result stage
    private CheckpointWriter checkpoint; // null for all but checkpoints
    private TaskRun run;
    private Disturbance disturbance; // null for all but those that chaos means
    private boolean committed;
    private boolean ended;
    private Tuple2<Integer, byte[]> next;

    TaskRows(
            StageProgram.Sent sent,
            TaskResults results,
            int number,
            org.apache.spark.TaskContext spark) {
        this.sent = sent;
        this.results = results;
        this.number = number;
        this.spark = spark;
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && !ended) {
                advance();
            }
        } catch (QueryException | ArithmeticException | StackOverflowError thrown) {
            spark.killTaskIfInterrupted();
            fail(thrown);
        }
        return next != null;
    }

    private void advance() {
        if (run == null) {
            begin();
        }
        next = output.poll();
        if (next != null) {
            if (checkpoint != null) {
                checkpoint.write(next);
                next = null; // nothing for Spark
            }
            return;
        }
        Batch batch = committed ? null : run.next();
        if (batch == null) {
            end();
        } else if (writer != null) {
            writer.write(batch);
        } else {
            next = new Tuple2<>(0, Block.write(number, 0, batch, null));
        }
    }

    private void begin() {
        ExecutorQuery.OfStage stage = ExecutorQuery.enter(sent, spark);
        StageProgram program = stage.program;
        AtomicBoolean cancelled = new AtomicBoolean();
        TaskContext own =
                new TaskContext(
                        program.stage().id(),
                        number,
                        program.settings(),
                        stage.memory,
                        cancelled,
                        new Semaphore(0));
        task = own;
        if (spark.attemptNumber() > 0 || spark.stageAttemptNumber() > 0) {
            own.attempt("-a%d.%d".formatted(spark.stageAttemptNumber(), spark.attemptNumber()));
        }
        spark.addTaskInterruptListener(
                (org.apache.spark.util.TaskInterruptListener)
                        (context, reason) -> cancelled.set(true));
        spark.addTaskCompletionListener(
                (org.apache.spark.util.TaskCompletionListener)
                        context -> {
                            TaskRun.end();
                            try (own) {
                                stage.leave();
                            } catch (Exception e) {
                                throw new IllegalStateException("a task cannot be ended", e);
                            }
                        });
        task.seed(program.seed());
        if (program.measures()) {
            task.profile(new TaskProfile(program.stage().root()));
        }
        disturbance = Disturbance.of(program, task, spark, cancelled);
        if (disturbance != null) {
            task.watch(disturbance::rowsIn);
        }
        Partitioning partitioning = program.stage().output();
        output =
                new BlockOutput(
                        number, partitioning == null ? 0 : partitioning.count(), program.keeps());
        if (partitioning != null) {
            List<org.skep.model.type.Type> types = program.stage().root().schema().types();
            writer = task.own(new ShuffleWriter(output, types, partitioning, task));
        }
        if (program.checkpoint() != null) {
            String name =
                    "stage-%d-task-%d-attempt-%d"
                            .formatted(program.stage().id(), number, spark.taskAttemptId());
            checkpoint =
                    task.own(new CheckpointWriter(Path.of(program.checkpoint(), name), number));
        }
        OperatorContext context =
                new OperatorContext(
                        SERVICES,
                        task,
                        new ExecutorInputs(program.inputs(), spark),
                        stage.spill,
                        stage.broadcasts,
                        new TaskFilters());
        run = new TaskRun(program.stage(), context, Backend.Progress.NONE);
    }

    private void end() {
        if (writer != null && !committed) {
            committed = true;
            writer.commit();
            return; // the last blocks are to be taken first
        }
        if (disturbance != null) {
            disturbance.allDone();
        }
        ended = true;
        boolean maps = writer != null;
        results.add(
                new TaskResult(
                        number,
                        run.report(),
                        maps ? output.sizes() : null,
                        output.hotKeys(),
                        maps ? output.kept() : null,
                        checkpoint == null ? null : checkpoint.finish(),
                        null));
    }

    private void fail(Throwable thrown) {
        int stage = task == null ? 0 : task.stage();
        QueryException error =
                task == null
                        ? new QueryException(
                                ErrorCode.LIMIT_EXCEEDED, "the query is nested too deeply")
                        : TaskFailure.of(thrown, stage, task);
        ended = true;
        results.add(
                TaskResult.wrong(
                        number,
                        // causes may hold what cannot be sent
                        new QueryException(
                                error.code(), error.position(), error.getMessage(), error.hint())));
    }

    @Override
    public Tuple2<Integer, byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Tuple2<Integer, byte[]> given = next;
        next = null;
        return given;
    }
}
