package org.skep.tests.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.skep.tests.oracle.Rows;

/**
 * A statement that is run again and again while executors die, and what must hold after it.
 *
 * @param name short; what times are kept by
 */
record Step(String name, String sql, Check check) {
    /** Looks at what a statement gave or did. */
    interface Check {
        /**
         * What is wrong, or null.
         *
         * @param rows of a query; none of another statement
         * @param local a connection to the same warehouse, without the cluster
         */
        String wrong(Rows rows, Connection local) throws SQLException;
    }

    /** A query that has one right answer. */
    static Step query(String name, String sql, Rows expected) {
        return new Step(name, sql, (rows, local) -> rows.unordered(expected));
    }

    /** A query whose answer must have a property. */
    static Step query(String name, String sql, Function<Rows, String> check) {
        return new Step(name, sql, (rows, local) -> check.apply(rows));
    }

    /**
     * A statement that writes.
     *
     * @param look the query that is then run without the cluster
     */
    static Step write(String name, String sql, String look, Rows expected) {
        return new Step(name, sql, (rows, local) -> rows(local, look).unordered(expected));
    }

    /** The statement's rows; none when it gives none. */
    Rows run(Connection connection) throws SQLException {
        return rows(connection, sql);
    }

    static Rows rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql)
                    ? Rows.of(statement.getResultSet())
                    : new Rows(java.util.List.of());
        }
    }
}
