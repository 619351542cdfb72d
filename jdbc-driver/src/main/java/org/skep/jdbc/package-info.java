/**
 * JDBC over an engine in the same JVM. {@link org.skep.jdbc.SkepDriver} is found by DriverManager
 * for URLs such as {@code jdbc:skep:} and {@code jdbc:skep:/path/to/warehouse}; {@link
 * org.skep.jdbc.SkepConnection} is what a connection offers beyond JDBC.
 *
 * <p>Written by hand rather than on a JDBC framework: results are read straight from the engine's
 * column batches by one {@link org.skep.jdbc.Cell} per column, without boxing and without a class
 * being loaded that a one-line query does not need. The long files only spell out what the JDBC
 * interfaces ask for: {@link org.skep.jdbc.ReadOnlyResultSet}, {@link
 * org.skep.jdbc.ForwardResultSet} and {@link org.skep.jdbc.Capabilities}. Begin with {@link
 * org.skep.jdbc.SkepStatement} and {@link org.skep.jdbc.SkepResultSet}.
 *
 * <p>Rule of the package: no exception but SQLException leaves it, and each carries the engine's
 * {@code QueryException} as its cause, if there was one.
 */
package org.skep.jdbc;
