package org.skep.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;

/**
 * A result that is read once, forward: refuses to be positioned, and finds columns by their labels
 * for the getters by number.
 */
abstract class ForwardResultSet extends ReadOnlyResultSet {
    @Override
    public final boolean absolute(int rows) throws SQLException {
        throw Failures.unsupported("a result can only be read forward, by next()");
    }

    @Override
    public final void afterLast() throws SQLException {
        throw Failures.unsupported("a result can only be read forward, by next()");
    }

    @Override
    public final void beforeFirst() throws SQLException {
        throw Failures.unsupported("a result can only be read forward, by next()");
    }

    @Override
    public final boolean first() throws SQLException {
        throw Failures.unsupported("a result can only be read forward, by next()");
    }

    @Override
    public final Array getArray(String label) throws SQLException {
        return getArray(findColumn(label));
    }

    @Override
    public final InputStream getAsciiStream(String label) throws SQLException {
        return getAsciiStream(findColumn(label));
    }

    @Deprecated
    @Override
    public final BigDecimal getBigDecimal(String label, int scale) throws SQLException {
        return getBigDecimal(findColumn(label), scale);
    }

    @Override
    public final BigDecimal getBigDecimal(String label) throws SQLException {
        return getBigDecimal(findColumn(label));
    }

    @Override
    public final InputStream getBinaryStream(String label) throws SQLException {
        return getBinaryStream(findColumn(label));
    }

    @Override
    public final Blob getBlob(String label) throws SQLException {
        throw Failures.unsupported("there are no values of type Blob");
    }

    @Override
    public final Blob getBlob(int column) throws SQLException {
        throw Failures.unsupported("there are no values of type Blob");
    }

    @Override
    public final boolean getBoolean(String label) throws SQLException {
        return getBoolean(findColumn(label));
    }

    @Override
    public final byte getByte(String label) throws SQLException {
        return getByte(findColumn(label));
    }

    @Override
    public final byte[] getBytes(String label) throws SQLException {
        return getBytes(findColumn(label));
    }

    @Override
    public final Reader getCharacterStream(String label) throws SQLException {
        return getCharacterStream(findColumn(label));
    }

    @Override
    public final Clob getClob(String label) throws SQLException {
        throw Failures.unsupported("there are no values of type Clob");
    }

    @Override
    public final Clob getClob(int column) throws SQLException {
        throw Failures.unsupported("there are no values of type Clob");
    }

    @Override
    public final Date getDate(String label, Calendar calendar) throws SQLException {
        return getDate(findColumn(label), calendar);
    }

    @Override
    public final Date getDate(String label) throws SQLException {
        return getDate(findColumn(label));
    }

    @Override
    public final double getDouble(String label) throws SQLException {
        return getDouble(findColumn(label));
    }

    @Override
    public final float getFloat(String label) throws SQLException {
        return getFloat(findColumn(label));
    }

    @Override
    public final int getInt(String label) throws SQLException {
        return getInt(findColumn(label));
    }

    @Override
    public final long getLong(String label) throws SQLException {
        return getLong(findColumn(label));
    }

    @Override
    public final Reader getNCharacterStream(String label) throws SQLException {
        return getNCharacterStream(findColumn(label));
    }

    @Override
    public final NClob getNClob(String label) throws SQLException {
        throw Failures.unsupported("there are no values of type NClob");
    }

    @Override
    public final NClob getNClob(int column) throws SQLException {
        throw Failures.unsupported("there are no values of type NClob");
    }

    @Override
    public final String getNString(String label) throws SQLException {
        return getNString(findColumn(label));
    }

    @Override
    public final <T> T getObject(String label, Class<T> type) throws SQLException {
        return getObject(findColumn(label), type);
    }

    @Override
    public final Object getObject(String label, Map<String, Class<?>> types) throws SQLException {
        return getObject(findColumn(label), types);
    }

    @Override
    public final Object getObject(String label) throws SQLException {
        return getObject(findColumn(label));
    }

    @Override
    public final Ref getRef(String label) throws SQLException {
        throw Failures.unsupported("there are no values of type Ref");
    }

    @Override
    public final Ref getRef(int column) throws SQLException {
        throw Failures.unsupported("there are no values of type Ref");
    }

    @Override
    public final RowId getRowId(String label) throws SQLException {
        throw Failures.unsupported("there are no values of type RowId");
    }

    @Override
    public final RowId getRowId(int column) throws SQLException {
        throw Failures.unsupported("there are no values of type RowId");
    }

    @Override
    public final SQLXML getSQLXML(String label) throws SQLException {
        throw Failures.unsupported("there are no values of type SQLXML");
    }

    @Override
    public final SQLXML getSQLXML(int column) throws SQLException {
        throw Failures.unsupported("there are no values of type SQLXML");
    }

    @Override
    public final short getShort(String label) throws SQLException {
        return getShort(findColumn(label));
    }

    @Override
    public final String getString(String label) throws SQLException {
        return getString(findColumn(label));
    }

    @Override
    public final Time getTime(String label, Calendar calendar) throws SQLException {
        throw Failures.unsupported("there are no values of type Time");
    }

    @Override
    public final Time getTime(String label) throws SQLException {
        throw Failures.unsupported("there are no values of type Time");
    }

    @Override
    public final Time getTime(int column, Calendar calendar) throws SQLException {
        throw Failures.unsupported("there are no values of type Time");
    }

    @Override
    public final Time getTime(int column) throws SQLException {
        throw Failures.unsupported("there are no values of type Time");
    }

    @Override
    public final Timestamp getTimestamp(String label, Calendar calendar) throws SQLException {
        return getTimestamp(findColumn(label), calendar);
    }

    @Override
    public final Timestamp getTimestamp(String label) throws SQLException {
        return getTimestamp(findColumn(label));
    }

    @Override
    public final URL getURL(String label) throws SQLException {
        throw Failures.unsupported("there are no values of type URL");
    }

    @Override
    public final URL getURL(int column) throws SQLException {
        throw Failures.unsupported("there are no values of type URL");
    }

    @Deprecated
    @Override
    public final InputStream getUnicodeStream(String label) throws SQLException {
        throw Failures.unsupported("there are no values of type UnicodeStream");
    }

    @Deprecated
    @Override
    public final InputStream getUnicodeStream(int column) throws SQLException {
        throw Failures.unsupported("there are no values of type UnicodeStream");
    }

    @Override
    public final boolean last() throws SQLException {
        throw Failures.unsupported("a result can only be read forward, by next()");
    }

    @Override
    public final boolean previous() throws SQLException {
        throw Failures.unsupported("a result can only be read forward, by next()");
    }

    @Override
    public final boolean relative(int rows) throws SQLException {
        throw Failures.unsupported("a result can only be read forward, by next()");
    }
}
