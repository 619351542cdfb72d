package org.skep.model.file;

import java.io.Serializable;

/**
 * Rows are shared out to files by a hash of one column, as Iceberg's partition transform {@code
 * bucket} defines it: equal values of the same type have the same bucket in every table with as
 * many.
 *
 * @param column of the table's schema
 * @param buckets how many there are
 */
public record Bucketing(int column, int buckets) implements Serializable {
    /**
     * The bucket of a file.
     *
     * @param number from 0; 0 too for rows whose value is NULL
     * @param sorted whether its rows are sorted by the column first, ascending, nulls first
     */
    public record Bucket(int number, boolean sorted) implements Serializable {}
}
