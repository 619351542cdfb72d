package org.skep.tests.random;

import java.util.ArrayList;
import java.util.List;

/**
 * One random query and how Skep is set to run it.
 *
 * @param ordered whether its order can be compared
 */
record RandomQuery(long seed, long number, Piece sql, boolean ordered, List<String> settings) {
    /** The query of a seed and a number, always the same. */
    static RandomQuery of(long seed, long number) {
        Dice dice = new Dice(seed, number);
        List<String> settings = settings(dice);
        Queries.Whole whole = new Draft(dice).queries().whole();
        return new RandomQuery(seed, number, whole.sql(), whole.ordered(), settings);
    }

    RandomQuery with(Piece other) {
        return new RandomQuery(seed, number, other, ordered, settings);
    }

    /** The same, to be compared without its order. */
    RandomQuery unordered() {
        return new RandomQuery(seed, number, sql, false, settings);
    }

    String text(Piece.Dialect dialect) {
        return sql.text(dialect);
    }

    /** Every setting, so that nothing stays from the query before. */
    private static List<String> settings(Dice dice) {
        List<String> settings = new ArrayList<>();
        int rows = dice.pick(1, 3, 64, 2048, 2048);
        int threads = dice.pick(1, 2);
        String spill = dice.pick("auto", "auto", "always");
        // a spill file of batches of one row each would take most of the time
        settings.add("batch_rows = " + (rows < 64 && spill.equals("always") ? 64 : rows));
        settings.add("threads = " + threads);
        settings.add("spill = " + spill);
        settings.add("join_strategy = " + dice.pick("auto", "auto", "merge", "hash", "broadcast"));
        settings.add("broadcast_bytes = " + dice.pick("0B", "10KB", "64MB"));
        settings.add("split_bytes = " + dice.pick("32MB", "10KB"));
        settings.add("shuffle_partitions = " + dice.pick(0, 0, 1, 3));
        settings.add("skew = " + dice.pick("auto", "always"));
        return settings;
    }
}
