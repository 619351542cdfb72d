package org.skep.jdbc;

import java.sql.SQLException;

/** {@link java.sql.Wrapper} for objects that wrap nothing but themselves. */
final class Wrapping {
    private Wrapping() {}

    static <T> T unwrap(Object object, Class<T> wanted) throws SQLException {
        if (!wanted.isInstance(object)) {
            throw Failures.argument("this is no " + wanted.getName());
        }
        return wanted.cast(object);
    }
}
