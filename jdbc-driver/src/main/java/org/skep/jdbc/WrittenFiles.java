package org.skep.jdbc;

import java.sql.SQLException;

/** What JDBC has no words for: a statement of this driver can be unwrapped to it. */
public interface WrittenFiles {
    /**
     * How many files the statement has written that was executed last; -1 when it was none of those
     * that write.
     */
    long writtenFiles() throws SQLException;
}
