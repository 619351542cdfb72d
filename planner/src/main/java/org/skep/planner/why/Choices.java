package org.skep.planner.why;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what was decided while one query was planned, in the order of the decisions. */
public final class Choices {
    private final List<Choice> all = new ArrayList<>();
    private final boolean heard;

    private Choices(boolean heard) {
        this.heard = heard;
    }

    public Choices() {
        this(true);
    }

    /** For a query that nobody asks of why: takes no choice, and lets none be made. */
    public static Choices unheard() {
        return new Choices(false);
    }

    public void add(Choice choice) {
        add(() -> choice);
    }

    /** Adds a choice that costs something to tell of. */
    public void add(Supplier<Choice> choice) {
        if (heard) {
            all.add(choice.get());
        }
    }

    public List<Choice> all() {
        return List.copyOf(all);
    }
}
