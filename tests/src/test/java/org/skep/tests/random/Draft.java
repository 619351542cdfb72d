package org.skep.tests.random;

/** What belongs to the making of one query: its dice, fresh names, and how large it may grow. */
final class Draft {
    private static final int MOST_PIECES = 60;

    private final Dice dice;
    private final Queries queries;
    private int names;
    private int pieces;

    Draft(Dice dice) {
        this.dice = dice;
        this.queries = new Queries(this);
    }

    Dice dice() {
        return dice;
    }

    Queries queries() {
        return queries;
    }

    /** A name that no other table or column of the query has. */
    String name(String prefix) {
        names++;
        return prefix + names;
    }

    boolean hasRoom() {
        return pieces < MOST_PIECES;
    }

    void use() {
        pieces++;
    }
}
