package org.skep.model.settings;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is to go wrong in a query, to rehearse it: each injection befalls the first attempt at a
 * task, and no other.
 */
public record Chaos(List<Injection> injections) implements Serializable {
    public static final Chaos NONE = new Chaos(List.of());

    /** What happens to an attempt. */
    public enum Act {
        /** It fails. */
        CRASH_TASK,
        /** Its process ends at once, with all that runs or is kept there. */
        KILL_TASK,
        /** It takes a multiple of its time. */
        SLOW_TASK;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * @param stage its number; {@link #SINK} for the one that writes or gives the result
     * @param task its number in the stage, from 0; {@link #EVERY} for all of them
     * @param amount of rows in percent after which it happens; of SLOW_TASK the multiple
     */
    public record Injection(Act act, int stage, int task, double amount) implements Serializable {
        public static final int SINK = -1;
        public static final int EVERY = -1;

        /** Whether it is for a task of a stage. */
        public boolean befalls(Place place) {
            boolean there = stage == SINK ? place.sink : stage == place.stage;
            return there && (task == EVERY || task == place.task);
        }

        @Override
        public String toString() {
            String number = new BigDecimal(amount).stripTrailingZeros().toPlainString();
            return act.word()
                    + (stage == SINK ? " stage=sink" : " stage=" + stage)
                    + (task == EVERY ? "" : " task=" + task)
                    + (act == Act.SLOW_TASK ? " factor=" + number : " at=" + number + "%");
        }
    }

    /**
     * A task.
     *
     * @param sink whether its stage writes or gives the result
     */
    public record Place(int stage, boolean sink, int task) {}

    public Chaos {
        injections = List.copyOf(injections);
    }

    public boolean isEmpty() {
        return injections.isEmpty();
    }

    /** What befalls a task. */
    public List<Injection> of(Place place) {
        return injections.stream().filter(injection -> injection.befalls(place)).toList();
    }

    /** As it is set. */
    @Override
    public String toString() {
        return injections.stream().map(Injection::toString).collect(Collectors.joining("; "));
    }
}
