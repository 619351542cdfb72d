package org.skep.model.file;

import java.io.Serializable;

/**
 * A value by which a table's rows are shared out to files.
 *
 * @param column the number of the table's column that it is made of
 * @param width of BUCKET the number of buckets, of TRUNCATE the width; else 0
 * @param name as folders and listings show it
 */
public record PartitionKey(int column, Transform transform, int width, String name)
        implements Serializable {
    /** How the value is made; as Iceberg's specification defines them. */
    public enum Transform {
        IDENTITY,
        /** Whole years since 1970. */
        YEARS,
        /** Whole months since January 1970. */
        MONTHS,
        /** Whole days since 1970-01-01. */
        DAYS,
        /** Whole hours since 1970-01-01 00:00. */
        HOURS,
        /** A hash, modulo the number of buckets. */
        BUCKET,
        /** Numbers rounded down to a multiple of the width; strings cut to that many characters. */
        TRUNCATE
    }
}
