package org.skep.shell.output;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.skep.model.spi.Backend;

/**
 * One line on a terminal that says how the running query gets on; erased when it is done. Nothing
 * is shown of queries that take less than half a second.
 */
public final class ProgressLine implements Backend.Progress {
    private static final long SILENT_NANOS = 500_000_000;
    private static final long REFRESH_MILLIS = 100;

    private final PrintStream terminal;
    private final AtomicLong rows = new AtomicLong();
    private long startNanos;
    private int stage = -1;
    private int tasks;
    private int tasksDone;
    private boolean running;
    private boolean shown;
    private Thread painter;

    public ProgressLine(PrintStream terminal) {
        this.terminal = terminal;
    }

    public synchronized void begin() {
        startNanos = System.nanoTime();
        stage = -1;
        rows.set(0);
        running = true;
    }

    /** Erases the line; nothing is shown until the next {@link #begin}. */
    public synchronized void end() {
        running = false;
        if (shown) {
            terminal.print("\r\033[K");
            terminal.flush();
            shown = false;
        }
        if (painter != null) {
            painter.interrupt();
            painter = null;
        }
    }

    @Override
    public synchronized void stageStarted(int started, int count) {
        stage = started;
        tasks = count;
        tasksDone = 0;
        if (running && painter == null) { // not for statements without stages
            painter = new Thread(this::paint, "skep-progress");
            painter.setDaemon(true);
            painter.start();
        }
    }

    @Override
    public synchronized void taskEnded(Backend.TaskReport report) {
        if (report.stage() == stage) {
            tasksDone++;
        }
    }

    @Override
    public void rowsRead(long more) {
        rows.addAndGet(more);
    }

    private void paint() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(REFRESH_MILLIS);
                paintOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // end() asks to stop
        }
    }

    private synchronized void paintOnce() {
        long nanos = System.nanoTime() - startNanos;
        if (running && stage >= 0 && nanos > SILENT_NANOS) {
            shown = true;
            terminal.print("\r" + text(stage, tasksDone, tasks, rows.get(), nanos) + "\033[K");
            terminal.flush();
        }
    }

    static String text(int stage, int done, int tasks, long rows, long nanos) {
        return String.format(
                Locale.ROOT,
                "stage %d: %d of %d tasks, %s rows read, %.1f s",
                stage,
                done,
                tasks,
                counted(rows),
                nanos / 1e9);
    }

    private static String counted(long rows) {
        if (rows < 10_000) {
            return Long.toString(rows);
        }
        return rows < 10_000_000
                ? String.format(Locale.ROOT, "%,d thousand", rows / 1000)
                : String.format(Locale.ROOT, "%,d million", rows / 1_000_000);
    }
}
