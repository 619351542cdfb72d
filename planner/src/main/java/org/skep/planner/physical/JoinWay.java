package org.skep.planner.physical;

/** The ways to join two sides. */
enum JoinWay {
    ONE_TASK("hash join in one task"),
    BROADCAST("broadcast join, the right side to every task"),
    REDUCED("the right side reduced by a semi-join first"),
    SHUFFLED("shuffled hash join (reduce-side)"),
    MERGE("sort-merge join (reduce-side)"),
    LOOP("nested loops");

    private final String words;

    JoinWay(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
