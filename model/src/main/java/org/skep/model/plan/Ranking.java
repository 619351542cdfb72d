package org.skep.model.plan;

/** How rows of an order are numbered from 1. */
public enum Ranking {
    /** Each row by a number of its own. */
    ROW_NUMBER,
    /** Equal rows alike, by how many rows come before them. */
    RANK,
    /** Equal rows alike, by how many different rows come before them. */
    DENSE_RANK
}
