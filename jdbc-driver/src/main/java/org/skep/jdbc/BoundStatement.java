package org.skep.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.util.Calendar;

/**
 * The setters of a prepared statement that only pass on, and those that are refused; the rest is in
 * {@link SkepPreparedStatement}.
 */
abstract class BoundStatement extends SkepStatement implements PreparedStatement {
    BoundStatement(EmbeddedConnection connection) {
        super(connection);
    }

    /** Binds characters up to {@code length}, all when it is negative. */
    abstract void setText(int parameter, Reader text, long length) throws SQLException;

    abstract void setAscii(int parameter, InputStream text, long length) throws SQLException;

    abstract void setBinary(int parameter, InputStream bytes, long length) throws SQLException;

    @Override
    public final void setArray(int parameter, Array value) throws SQLException {
        throw Failures.unsupported("parameters of class Array");
    }

    @Override
    public final void setAsciiStream(int parameter, InputStream value, int length)
            throws SQLException {
        setAscii(parameter, value, length);
    }

    @Override
    public final void setAsciiStream(int parameter, InputStream value, long length)
            throws SQLException {
        setAscii(parameter, value, length);
    }

    @Override
    public final void setAsciiStream(int parameter, InputStream value) throws SQLException {
        setAscii(parameter, value, -1);
    }

    @Override
    public final void setBinaryStream(int parameter, InputStream value, int length)
            throws SQLException {
        setBinary(parameter, value, length);
    }

    @Override
    public final void setBinaryStream(int parameter, InputStream value, long length)
            throws SQLException {
        setBinary(parameter, value, length);
    }

    @Override
    public final void setBinaryStream(int parameter, InputStream value) throws SQLException {
        setBinary(parameter, value, -1);
    }

    @Override
    public final void setBlob(int parameter, InputStream value, long length) throws SQLException {
        setBinary(parameter, value, length);
    }

    @Override
    public final void setBlob(int parameter, InputStream value) throws SQLException {
        setBinary(parameter, value, -1);
    }

    @Override
    public final void setBlob(int parameter, Blob value) throws SQLException {
        throw Failures.unsupported("parameters of class Blob");
    }

    @Override
    public final void setCharacterStream(int parameter, Reader value, int length)
            throws SQLException {
        setText(parameter, value, length);
    }

    @Override
    public final void setCharacterStream(int parameter, Reader value, long length)
            throws SQLException {
        setText(parameter, value, length);
    }

    @Override
    public final void setCharacterStream(int parameter, Reader value) throws SQLException {
        setText(parameter, value, -1);
    }

    @Override
    public final void setClob(int parameter, Reader value, long length) throws SQLException {
        setText(parameter, value, length);
    }

    @Override
    public final void setClob(int parameter, Reader value) throws SQLException {
        setText(parameter, value, -1);
    }

    @Override
    public final void setClob(int parameter, Clob value) throws SQLException {
        throw Failures.unsupported("parameters of class Clob");
    }

    @Override
    public final void setNCharacterStream(int parameter, Reader value, long length)
            throws SQLException {
        setText(parameter, value, length);
    }

    @Override
    public final void setNCharacterStream(int parameter, Reader value) throws SQLException {
        setText(parameter, value, -1);
    }

    @Override
    public final void setNClob(int parameter, Reader value, long length) throws SQLException {
        setText(parameter, value, length);
    }

    @Override
    public final void setNClob(int parameter, Reader value) throws SQLException {
        setText(parameter, value, -1);
    }

    @Override
    public final void setNClob(int parameter, NClob value) throws SQLException {
        throw Failures.unsupported("parameters of class NClob");
    }

    @Override
    public final void setRef(int parameter, Ref value) throws SQLException {
        throw Failures.unsupported("parameters of class Ref");
    }

    @Override
    public final void setRowId(int parameter, RowId value) throws SQLException {
        throw Failures.unsupported("parameters of class RowId");
    }

    @Override
    public final void setSQLXML(int parameter, SQLXML value) throws SQLException {
        throw Failures.unsupported("parameters of class SQLXML");
    }

    @Override
    public final void setTime(int parameter, Time value, Calendar calendar) throws SQLException {
        throw Failures.unsupported("parameters of class Time");
    }

    @Override
    public final void setTime(int parameter, Time value) throws SQLException {
        throw Failures.unsupported("parameters of class Time");
    }

    @Override
    public final void setURL(int parameter, URL value) throws SQLException {
        throw Failures.unsupported("parameters of class URL");
    }

    @Deprecated
    @Override
    public final void setUnicodeStream(int parameter, InputStream value, int length)
            throws SQLException {
        throw Failures.unsupported("parameters of class InputStream");
    }

    @Override
    public final boolean execute(String sql) throws SQLException {
        throw Failures.argument("the statement is prepared: execute takes no text");
    }

    @Override
    public final ResultSet executeQuery(String sql) throws SQLException {
        throw Failures.argument("the statement is prepared: executeQuery takes no text");
    }

    @Override
    public final int executeUpdate(String sql) throws SQLException {
        throw Failures.argument("the statement is prepared: executeUpdate takes no text");
    }

    @Override
    public final long executeLargeUpdate(String sql) throws SQLException {
        throw Failures.argument("the statement is prepared: executeLargeUpdate takes no text");
    }

    @Override
    public final void addBatch(String sql) throws SQLException {
        throw Failures.argument("the statement is prepared: addBatch takes no text");
    }
}
