package org.skep.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.skep.model.error.Position;
import org.skep.model.spi.Backend;

/** What a connection offers beyond JDBC: {@code connection.unwrap(SkepConnection.class)}. */
public interface SkepConnection extends Connection {
    /**
     * The statements of a script in order, without the semicolons between them.
     *
     * @throws SQLException when a string, comment or name is not closed
     */
    List<ScriptStatement> split(String script) throws SQLException;

    /** Words that the grammar knows. */
    List<String> keywords() throws SQLException;

    /** The names of all functions. */
    List<String> functions() throws SQLException;

    /** The settings of this connection, in the order of their names. */
    Map<String, String> settings() throws SQLException;

    /** Changes a setting of this connection, as {@code SET name = value} does. */
    void set(String name, String value) throws SQLException;

    /**
     * From now on {@code progress} hears how statements of this connection get on, from the
     * engine's threads; {@code Backend.Progress.NONE} for nobody.
     */
    void listen(Backend.Progress progress) throws SQLException;

    /**
     * A statement of a script.
     *
     * @param start where its first character stands in the script
     * @param terminated whether a semicolon ended it
     */
    record ScriptStatement(String sql, Position start, boolean terminated) {}
}
