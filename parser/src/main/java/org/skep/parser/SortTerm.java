package org.skep.parser;

import org.skep.model.error.Position;

/** A column by which the rows of a table's files are sorted, as written. */
public record SortTerm(String column, boolean ascending, boolean nullsFirst, Position position) {}
