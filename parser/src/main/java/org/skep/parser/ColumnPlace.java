package org.skep.parser;

/**
 * Where a column goes.
 *
 * @param after the column before it; null for the first place
 */
public record ColumnPlace(String after) {}
