package org.skep.planner.why;

import java.util.ArrayList;
import java.util.List;

/** Collects what was decided while one query was planned, in the order of the decisions. */
public final class Choices {
    private final List<Choice> all = new ArrayList<>();

    public void add(Choice choice) {
        all.add(choice);
    }

    public List<Choice> all() {
        return List.copyOf(all);
    }
}
