package org.skep.model.plan;

import java.io.Serializable;

/**
 * A link from an operator to a scan below it in the same stage, which then leaves out rows that the
 * operator would drop.
 *
 * @param id the same at both ends, unique in the stage
 * @param place at a join, which of its keys; at a scan, which of its outputs; else 0
 * @param kind what the operator tells
 */
public record RuntimeFilter(int id, int place, Kind kind) implements Serializable {
    public enum Kind {
        /** A join: the values of a key on its build side, before the scan begins. */
        KEYS,
        /** A join on a row's file and its number in the file: these, before the scan begins. */
        ROWS,
        /** A top-N: the value that no row behind it will be among the first, ever stricter. */
        EDGE
    }
}
