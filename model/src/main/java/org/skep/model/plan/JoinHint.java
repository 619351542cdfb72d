package org.skep.model.plan;

import java.io.Serializable;

/**
 * What the user asks of a join.
 *
 * @param text the hint as the user knows it, with the relation that it names
 */
public record JoinHint(Strategy strategy, String text) implements Serializable {
    /** Ways to join, in the order in which they win over each other. */
    public enum Strategy {
        /** The named side is built, by every task that reads the other one. */
        BROADCAST,
        /** Both sides are shuffled and sorted. */
        MERGE,
        /** Both sides are shuffled, the named one is built. */
        SHUFFLE_HASH,
        /** The named side is probed. */
        STREAM
    }

    @Override
    public String toString() {
        return text;
    }
}
