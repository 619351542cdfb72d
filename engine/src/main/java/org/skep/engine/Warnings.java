package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.spi.Backend;

/** What the user should know of a query: what its text gave away, then what its tasks met with. */
final class Warnings implements Backend.Progress {
    private final Backend.Progress listener;
    private final List<String> all;

    Warnings(Backend.Progress listener, List<String> ofText) {
        this.listener = listener;
        this.all = new ArrayList<>(ofText);
    }

    synchronized List<String> all() {
        return List.copyOf(all);
    }

    @Override
    public void stageStarted(int stage, int tasks) {
        listener.stageStarted(stage, tasks);
    }

    @Override
    public void taskEnded(Backend.TaskReport report) {
        synchronized (this) {
            all.addAll(report.warnings());
        }
        listener.taskEnded(report);
    }

    @Override
    public void rowsRead(long rows) {
        listener.rowsRead(rows);
    }
}
