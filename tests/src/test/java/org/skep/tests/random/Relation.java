package org.skep.tests.random;

import java.util.List;

/**
 * What may stand after FROM.
 *
 * @param key columns that no two rows have alike; null when there are none
 * @param rows how many rows it has, about; kept small, since every query runs twice
 */
record Relation(Piece from, List<Piece> columns, List<Piece> key, long rows) {}
