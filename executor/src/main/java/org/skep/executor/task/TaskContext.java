package org.skep.executor.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.settings.Settings;

/** The life of one task attempt: its settings, its memory, and all that must be closed after it. */
public final class TaskContext implements AutoCloseable {
    private static final int MAX_WARNINGS = 100;

    private final Settings settings;
    private final MemoryPool memory;
    private final AtomicBoolean cancelled;
    private final Semaphore spareThreads;
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final int stage;
    private final int task;
    private long rowsRead;
    private long otherRows;
    private long spilledBytes;
    private String place;
    private String attempt = "";
    private TaskProfile profile; // null unless operators are measured
    private LongConsumer watch; // null unless somebody asked to hear of rows
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param spareThreads how many threads the stage may use beyond those of its tasks
     */
    public TaskContext(
            int stage,
            int task,
            Settings settings,
            MemoryPool memory,
            AtomicBoolean cancelled,
            Semaphore spareThreads) {
        this.stage = stage;
        this.task = task;
        this.settings = settings;
        this.memory = memory;
        this.cancelled = cancelled;
        this.spareThreads = spareThreads;
    }

    /** A context for work outside a query, such as folding a constant. */
    public static TaskContext standalone(Settings settings) {
        return new TaskContext(
                0,
                0,
                settings,
                new MemoryPool(settings.memory()),
                new AtomicBoolean(),
                new Semaphore(0));
    }

    public int stage() {
        return stage;
    }

    public int task() {
        return task;
    }

    public Settings settings() {
        return settings;
    }

    public MemoryPool memory() {
        return memory;
    }

    /** Permits for threads that help this task, to be given back when they have ended. */
    public Semaphore spareThreads() {
        return spareThreads;
    }

    /** Makes the task close {@code resource}, whatever happens to whoever made it. */
    public <T extends AutoCloseable> T own(T resource) {
        owned.push(resource);
        return resource;
    }

    /** Called by every loop that may run long, at least once a batch. */
    public void stopIfCancelled() {
        if (cancelled.get()) {
            throw new QueryException(ErrorCode.CANCELLED, "the query was cancelled");
        }
    }

    public void countRead(long rows) {
        rowsRead += rows;
        cameIn();
    }

    public long rowsRead() {
        return rowsRead;
    }

    /**
     * Counts rows that came in otherwise: from an earlier stage's partition, or the query itself.
     */
    public void countIn(long rows) {
        otherRows += rows;
        cameIn();
    }

    private void cameIn() {
        if (watch != null) {
            watch.accept(rowsIn());
        }
    }

    /**
     * From now on somebody hears of each batch that comes in, before it is used, on the task's
     * thread.
     *
     * @param rowsIn hears {@link #rowsIn}, the batch included; may throw to end the task
     */
    public void watch(LongConsumer rowsIn) {
        watch = rowsIn;
    }

    /** Rows that were there for this task alone: from files and from partitions. */
    public long rowsIn() {
        return rowsRead + otherRows;
    }

    /** From now on the task's operators are measured. */
    public void profile(TaskProfile measured) {
        profile = measured;
    }

    /** Where operators are measured; null when they are not. */
    public TaskProfile profile() {
        return profile;
    }

    public void countSpilled(long bytes) {
        spilledBytes += bytes;
    }

    public long spilledBytes() {
        return spilledBytes;
    }

    /** Where the task is reading, such as a file; errors that know no better name it. */
    public void reading(String where) {
        place = where;
    }

    public String place() {
        return place;
    }

    /** From now on the calling thread's random numbers are the same in each attempt at the task. */
    public void seed(long query) {
        TaskRandom.begin(query, stage, task);
    }

    /** Tells other attempts at the same task apart from this one, which is not the first. */
    public void attempt(String name) {
        attempt = name;
    }

    /** What the names of files that the task leaves behind must hold; empty in a first attempt. */
    public String attempt() {
        return attempt;
    }

    /** Keeps a warning for the user, such as bad rows that were passed over. */
    public void warn(String warning) {
        if (warnings.size() < MAX_WARNINGS) {
            warnings.add(warning);
        }
    }

    /** The warnings so far, oldest first; beyond a hundred they are dropped. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Closes what the task owns, last made first; all of it, even if closing something fails. */
    @Override
    public void close() throws Exception {
        Exception first = null;
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
