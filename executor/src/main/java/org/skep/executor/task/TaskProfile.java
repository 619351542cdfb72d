package org.skep.executor.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.skep.model.plan.PlanNode;
import org.skep.model.spi.Backend.OperatorReport;

/**
 * Measures the operators of one task: the clock is always running for one of them, the one that was
 * entered last. Operators are told apart by their nodes' places in the stage, counted in pre-order.
 * Used by the task's thread only.
 */
public final class TaskProfile {
    private static final ThreadLocal<TaskProfile> CURRENT = new ThreadLocal<>();

    private final long[] rows;
    private final long[] nanos;
    private final List<Set<String>> code = new ArrayList<>();
    private int[] entered = new int[16];
    private int depth;
    private long since;

    public TaskProfile(PlanNode root) {
        int nodes = nodes(root);
        rows = new long[nodes];
        nanos = new long[nodes];
        for (int i = 0; i < nodes; i++) {
            code.add(new LinkedHashSet<>());
        }
    }

    /** Makes this the profile of the calling thread, until {@link #end}. */
    public void begin() {
        CURRENT.set(this);
    }

    public static void end() {
        CURRENT.remove();
    }

    /** Whether the calling thread's task is measured. */
    public static boolean isMeasuring() {
        return CURRENT.get() != null;
    }

    /** Notes the source of a loop that was generated for the operator that is at work. */
    public static void generated(String source) {
        TaskProfile profile = CURRENT.get();
        if (profile != null && profile.depth > 0) {
            profile.code.get(profile.entered[profile.depth - 1]).add(source);
        }
    }

    /** How many nodes a plan has. */
    public static int nodes(PlanNode root) {
        return 1 + root.inputs().stream().mapToInt(TaskProfile::nodes).sum();
    }

    /** The operator at a place begins to work on its next batch. */
    public void enter(int place) {
        charge();
        if (depth == entered.length) {
            entered = Arrays.copyOf(entered, 2 * depth);
        }
        entered[depth++] = place;
    }

    /** The operator entered last is done with its batch. */
    public void leave(int given) {
        charge();
        rows[entered[--depth]] += given;
    }

    private void charge() {
        long now = System.nanoTime();
        if (depth > 0) {
            nanos[entered[depth - 1]] += now - since;
        }
        since = now;
    }

    public List<OperatorReport> reports() {
        List<OperatorReport> reports = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            reports.add(new OperatorReport(rows[i], nanos[i], List.copyOf(code.get(i))));
        }
        return reports;
    }
}
